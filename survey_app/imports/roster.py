"""A roster: people as the rows of a table, with all that is wrong told at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from survey_app.imports.cells import quote, show_number
from survey_app.imports.problems import Fault, RowProblem
from survey_app.imports.roster_columns import RosterColumns, match_roster_columns
from survey_app.listing import Known, Listed, check_listed
from survey_app.spreadsheets.sheet import Muted
from survey_app.spreadsheets.table import ReadRow, ReadValue, Table, Unusable
from survey_app.translations import gettext as _

MOST_PEOPLE = 5_000
HEADER = 1
"""The number of the row that names the columns."""


@dataclass(frozen=True, kw_only=True)
class ReadRoster:
    """What a roster holds: its people, or what is wrong; and the columns that are left out."""

    people: tuple[Listed, ...]
    problems: tuple[RowProblem, ...]
    left_out: tuple[str, ...]


def read_roster(table: Table, known: Known, languages: Sequence[str]) -> ReadRoster:
    """Read a table as people; `languages` are those in which the study asks."""
    columns = match_roster_columns(table.header)
    if columns.problems:
        problems = tuple(_place_header(table, each) for each in columns.problems)
        return ReadRoster(people=(), problems=problems, left_out=columns.left_out)
    people: list[Listed] = []
    found: list[RowProblem] = []
    for row in islice(table.rows(), MOST_PEOPLE + 1):
        person, faults = _read_row(row, columns, languages, width=len(table.header))
        if not faults and (told := known.check(person, row.number)):
            faults = [Fault(column=_name_key_column(person, columns), message=told)]
        people.append(person)
        found += [_place(fault, row) for fault in faults]
    found += _check_size(table, len(people))
    return ReadRoster(people=tuple(people), problems=tuple(found), left_out=columns.left_out)


def _read_row(
    row: ReadRow, columns: RosterColumns, languages: Sequence[str], *, width: int
) -> tuple[Listed, list[Fault]]:
    faults: list[Fault] = []
    texts: dict[str, str] = {}
    for name, place in columns.places.items():
        value = row.values[place] if place < len(row.values) else None
        texts[name], fault = _show(value)
        if fault:
            faults.append(Fault(column=columns.headers[name], message=fault))
    person = _make_listed(texts)
    if any(value is not None for value in row.values[width:]):
        sentence = _("The row has more cells than the first row has names. Name each column.")
        faults.append(Fault(column="", message=sentence))
    if not faults:
        faults = [
            Fault(column=_name_column(name, columns), message=message)
            for name, message in check_listed(person, languages)
        ]
    return person, faults


def _make_listed(texts: Mapping[str, str]) -> Listed:
    parts = (texts.get("first_name", ""), texts.get("last_name", ""))
    return Listed(
        name=texts.get("name") or " ".join(part for part in parts if part),
        email=texts.get("email", ""),
        phone=texts.get("phone", ""),
        note=texts.get("note", ""),
        language=texts.get("language", "").lower(),
    )


def _show(value: ReadValue) -> tuple[str, str]:
    """Return a cell as it would be typed, and what is wrong with it."""
    match value:
        case Unusable():
            sentence = _(
                "{formula} is a formula or an error. Copy the cells and paste their values in "
                "their place."
            )
            return "", sentence.format(formula=quote(value.text))
        case bool():
            return str(value).upper(), ""
        case int() | float():
            return show_number(value), ""
        case date():
            return value.isoformat(), ""
    text = value.text if isinstance(value, Muted) else value or ""
    return text.strip(), ""


def _name_column(name: str, columns: RosterColumns) -> str:
    """Return the header of a field; a name may stand in two columns, or in none."""
    for field_name in (name, "first_name", "last_name"):
        if field_name in columns.headers:
            return columns.headers[field_name]
    return ""


def _name_key_column(person: Listed, columns: RosterColumns) -> str:
    return _name_column("email" if person.email else "name", columns)


def _check_size(table: Table, count: int) -> Iterator[RowProblem]:
    if not count:
        yield _place_header(table, _("There is nobody below the first row."))
    elif count > MOST_PEOPLE:
        sentence = _("There are more than {most} people. Cut the file into smaller ones.")
        yield _place_header(table, sentence.format(most=f"{MOST_PEOPLE:,}"))


def _place(fault: Fault, row: ReadRow) -> RowProblem:
    return RowProblem(place=row.place, row=row.number, column=fault.column, message=fault.message)


def _place_header(table: Table, message: str) -> RowProblem:
    return RowProblem(place=table.place, row=HEADER, column="", message=message)
