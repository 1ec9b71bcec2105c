"""`integer`: a whole number."""

from typing import Any

import pytest

from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answer, Cell, Json, Numbers
from tests.definition.definitions import ask, find_item_problems, list_mistakes, load_item

YEARS = """
    key: years
    type: integer
    text: For how many years have you been a mentor?
    minimum: -1
    maximum: 60
    """


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("7", 7), (" 12 ", 12), ("+3", 3), ("007", 7), ("-1", -1), ("−1", -1), ("60", 60)],
)
def test_a_whole_number_is_stored_as_a_number(typed: str, stored: Json) -> None:
    filled = ask(load_item(YEARS), {"item_years": typed})

    assert filled.answers == {"years": {"": Answer(value=stored)}}
    assert filled.values == {"years": stored}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2.5", "Please write a whole number in digits, such as 12."),
        ("seven", "Please write a whole number in digits, such as 12."),
        ("1e3", "Please write a whole number in digits, such as 12."),
        ("٣", "Please write a whole number in digits, such as 12."),
        ("1,000", "Please write a whole number in digits, such as 12."),
        ("9" * 16, "Please write a whole number in digits, such as 12."),
        ("61", "Please write a number that is 60 or less."),
        ("-2", "Please write a number that is -1 or more."),
    ],
)
def test_what_is_no_such_number_is_said(typed: str, sentence: str) -> None:
    filled = ask(load_item(YEARS), {"item_years": typed})

    assert list_mistakes(filled) == [("item_years", sentence)]
    assert filled.answers == {}


@pytest.mark.parametrize(
    ("posted", "stored"),
    [
        ({"item_years-reason": ":dont_know"}, Answer(reason=Reason.DONT_KNOW)),
        ({"item_years": "  "}, Answer(reason=Reason.UNANSWERED)),
    ],
)
def test_a_blank_has_its_reason(posted: dict[str, Any], stored: Answer) -> None:
    assert ask(load_item(YEARS, "allow: dont_know"), posted).answers == {"years": {"": stored}}


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("minimum: 5\nmaximum: 4", ("4: years: 'minimum' should not be greater than 'maximum'; swap "
         "them or change one")),
        ("minimum: 1.5", "4: years: 'minimum' is '1.5'; write a whole number"),
        ("maximum: 1.5", "4: years: 'maximum' is '1.5'; write a whole number"),
        ("maximum: a lot", "4: years: 'maximum' is 'a lot'; write a number"),
        ("maximum: 1234567890123456", "4: years: 'maximum' is '1234567890123456'; write a number"),
    ],
)  # fmt: skip
def test_a_problem_with_the_bounds_is_said(fields: str, problem: str) -> None:
    assert find_item_problems("key: years\ntype: integer\ntext: How many?", fields) == [problem]


def test_a_cell_is_a_number_and_a_summary_its_distribution() -> None:
    item = load_item(YEARS)
    answers = [{"": Answer(value=value)} for value in (4, 1, 2, 3)]

    assert item.columns()[0].kind == "integer"
    assert item.cells(answers[0], "en") == (Cell(value=4, label="4"),)
    # quantile(c(1, 2, 3, 4), c(.25, .5, .75)) in R gives 1.75, 2.5, 3.25
    assert item.summarise([*answers, {}]) == Numbers(
        item="years",
        text=item.text,
        n=4,
        minimum=1,
        lower_quartile=1.75,
        median=2.5,
        upper_quartile=3.25,
        maximum=4,
        mean=2.5,
        missing={"not_reached": 1},
    )
