"""`rank`: a list put in order."""

from typing import Any

import pytest

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

ROLES = """
    key: roles
    type: rank
    text: Which of these matters most to you?
    options: {leader: Leader, scholar: Scholar, advocate: Advocate}
    """


@pytest.mark.parametrize(
    ("posted", "stored"),
    [
        ({}, Answer(reason=Reason.UNANSWERED)),
        ({"item_roles-leader": "3", "item_roles-scholar": "1", "item_roles-advocate": "2"},
         Answer(value=["scholar", "advocate", "leader"])),
        ({"item_roles-advocate": "1"}, Answer(value=["advocate"])),
        ({"item_roles-reason": ":refused"}, Answer(reason=Reason.REFUSED)),
    ],
)  # fmt: skip
def test_codes_are_stored_first_place_first(posted: dict[str, Any], stored: Answer) -> None:
    filled = ask(load_item(ROLES, "allow: refused"), posted)

    assert filled.answers == {"roles": {"": stored}}
    assert not filled.mistakes


@pytest.mark.parametrize(
    ("fields", "posted", "mistake"),
    [
        ("", {"item_roles-leader": "1", "item_roles-scholar": "1"},
         ("item_roles-scholar", "Two things cannot both have place 1.")),
        ("", {"item_roles-leader": "2"},
         ("item_roles", "Please give the places 1, 2, 3 and so on, without a gap.")),
        ("", {"item_roles-leader": "4"},
         ("item_roles-leader", "Please choose one of the answers shown here.")),
        ("required: true", {"item_roles-leader": "1"},
         ("item_roles", "Please give each of these a place.")),
        ("required: true", {}, ("item_roles", "Please give each of these a place.")),
        ("allow: refused", {"item_roles-leader": "1", "item_roles-reason": ":refused"},
         ("item_roles", "Please choose either an answer or not to answer, not both.")),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_places_is_said(
    fields: str, posted: dict[str, Any], mistake: tuple[str, str]
) -> None:
    assert list_mistakes(ask(load_item(ROLES, fields), posted)) == [mistake]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("other: other", ("5: roles: there is no field 'other' here; remove it or use one of allow, "
         "as_printed, follow_up, hint, if_needed, instruction, key, meaning, options, "
         "relevant, renamed_from, required, text or type")),
        ("hint: ", "5: roles: 'hint' is empty; write the words or remove the line"),
    ],
)  # fmt: skip
def test_a_problem_is_said(fields: str, problem: str) -> None:
    assert find_item_problems(ROLES, fields) == [problem]


def test_no_option_may_take_the_name_of_the_refusals_input() -> None:
    definition = "key: roles\ntype: rank\ntext: Which?\noptions: {reason: Reason, care: Care}"

    assert find_item_problems(definition) == [
        "4: roles: the code 'reason' is used by the form itself; choose another, such as reason_"
    ]


def test_each_option_has_its_place_in_a_column() -> None:
    item = load_item(ROLES)

    cells = item.cells({"": Answer(value=["scholar", "leader"])}, "en")

    assert [column.name for column in item.columns()] == [
        "roles__leader",
        "roles__scholar",
        "roles__advocate",
    ]
    assert [(cell.value, cell.reason) for cell in cells] == [
        (2, None),
        (1, None),
        (None, "unanswered"),
    ]


def test_its_summary_counts_every_place_and_accounts_for_what_was_left_out() -> None:
    answers = [{"": Answer(value=["scholar", "leader"])}, {"": Answer(value=["scholar"])}, {}]

    summary = load_item(ROLES).summarise(answers)

    assert isinstance(summary, Grid)
    assert [level for level, _ in summary.levels] == ["1", "2", "3"]
    assert [(row.row, row.counts, row.n, row.missing) for row in summary.rows] == [
        ("leader", (0, 1, 0), 1, {"unanswered": 1, "not_reached": 1}),
        ("scholar", (2, 0, 0), 2, {"not_reached": 1}),
        ("advocate", (0, 0, 0), 0, {"unanswered": 2, "not_reached": 1}),
    ]


@pytest.mark.parametrize(
    ("text", "found"), [("leader scholar", 0), ("scholar leader", 0), ("leader leader", 1)]
)
def test_a_condition_may_name_an_order(text: str, found: int) -> None:
    definition = write_items(f"""
        - {{key: roles, type: rank, text: Which?, options: {{leader: a, scholar: b}}}}
        - {{key: why, type: text, text: Why?, relevant: "${{roles}} = '{text}'"}}
        """)

    assert len(find_problems(definition)) == found
