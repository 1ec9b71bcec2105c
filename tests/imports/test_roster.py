"""A roster is read with its columns in any order, and all that is wrong is told at once."""

from collections.abc import Sequence
from datetime import date

import pytest

from survey_app.imports.roster import ReadRoster, read_roster
from survey_app.listing import Known, Listed
from survey_app.spreadsheets.table import ReadValue, Unusable
from tests.imports.tables import make_table

ADA = ("Ada Lovelace", "ada@example.org")


def read(
    header: Sequence[str], *rows: Sequence[ReadValue], there: Sequence[tuple[str, str]] = ()
) -> ReadRoster:
    return read_roster(make_table(header, *rows, name="People"), Known.of(there), ["en", "fr"])


def say(read_one: ReadRoster) -> list[str]:
    return [str(problem) for problem in read_one.problems]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (["Name", "E-mail", "Phone", "Note"], ["Ada", "ada@example.org", "555", "dean"]),
        (["note", "EMAIL", "name", "tel."], ["dean", "ada@example.org", "Ada", "555"]),
        (["Nom", "Courriel", "Téléphone", "Remarque"], ["Ada", "ada@example.org", 555, "dean"]),
        (["Phone", "First name", "Comment", "e-mail address"], [555.0, "Ada", "dean", ADA[1]]),
    ],
)
def test_columns_are_found_by_english_and_french_headers(
    header: list[str], row: list[ReadValue]
) -> None:
    found = read(header, row)
    assert say(found) == []
    assert found.people == (Listed(name="Ada", email="ada@example.org", phone="555", note="dean"),)


def test_a_name_in_two_columns_is_one_name() -> None:
    (person,) = read(["Nom", "Prénom", "Langue"], ["Lovelace", "Ada", "FR"]).people
    assert (person.name, person.language) == ("Ada Lovelace", "fr")


def test_columns_that_are_of_no_use_are_named_and_left_out() -> None:
    assert read(["Name", "Faculty", ""], ["Ada", "Arts", None]).left_out == ("Faculty",)


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        (["", "x@example.org"], "Name", "The name is missing"),
        (["n" * 201, ""], "Name", "This is 201 characters long, and there is room for 200."),
        (["Ada\nLovelace", ""], "Name", "over several lines"),
        (["Ada", "ada@example"], "E-mail", "“ada@example” is no address of e-mail"),
        (["Ada", "Ada <ada@example.org>"], "E-mail", "name@example.org, and only that"),
        (["Ada", "ada@example.org, b@example.org"], "E-mail", "no address"),
        (["Ada", "ada@example.org\nBcc: all@example.org"], "E-mail", "no address"),
        (["Ada", f"{'a' * 250}@example.org"], "E-mail", "no address"),
        (["Ada", Unusable("=A1")], "E-mail", "“=A1” is a formula"),
        (["Ada", "", "5" * 61], "Phone", "room for 60"),
        (["Ada", "", "", "n" * 2001], "Note", "room for 2000"),
        (["Ada", "", "", "", "de"], "Language", "Write en or fr, or nothing."),
    ],
)
def test_what_is_wrong_is_told_with_row_and_column(
    row: list[ReadValue], column: str, sentence: str
) -> None:
    (told,) = say(read(["Name", "E-mail", "Phone", "Note", "Language"], row))
    assert told.startswith(f"sheet People, row 2, column {column}: ")
    assert sentence in told


def test_all_rows_are_told_of_at_once() -> None:
    rows = (["Ada", "wrong"], ["", "x@example.org"], ["Grace", "grace@example.org"])
    assert [each.row for each in read(["Name", "E-mail"], *rows).problems] == [2, 3]


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        (ADA, ("Countess", "ADA@example.org"), True),
        (ADA, ("Ada Lovelace", "other@example.org"), False),
        (("Ada Lovelace", ""), ("ada  lovelace", ""), True),
        (("Ada Lovelace", ""), ADA, False),
    ],
)
def test_a_person_twice_is_told_by_the_address_or_else_by_the_name(
    first: tuple[str, str], second: tuple[str, str], is_same: bool
) -> None:
    within = say(read(["Name", "E-mail"], first, second))
    before = say(read(["Name", "E-mail"], second, there=[first]))
    assert ["row 3" in told and "stands in row 2 already" in told for told in within] == (
        [True] if is_same else []
    )
    assert ["is in the study already" in told for told in before] == ([True] if is_same else [])


@pytest.mark.parametrize(
    ("header", "rows", "sentence"),
    [
        (["E-mail"], [["a@example.org"]], "No column is called Name"),
        (["Name", "Mail", "E-mail"], [["a", "", ""]], "Mail and E-mail both say the same"),
        (["Name"], [], "There is nobody below the first row"),
        (["Name"], [["a", "b"]], "more cells than the first row has names"),
    ],
)
def test_a_table_that_is_no_roster_is_refused(
    header: list[str], rows: list[list[ReadValue]], sentence: str
) -> None:
    (told,) = say(read(header, *rows))
    assert sentence in told


def test_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("survey_app.imports.roster.MOST_PEOPLE", 2)
    assert say(read(["Name"], ["a"], ["b"])) == []
    (told,) = say(read(["Name"], ["a"], ["b"], ["c"]))
    assert "There are more than 2 people" in told


def test_numbers_and_dates_are_read_as_they_are_seen() -> None:
    (person,) = read(["Name", "Phone", "Note"], [True, 5550100.0, date(2026, 9, 1)]).people
    assert (person.name, person.phone, person.note) == ("TRUE", "5550100", "2026-09-01")
