"""`decimal`: a number that may have decimals."""

import pytest

from survey_app.definition.shapes import Answer, Json
from tests.definition.definitions import ask, find_item_problems, list_mistakes, load_item

HOURS = """
    key: hours
    type: decimal
    text: How many hours a week do you mentor?
    minimum: 0
    maximum: 168
    """
TWO = "Please write a number in digits, such as 2.5, with at most 2 decimals."


@pytest.mark.parametrize(
    ("typed", "stored"), [("2.5", 2.5), ("2,5", 2.5), ("2.50", 2.5), ("3.00", 3), ("0.1", 0.1)]
)
def test_a_number_is_stored_with_a_point_or_a_comma(typed: str, stored: Json) -> None:
    filled = ask(load_item(HOURS), {"item_hours": typed})

    assert filled.answers == {"hours": {"": Answer(value=stored)}}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2.505", TWO),
        (".5", TWO),
        ("1.2.3", TWO),
        ("NaN", TWO),
        ("Infinity", TWO),
        ("1234567890123.45678", TWO),
        ("168.01", "Please write a number that is 168 or less."),
        ("-0.01", "Please write a number that is 0 or more."),
    ],
)
def test_what_is_no_such_number_is_said(typed: str, sentence: str) -> None:
    filled = ask(load_item(HOURS), {"item_hours": typed})

    assert list_mistakes(filled) == [("item_hours", sentence)]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("places: 0", "6: hours: 'places' should lie between 1 and 10"),
        ("places: 11", "6: hours: 'places' should lie between 1 and 10"),
        ("places: 1.5", "6: hours: 'places' is '1.5'; write a whole number"),
    ],
)
def test_a_problem_with_the_decimals_is_said(fields: str, problem: str) -> None:
    assert find_item_problems(HOURS, fields) == [problem]


def test_its_column_is_of_decimals() -> None:
    assert [column.kind for column in load_item(HOURS).columns()] == ["decimal"]
