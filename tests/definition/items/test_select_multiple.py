"""`select_multiple`: any of a list; in an interview the list becomes probes."""

from typing import Any

import pytest

from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answer, Counts
from tests.definition.definitions import (
    ask,
    find_item_problems,
    find_problems,
    list_mistakes,
    load_item,
    write_items,
)

TOPICS = """
    key: topics
    type: select_multiple
    text: What have you been discussing?
    options: {ethics: ethical issues, equality: equality, none: none of these}
    other: other
    exclusive: none
    """
BLANK = Answer(reason=Reason.UNANSWERED)


@pytest.mark.parametrize(
    ("posted", "stored"),
    [
        ({}, BLANK),
        ({"item_topics": ["equality", "ethics"]}, Answer(value=["ethics", "equality"])),
        ({"item_topics": ["ethics", "ethics"]}, Answer(value=["ethics"])),
        ({"item_topics": "none"}, Answer(value=["none"])),
        ({"item_topics": ["other", "ethics"], "item_topics-other": "pay"},
         Answer(value=["ethics", "other"], other="pay")),
        ({"item_topics": "ethics", "item_topics-other": "pay"},
         Answer(value=["ethics"], other="pay", unticked=True)),
        ({"item_topics-other": "pay"},
         Answer(reason=Reason.UNANSWERED, other="pay", unticked=True)),
        ({"item_topics": ":dont_know"}, Answer(reason=Reason.DONT_KNOW)),
    ],
)  # fmt: skip
def test_codes_are_stored_in_the_lists_order_with_the_text_of_other(
    posted: dict[str, Any], stored: Answer
) -> None:
    filled = ask(load_item(TOPICS, "allow: dont_know"), posted)

    assert filled.answers == {"topics": {"": stored}}
    assert not filled.mistakes


@pytest.mark.parametrize(
    ("fields", "posted", "mistake"),
    [
        ("required: true", {}, ("item_topics", "Please choose at least one answer.")),
        ("", {"item_topics": ["none", "ethics"]},
         ("item_topics", "Please choose either ‘none of these’ or the others, not both.")),
        ("", {"item_topics": ["none", "other"], "item_topics-other": "pay"},
         ("item_topics", "Please choose either ‘none of these’ or the others, not both.")),
        ("", {"item_topics": "other"},
         ("item_topics-other", "You chose ‘other’: please say what, or take that choice away.")),
        ("", {"item_topics": "pay"},
         ("item_topics", "Please choose one of the answers shown here.")),
        ("allow: refused", {"item_topics": ["ethics", ":refused"]},
         ("item_topics", "Please choose either an answer or not to answer, not both.")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_the_boxes_or_at_the_text(
    fields: str, posted: dict[str, Any], mistake: tuple[str, str]
) -> None:
    item = load_item(TOPICS, fields)

    assert list_mistakes(ask(item, posted)) == [mistake]


@pytest.mark.parametrize(
    ("exclusive", "problem"),
    [
        ("nothing", ("5: topics: 'exclusive' names 'nothing', which is no option here; use one of "
         "ethics or none")),
        ("[none, other]", ("5: topics: 'exclusive' names 'other', which is no option here; use one "
         "of ethics or none")),
        ("{none: true}", "5: topics: 'exclusive' should be a list; begin each entry with '- '"),
        ("None", ("5: topics: 'exclusive' has the code 'None'; write at most 32 small letters, "
         "digits and _")),
    ],
)  # fmt: skip
def test_a_problem_with_exclusive_options_is_said(exclusive: str, problem: str) -> None:
    definition = (
        "key: topics\ntype: select_multiple\ntext: Which?\n"
        f"options: {{ethics: ethics, none: none}}\nexclusive: {exclusive}"
    )

    assert find_item_problems(definition) == [problem]


def test_each_option_has_a_column_of_ones_and_noughts() -> None:
    item = load_item(TOPICS)
    cells = item.cells({"": Answer(value=["ethics", "other"], other="pay")}, "en")

    assert [
        (column.name, cell.value) for column, cell in zip(item.columns(), cells, strict=True)
    ] == [
        ("topics__ethics", 1),
        ("topics__equality", 0),
        ("topics__none", 0),
        ("topics__other", 1),
        ("topics__other_text", "pay"),
    ]


def test_a_blank_leaves_no_nought_behind() -> None:
    cells = load_item(TOPICS).cells({"": Answer(reason=Reason.REFUSED)}, "en")

    assert [(cell.value, cell.reason) for cell in cells] == [(None, "refused")] * 5


def test_shares_are_of_those_who_chose_any() -> None:
    answers = [
        {"": Answer(value=["ethics", "equality"])},
        {"": Answer(value=["ethics"])},
        {"": Answer(reason=Reason.UNANSWERED, other="pay", unticked=True)},
    ]

    summary = load_item(TOPICS).summarise(answers)

    assert isinstance(summary, Counts)
    assert [(level.code, level.count) for level in summary.levels] == [
        ("ethics", 2),
        ("equality", 1),
        ("none", 0),
        ("other", 0),
    ]
    assert (summary.n, summary.multiple, summary.missing) == (2, True, {"unanswered": 1})


def test_in_an_interview_the_options_are_the_probes_and_nothing_is_recorded() -> None:
    topic = load_item(TOPICS).topic()

    assert topic is not None
    assert [probe.key for probe in topic.probes] == ["ethics", "equality", "none"]
    assert topic.recording == "nothing"


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ("${topics} = 'ethics'", "write selected(${topics}, 'ethics')"),
        ("${topics} = 'ethics equality'", "'ethics') and selected(${topics}, 'equality')"),
        ("${topics} = 'writing'", "'topics' has no option 'writing'"),
        ("selected(${topics}, 'ethics') and count-selected(${topics}) = 1", ""),
        ("${topics} = ''", ""),
    ],
)
def test_a_condition_asks_for_a_code_by_selected_since_several_may_be_chosen(
    condition: str, problem: str
) -> None:
    found = find_problems(
        write_items(f"""
            - {{key: topics, type: select_multiple, text: Which?, options: {{ethics: a, equality: b}}}}
            - {{key: why, type: text, text: Why?, relevant: "{condition}"}}
            """)
    )

    assert [problem in each for each in found] == ([True] if problem else [])
