"""`likert_grid`: a battery of items that share one scale."""

from typing import Any

import pytest

from survey_app.definition.fields import RowsField
from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answer, Grid
from tests.definition.definitions import (
    ask,
    find_item_problems,
    find_problems,
    list_mistakes,
    load_item,
    write_items,
)

TEACHING = """
    key: teaching
    type: likert_grid
    text: The effect of mentorship on teaching.
    scale: extent
    rows:
      interest: Has it increased your interest for teaching?
      relations: Has it improved your relations with students?
    """
BLANK = Answer(reason=Reason.UNANSWERED)


@pytest.mark.parametrize(
    ("posted", "interest", "relations"),
    [
        ({}, BLANK, BLANK),
        ({"item_teaching-interest": "3"}, Answer(value="3"), BLANK),
        ({"item_teaching-interest": "1", "item_teaching-relations": ":dont_know"},
         Answer(value="1"), Answer(reason=Reason.DONT_KNOW)),
    ],
)  # fmt: skip
def test_each_row_stores_its_own_code_or_reason(
    posted: dict[str, Any], interest: Answer, relations: Answer
) -> None:
    filled = ask(load_item(TEACHING, "allow: dont_know"), posted)

    assert filled.answers == {"teaching": {"interest": interest, "relations": relations}}
    assert not filled.mistakes


@pytest.mark.parametrize(
    ("fields", "posted", "mistake"),
    [
        ("required: true", {"item_teaching-interest": "3"},
         ("item_teaching-relations", "Please choose one answer.")),
        ("", {"item_teaching-interest": "9"},
         ("item_teaching-interest", "Please choose one of the answers shown here.")),
        ("", {"item_teaching-interest": ["1", "2"]},
         ("item_teaching-interest", "Please choose one of the answers shown here.")),
        ("", {"item_teaching-interest": ":refused"},
         ("item_teaching-interest", "Please choose one of the answers shown here.")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_row(
    fields: str, posted: dict[str, Any], mistake: tuple[str, str]
) -> None:
    item = load_item(TEACHING, fields)

    assert list_mistakes(ask(item, posted)) == [mistake]


def test_a_refusal_answers_a_row_of_a_required_battery() -> None:
    item = load_item(TEACHING, "required: true\nallow: [refused]")

    filled = ask(item, {"item_teaching-interest": "1", "item_teaching-relations": ":refused"})

    assert not filled.mistakes


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("rows: {}", "5: teaching: 'rows' has too few entries; write at least 1"),
        ("rows: {1: first}", ("5: teaching: 'rows' has the code '1'; write at most 32 small "
         "letters, digits and _")),
        ("display: grid", "5: teaching: 'display' is 'grid'; use one of stacked or table"),
        ("rows: {a_row_whose_name_is_far_too_long: Long}", ("1: teaching: the column "
         "'teaching__a_row_whose_name_is_far_too_long' has 42 characters and Stata allows 32; "
         "shorten the key or the code")),
    ],
)  # fmt: skip
def test_a_problem_with_the_battery_is_said(fields: str, problem: str) -> None:
    rows = "" if fields.startswith("rows") else "\nrows: {pay: Pay}"
    definition = (
        f"key: teaching\ntype: likert_grid\ntext: The effect\nscale: extent\n{fields}{rows}"
    )

    assert find_item_problems(definition) == [problem]


@pytest.mark.parametrize(("fields", "display"), [("", "stacked"), ("display: table", "table")])
def test_it_is_asked_item_by_item_unless_the_author_wants_a_table(
    fields: str, display: str
) -> None:
    field = ask(load_item(TEACHING, fields), {}).fields["teaching"]

    assert isinstance(field, RowsField)
    assert field.display == display


def test_each_row_has_a_column_a_count_and_a_place_among_the_probes() -> None:
    item = load_item(TEACHING)
    responses = [{"interest": Answer(value="3"), "relations": BLANK}, {}]

    summary, topic = item.summarise(responses), item.topic()

    assert [column.name for column in item.columns()] == [
        "teaching__interest",
        "teaching__relations",
    ]
    assert isinstance(summary, Grid)
    assert [(row.counts, row.n, row.missing) for row in summary.rows] == [
        ((0, 0, 1), 1, {"not_reached": 1}),
        ((0, 0, 0), 0, {"unanswered": 1, "not_reached": 1}),
    ]
    assert topic is not None
    assert [probe.key for probe in topic.probes] == ["interest", "relations"]
    assert topic.recording == "choice_per_probe"


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ("${teaching/interest} = 3", ""),
        ("${teaching/interest} = '3.0'", ""),
        ("${teaching/interest} = ''", ""),
        ("selected(${teaching/interest}, '3')", ""),
        ("selected(${teaching/interest}, '3.0')", "'teaching' has no option '3.0'"),
        ("${teaching/interest} = 4", "'teaching' has no option '4'; use one of 1, 2 or 3"),
        ("${teaching} = 3", "'teaching' is a battery; name a row, as in ${teaching/interest}"),
        ("${teaching/pay} = 3", "'teaching' has no row 'pay'; check the spelling"),
    ],
)
def test_a_condition_reads_one_row(condition: str, problem: str) -> None:
    found = find_problems(
        write_items(f"""
        - {{key: teaching, type: likert_grid, text: T, scale: extent, rows: {{interest: Interest}}}}
        - {{key: why, type: text, text: Why?, relevant: "{condition}"}}
        """)
    )

    assert [problem in each for each in found] == ([True] if problem else [])
