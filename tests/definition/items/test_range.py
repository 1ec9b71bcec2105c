"""`range`: a number in equal steps between two ends."""

from typing import Any

import pytest

from survey_app.definition.fields import ChoicesField
from survey_app.definition.shapes import Answer, Json
from tests.definition.definitions import ask, find_item_problems, list_mistakes, load_item

SURE = "key: sure\ntype: range\ntext: How sure are you?"


@pytest.mark.parametrize(
    ("fields", "control", "typed", "stored"),
    [
        ("start: 0\nend: 10", "choices", "0", 0),
        ("start: 0\nend: 10", "choices", "10", 10),
        ("start: 1\nend: 2\nstep: 0.25", "choices", "1.25", 1.25),
        ("start: -0.3\nend: 0.3\nstep: 0.1", "choices", "0.0", 0),
        ("start: 0\nend: 0.00000001\nstep: 0.00000001", "choices", "0.00000001", 1e-08),
        ("start: 0\nend: 100\nstep: 5", "number", "95", 95),
        ("start: 0\nend: 11", "number", "11", 11),
        ("start: 1\nend: 51\nstep: 2.5", "number", "3,5", 3.5),
    ],
)
def test_up_to_eleven_numbers_are_buttons_and_more_are_written(
    fields: str, control: str, typed: str, stored: Json
) -> None:
    filled = ask(load_item(SURE, fields), {"item_sure": typed})

    assert filled.fields["sure"].control == control
    assert filled.answers == {"sure": {"": Answer(value=stored)}}
    assert not filled.mistakes


@pytest.mark.parametrize(
    ("fields", "posted", "sentence"),
    [
        ("start: 0\nend: 10", {"item_sure": "11"}, "Please choose one of the answers shown here."),
        ("start: 0\nend: 10\nrequired: true", {}, "Please choose one answer."),
        ("start: 0\nend: 100\nstep: 5", {"item_sure": "105"},
         "Please write a number that is 100 or less."),
        ("start: 0\nend: 100\nstep: 5", {"item_sure": "7"},
         "Please write one of these numbers: 0, 5, 10 …"),
        ("start: 1\nend: 51\nstep: 2.5", {"item_sure": "2.5"},
         "Please write one of these numbers: 1, 3.5, 6 …"),
    ],
)  # fmt: skip
def test_what_is_no_step_is_said(fields: str, posted: dict[str, Any], sentence: str) -> None:
    filled = ask(load_item(SURE, fields), posted)

    assert list_mistakes(filled) == [("item_sure", sentence)]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("start: 3\nend: 2", ("4: sure: 'start' should not be greater than 'end'; swap them or "
         "change one")),
        ("start: 3\nend: 3", ("5: sure: 'start' and 'end' are the same number; write a greater "
         "'end'")),
        ("start: 0\nend: 10\nstep: 3", ("6: sure: 'step' should be greater than 0 and lead from "
         "'start' to 'end' in whole steps")),
        ("start: 0\nend: 10\nstep: 0", ("6: sure: 'step' should be greater than 0 and lead from "
         "'start' to 'end' in whole steps")),
        ("start: 0\nend: 999999999999999\nstep: 0.00000000000007", ("6: sure: 'step' should be "
         "greater than 0 and lead from 'start' to 'end' in whole steps")),
        ("start: 0", "1: sure: 'end' is missing (the highest number); add a line 'end: …'"),
        ("start: 0\nend: 5\nmaximum: 5", ("6: sure: there is no field 'maximum' here; remove it or "
         "use one of allow, as_printed, end, end_label, follow_up, hint, if_needed, instruction, key, "
         "meaning, relevant, renamed_from, required, start, start_label or others")),
    ],
)  # fmt: skip
def test_a_problem_with_ends_and_steps_is_said(fields: str, problem: str) -> None:
    assert find_item_problems(SURE, fields) == [problem]


def test_the_ends_say_what_they_mean() -> None:
    item = load_item(SURE, "start: 0\nend: 2\nstart_label: not <at all>\nend_label: entirely")

    field = ask(item, {}).fields["sure"]

    assert isinstance(field, ChoicesField)
    assert [str(option.label) for option in field.options] == [
        "0: not &lt;at all&gt;",
        "1",
        "2: entirely",
    ]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ("start: 0\nend: 10", "integer"),
        ("start: 0\nend: 10\nstep: 0.5", "decimal"),
        ("start: 0.5\nend: 10.5", "decimal"),
    ],
)
def test_its_column_is_whole_if_start_and_step_are(fields: str, kind: str) -> None:
    assert [column.kind for column in load_item(SURE, fields).columns()] == [kind]
