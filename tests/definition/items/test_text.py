"""`text`: an answer in the participant's own words."""

from typing import Any

import pytest

from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answer, Cell, Texts
from tests.definition.definitions import ask, find_item_problems, list_mistakes, load_item

WHAT = """
    key: what
    type: text
    text: What did you find rewarding?
    """
BLANK = Answer(reason=Reason.UNANSWERED)


@pytest.mark.parametrize(
    ("fields", "posted", "stored"),
    [
        ("", {}, BLANK),
        ("", {"item_what": ""}, BLANK),
        ("", {"item_what": " \n "}, BLANK),
        ("", {"item_what": "Growing, “together”\n=1+1"}, Answer(value="Growing, “together”\n=1+1")),
        ("", {"item_what": "  kept as typed  "}, Answer(value="  kept as typed  ")),
        ("", {"item_what": "0"}, Answer(value="0")),
        ("max_length: 3", {"item_what": "😀é1"}, Answer(value="😀é1")),
        ("allow: refused", {"item_what-reason": ":refused"}, Answer(reason=Reason.REFUSED)),
        ("allow: [refused, dont_know]", {"item_what-reason": ":dont_know"},
         Answer(reason=Reason.DONT_KNOW)),
        ("required: true\nallow: refused", {"item_what-reason": ":refused"},
         Answer(reason=Reason.REFUSED)),
    ],
)  # fmt: skip
def test_what_was_written_is_stored_unchanged(
    fields: str, posted: dict[str, Any], stored: Answer
) -> None:
    filled = ask(load_item(WHAT, fields), posted)

    assert filled.answers == {"what": {"": stored}}
    assert not filled.mistakes


@pytest.mark.parametrize(
    ("fields", "posted", "sentence"),
    [
        ("required: true", {}, "Please answer this question."),
        ("required: yes", {"item_what": "   "}, "Please answer this question."),
        ("max_length: 3", {"item_what": "four"},
         "This has 4 characters and 3 are the most that can be kept here; please shorten it."),
        ("allow: refused", {"item_what": "words", "item_what-reason": ":refused"},
         "Either keep what you wrote, or take the tick below it away: not both."),
        ("", {"item_what-reason": ":refused"}, "Please choose one of the answers shown here."),
        ("allow: refused", {"item_what-reason": ":dont_know"},
         "Please choose one of the answers shown here."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_the_field(
    fields: str, posted: dict[str, Any], sentence: str
) -> None:
    filled = ask(load_item(WHAT, fields), posted)

    assert list_mistakes(filled) == [("item_what", sentence)]
    assert filled.answers == {} or fields.startswith("required")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("max_length: 0", "4: what: 'max_length' should lie between 1 and 20000"),
        ("max_length: 20001", "4: what: 'max_length' should lie between 1 and 20000"),
        ("max_length: many", "4: what: 'max_length' is 'many'; write a whole number"),
        (
            "multiline: sometimes",
            "4: what: 'multiline' is 'sometimes'; write either true or false",
        ),
        ("allow: never", "4: what: 'allow' is 'never'; use one of refused or dont_know"),
        (
            "maxlength: 5",
            "4: what: there is no field 'maxlength' here; did you mean 'max_length'?",
        ),
    ],
)
def test_a_problem_says_where_it_is_and_what_to_do(fields: str, problem: str) -> None:
    assert find_item_problems(WHAT, fields) == [problem]


@pytest.mark.parametrize(("fields", "control"), [("", "paragraph"), ("multiline: no", "line")])
def test_the_box_has_lines_unless_the_author_wants_one(fields: str, control: str) -> None:
    assert ask(load_item(WHAT, fields), {}).fields["what"].control == control


def test_a_cell_holds_the_text_and_a_summary_counts_who_wrote() -> None:
    item = load_item(WHAT)
    answers = [{"": Answer(value="Growing")}, {"": BLANK}, {}]

    assert item.cells(answers[0], "en") == (Cell(value="Growing", label="Growing"),)
    assert item.summarise(answers) == Texts(
        item="what", text=item.text, n=1, missing={"unanswered": 1, "not_reached": 1}
    )
