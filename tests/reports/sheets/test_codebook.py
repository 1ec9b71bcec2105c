"""Codebook says of every column who is asked, how it is measured and between what it lies."""

from datetime import date
from typing import Any

import pytest

from survey_app.reports.codebook import make_codebook
from survey_app.reports.responses import ResponseRow
from survey_app.reports.sheets.codebook import make_codebook_sheet
from tests.reports.sheets.tables import count, lay_out, make_instrument, make_response, read_rows

ITEMS = """
      - {key: good, type: select_one, text: Good?, options: {y: Yes, n: No}, other: Else}
      - {key: years, type: integer, text: How long?, maximum: 60}
      - {key: met, type: date, text: When?, earliest: 2014-09-01, relevant: "${good} = 'y'"}
      - {key: effect, type: likert_grid, text: Effect, scale: extent, rows: {one: 1}}
      - {key: sure, type: range, text: How sure?, start: 0.5, end: 2, step: 0.5}
      - {key: topics, type: select_multiple, text: Which?, options: {a: A}}
"""
OLD = make_instrument("1.0.0", ITEMS)
NEW = make_instrument(
    "1.1.0",
    ITEMS,
    ("How long?, maximum: 60", "How long?, minimum: 0, maximum: 70"),
    ("y: Yes, n: No", "n: Not at all"),
    ("earliest: 2014-09-01, relevant: \"${good} = 'y'\"", "earliest: 2013-01-31"),
)


def make_rows(*responses: ResponseRow) -> dict[str, dict[str, Any]]:
    layout = lay_out(OLD, NEW)
    rows = make_codebook(layout, count(layout, responses))
    return {row["column"]: row for row in read_rows(make_codebook_sheet(rows, "en"))}


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("good", "asked of everybody"),
        ("good__other_text", "asked of everybody\nwhat was written beside “Else”"),
        ("met", "1.1.0: asked of everybody\n1.0.0: asked where ${good} = 'y'"),
        ("response", None),
    ],
)
def test_who_is_asked_is_said_in_words(column: str, words: str | None) -> None:
    assert make_rows()[column]["base"] == words


def test_bounds_of_another_type_are_not_mixed_in() -> None:
    newer = make_instrument(
        "2.0.0", ITEMS, ("years, type: integer, text: How long?, maximum: 60",
                         "years, type: date, text: Since when?, latest: 2026-01-31")
    )  # fmt: skip
    layout = lay_out(OLD, newer)
    rows = read_rows(make_codebook_sheet(make_codebook(layout, count(layout, [])), "en"))
    (years,) = (row for row in rows if row["column"] == "years")
    assert (years["allowed_min"], years["allowed_max"]) == (None, date(2026, 1, 31))


def test_codes_that_were_retired_are_explained_too() -> None:
    assert make_rows()["good"]["codes"] == "n = Not at all\nother = Else\ny = Yes"


def test_a_column_says_its_type_and_measure() -> None:
    rows = make_rows()
    found = {name: (row["type"], row["measure"]) for name, row in rows.items()}
    assert found["good"][1] == "nominal"
    assert found["good__other_text"][1] == "text"
    assert found["years"] == ("integer", "scale")
    assert found["met"] == ("date", "date")
    assert found["effect__one"][1] == "ordinal"
    assert (found["started"], found["version"]) == ((None, "date"), (None, "nominal"))


def test_the_range_is_what_occurs_and_the_widest_that_is_allowed() -> None:
    rows = make_rows(
        make_response("1.0.0", 1, years=7, met="2015-01-01", sure=0.5),
        make_response("1.1.0", 2, years=3, met="2014-02-01", sure=2),
    )
    names = ("min", "max", "allowed_min", "allowed_max")
    found = {name: tuple(row[each] for each in names) for name, row in rows.items()}
    assert found["years"] == (3, 7, None, 70)
    assert found["met"] == (date(2014, 2, 1), date(2015, 1, 1), date(2013, 1, 31), None)
    assert found["effect__one"] == (None, None, 1, 3)
    assert found["sure"] == (0.5, 2, 0.5, 2)
    for name in ("good", "good__other_text", "topics__a", "response", "submitted"):
        assert found[name] == (None, None, None, None)
