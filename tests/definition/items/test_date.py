"""`date`: a day."""

from datetime import date

import pytest

from survey_app.definition.shapes import Answer, Cell, Texts
from tests.definition.definitions import ask, find_item_problems, list_mistakes, load_item

MET = """
    key: met
    type: date
    text: When did you first meet your mentee?
    earliest: 2014-09-01
    latest: 2026-11-22
    """
UNREADABLE = "Please write a date as year-month-day, such as 2026-11-22."


@pytest.mark.parametrize("typed", ["2020-02-29", " 2014-09-01 ", "2026-11-22"])
def test_a_day_is_stored_as_text(typed: str) -> None:
    filled = ask(load_item(MET), {"item_met": typed})

    assert filled.answers == {"met": {"": Answer(value=typed.strip())}}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2021-02-29", UNREADABLE),
        ("22/11/2026", UNREADABLE),
        ("20200229", UNREADABLE),
        ("2020-W47-7", UNREADABLE),
        ("٢٠٢٠-٠٢-٢٠", UNREADABLE),
        ("0000-01-01", UNREADABLE),
        ("2014-08-31", "Please write a date that is 2014-09-01 or later."),
        ("2026-11-23", "Please write a date that is 2026-11-22 or earlier."),
    ],
)
def test_what_is_no_such_day_is_said(typed: str, sentence: str) -> None:
    assert list_mistakes(ask(load_item(MET), {"item_met": typed})) == [("item_met", sentence)]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("earliest: 2021-02-29", "4: met: 'earliest' is '2021-02-29'; write a date as 2026-11-22"),
        ("latest: today", "4: met: 'latest' is 'today'; write a date as 2026-11-22"),
        (
            "earliest: 2026-01-01\nlatest: 2025-01-01",
            "4: met: 'earliest' should not be greater than 'latest'; swap them or change one",
        ),
    ],
)
def test_a_problem_with_the_bounds_is_said(fields: str, problem: str) -> None:
    assert find_item_problems("key: met\ntype: date\ntext: When?", fields) == [problem]


def test_a_cell_is_a_date_and_a_summary_counts_who_gave_one() -> None:
    item = load_item(MET)

    assert item.cells({"": Answer(value="2020-02-29")}, "en") == (
        Cell(value=date(2020, 2, 29), label="2020-02-29"),
    )
    assert item.summarise([{"": Answer(value="2020-02-29")}, {}]) == Texts(
        item="met", text=item.text, n=1, missing={"not_reached": 1}
    )


def test_an_interviewer_can_record_the_day() -> None:
    topic = load_item(MET).topic()

    assert topic is not None
    assert topic.recording == "date"
