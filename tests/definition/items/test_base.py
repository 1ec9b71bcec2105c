"""What an interviewer records is read by the item type, as what a participant writes."""

from datetime import date

import pytest

from survey_app.definition.items.base import Bound
from survey_app.definition.shapes import Answer, Json
from tests.definition.definitions import load_item

YEARS = "{key: a, type: integer, text: How long?, minimum: 0, maximum: 60}"
HOURS = "{key: a, type: decimal, text: How long?, places: 1}"
BEGAN = "{key: a, type: date, text: When?, earliest: 2014-09-01}"
SURE = "{key: a, type: range, text: How sure?, start: 0, end: 10, step: 2}"
FINE = "{key: a, type: range, text: How sure?, start: 0, end: 100, step: 5}"
WHICH = (
    "{key: a, type: select_one, text: Which?, options: {1: One}, other: other, allow: [refused]}"
)
MET = "{key: a, type: likert, text: How far?, scale: extent, required: true}"
TEACHING = "{key: a, type: likert_grid, text: T, scale: extent, rows: {b: B, c: C}, required: true}"
SHOWN = "Please choose one of the answers shown here."
WHOLE = "Please write a whole number in digits, such as 12."


@pytest.mark.parametrize(
    ("item", "text", "row", "stored"),
    [
        (YEARS, " 7 ", "", 7),
        (HOURS, "2,5", "", 2.5),
        (BEGAN, "2014-09-01", "", "2014-09-01"),
        (SURE, "4", "", 4),
        (FINE, "95", "", 95),
        (WHICH, "1", "", "1"),
        (WHICH, "other", "", "other"),
        (MET, "2", "", "2"),
        (TEACHING, "3", "c", "3"),
    ],
)
def test_what_is_recorded_is_stored_as_if_it_were_written(
    item: str, text: str, row: str, stored: Json
) -> None:
    assert load_item(item).record(text, row, "en") == ({row: Answer(value=stored)}, ())


@pytest.mark.parametrize(
    ("item", "text", "sentence"),
    [
        (YEARS, "9" * 30, WHOLE),
        (YEARS, "two or so", WHOLE),
        (YEARS, "2.5", WHOLE),
        (YEARS, "61", "Please write a number that is 60 or less."),
        (YEARS, "-1", "Please write a number that is 0 or more."),
        (HOURS, "1.25",
         "Please write a number in digits, such as 2.5, with at most 1 decimals."),
        (BEGAN, "soon", "Please write a date as year-month-day, such as 2026-11-22."),
        (BEGAN, "2013-01-01", "Please write a date that is 2014-09-01 or later."),
        (SURE, "3", "Please write one of these numbers: 0, 2, 4 …"),
        (FINE, "105", "Please write a number that is 100 or less."),
        (WHICH, "2", SHOWN),
        (MET, "4", SHOWN),
    ],
)  # fmt: skip
def test_what_the_type_refuses_is_not_stored_and_said_as_on_a_form(
    item: str, text: str, sentence: str
) -> None:
    assert load_item(item).record(text, "", "en") == ({}, (sentence,))


def test_a_type_that_asks_nothing_records_nothing() -> None:
    with pytest.raises(TypeError, match="closing is not a question field"):
        load_item("{key: closing, type: note, text: Thanks.}").record("yes", "", "en")


@pytest.mark.parametrize(
    ("item", "bounds"),
    [
        (YEARS, (0, 60)),
        (HOURS, (None, None)),
        ("{key: a, type: decimal, text: How long?, minimum: 0.5}", (0.5, None)),
        (BEGAN, (date(2014, 9, 1), None)),
        (SURE, (0, 10)),
        ("{key: a, type: range, text: How sure?, start: -0.5, end: 1, step: 0.5}", (-0.5, 1)),
        (WHICH, (None, None)),
        (MET, (1, 3)),
        (TEACHING, (1, 3)),
        ("{key: a, type: likert, text: For or against?, scale: agreement}", (None, None)),
        ("{key: a, type: rank, text: In order?, options: {x: X, y: Y, z: Z}}", (1, 3)),
        ("{key: a, type: text, text: Why?}", (None, None)),
    ],
)
def test_values_have_the_bounds_that_their_author_gave(
    item: str, bounds: tuple[Bound | None, Bound | None]
) -> None:
    assert load_item(item).value_bounds() == bounds
