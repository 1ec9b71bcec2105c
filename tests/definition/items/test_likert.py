"""`likert`: one statement or question on a scale."""

from typing import Any

import pytest

from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answer, Cell, Grid
from tests.definition.definitions import ask, find_item_problems, list_mistakes, load_item

MET = """
    key: met
    type: likert
    text: How far has mentoring met your hopes?
    scale: extent
    """
SIDE = "{key: side, type: likert, text: Are you for it?, scale: agreement}"


@pytest.mark.parametrize(
    ("posted", "stored"),
    [
        ({}, Answer(reason=Reason.UNANSWERED)),
        ({"item_met": "3"}, Answer(value="3")),
        ({"item_met": ":refused"}, Answer(reason=Reason.REFUSED)),
    ],
)
def test_the_code_of_the_point_is_stored(posted: dict[str, Any], stored: Answer) -> None:
    filled = ask(load_item(MET, "allow: [refused]"), posted)

    assert filled.answers == {"met": {"": stored}}
    assert not filled.mistakes


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({}, "Please choose one answer."),
        ({"item_met": "4"}, "Please choose one of the answers shown here."),
        ({"item_met": ["1", "2"]}, "Please choose only one answer."),
    ],
)
def test_what_is_wrong_is_said(posted: dict[str, Any], sentence: str) -> None:
    filled = ask(load_item(MET, "required: true"), posted)

    assert list_mistakes(filled) == [("item_met", sentence)]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("scale: extend", ("4: met: there is no scale 'extend'; use extent or agreement, or add it "
         "under 'scales:'")),
        ("scale: {1: no, 2: yes}", ("4: met: 'scale' should be a text; write it on this line, in "
         "quotes if it begins with a sign")),
        ("hint: choose", ("1: met: 'scale' is missing (the name of its scale); add a line "
         "'scale: …'")),
    ],
)  # fmt: skip
def test_a_problem_with_the_scale_is_said(fields: str, problem: str) -> None:
    assert find_item_problems(f"key: met\ntype: likert\ntext: How far?\n{fields}") == [problem]


@pytest.mark.parametrize(
    ("definition", "stored", "cell"),
    [
        (MET, "2", Cell(value=2, label="to some extent")),
        (SIDE, "for", Cell(value="for", label="for")),
    ],
)
def test_a_code_in_digits_becomes_a_number_in_the_table(
    definition: str, stored: str, cell: Cell
) -> None:
    assert load_item(definition).cells({"": Answer(value=stored)}, "en") == (cell,)


@pytest.mark.parametrize(("definition", "direction"), [(MET, "unipolar"), (SIDE, "bipolar")])
def test_its_summary_is_a_battery_of_one_that_knows_its_direction(
    definition: str, direction: str
) -> None:
    item = load_item(definition)
    codes = item.codes()

    summary = item.summarise([{"": Answer(value=codes[0])}, {"": Answer(value=codes[0])}, {}])

    assert isinstance(summary, Grid)
    assert summary.direction == direction
    assert [level for level, _ in summary.levels] == list(codes)
    assert [(row.row, row.counts, row.n, row.missing) for row in summary.rows] == [
        (item.key, (2, 0, 0), 2, {"not_reached": 1})
    ]


def test_an_interviewer_may_read_the_scale_aloud() -> None:
    topic = load_item(MET).topic()

    assert topic is not None
    assert topic.recording == "choice"
    assert [choice.code for choice in topic.choices] == ["1", "2", "3"]
