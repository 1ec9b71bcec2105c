"""Two windows changed the same thing: both versions in words, and the controls as they are stored."""

from typing import Any

import pytest

from survey_app.storage.records import OperationConflict
from survey_app.web.interviewer.conflicts import Conflict, control_name, explain
from tests.web.interviewing import TALK_RESPONSE, lay_out

SHEET = lay_out()
TOPICS = {"response": TALK_RESPONSE, "item": "topics"}
PLAIN_MARK = {
    "state": "raised_unprompted",
    "phase": "free",
    "example": "none",
    "flags": [],
    "text": "",
    "reason": "",
}
PLAIN_ITEM = {"phase": "free", "state": "not_reached", "reason": "", "flags": []}


def tell(operation: dict[str, Any], stored: dict[str, Any]) -> Conflict:
    told = explain(SHEET, OperationConflict(operation=operation, stored=stored))
    assert told is not None
    return told


def test_a_marks_flags_are_told_and_shown() -> None:
    sent = {"op": "mark", **TOPICS, "probe": "ethics", **PLAIN_MARK, "flags": ["come_back"]}
    stored = PLAIN_MARK | {"flags": ["quote", "minimal_answer"], "example": "given", "phase": None}

    told = tell(sent, stored)

    assert told.mine == "raised unprompted; come back to this"
    assert told.theirs == "raised unprompted; example: given; quote; minimal answer"
    assert told.name == "state.1.topics.ethics"
    assert told.values == {
        "state.1.topics.ethics": "raised_unprompted",
        "example.1.topics.ethics": "given",
        "text.1.topics.ethics": "",
        "why.1.topics.ethics": "",
        "marked.1.topics.ethics": "",
        "quote.1.topics.ethics": "yes",
        "come_back.1.topics.ethics": "",
        "minimal_answer.1.topics.ethics": "yes",
    }


def test_what_holds_for_a_question_is_told_by_its_phase_and_what_became_of_it() -> None:
    sent = {"op": "item", **TOPICS, **PLAIN_ITEM, "phase": "probing"}
    stored = PLAIN_ITEM | {"state": "not_asked", "reason": "no time", "flags": ["quote"]}

    told = tell(sent, stored)

    assert (told.mine, told.theirs) == ("probing", "free answer; not asked; no time; quote")
    assert told.name == "phase.1.topics"
    assert told.values == {
        "phase.1.topics": "free",
        "outcome.1.topics": "not_asked",
        "whynot.1.topics": "no time",
        "quote.1.topics": "yes",
        "come_back.1.topics": "",
        "minimal_answer.1.topics": "",
    }


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        ({"kind": "note", **TOPICS, "probe": None, "stream": "interviewer"}, "note.1.topics"),
        ({**TOPICS, "probe": "ethics"}, "note.1.topics.ethics"),
        ({"kind": "note", **TOPICS, "probe": None, "stream": "afterwards"}, "after.1.topics"),
        (
            {"kind": "summary", "stream": "salient", "response": None, "item": None},
            "summary.salient",
        ),
        (
            {"kind": "journal", "stream": "journal", "response": None, "item": None},
            "journal.journal",
        ),
        ({"kind": "observer", "stream": "observer:olga", **TOPICS}, "observer.1.topics"),
        (
            {"kind": "observer", "stream": "observer:olga", "response": None, "item": None},
            "observer.interview",
        ),
    ],
)
def test_each_note_stands_at_the_control_it_was_written_in(
    operation: dict[str, Any], name: str
) -> None:
    told = tell({"op": "note", "text": "", **operation}, {"text": "theirs"})

    assert (told.name, told.theirs, told.mine) == (name, "theirs", "(empty)")
    assert told.values == {name: "theirs"}


@pytest.mark.parametrize(
    "operation",
    [
        {"op": "mark", "response": TALK_RESPONSE, "item": "none", "probe": "ethics"},
        {"op": "clock", "action": "start"},
        {"op": "recording", "at": None},
        {"op": "note", "kind": "quote", "response": None, "item": None, "stream": ""},
    ],
)
def test_what_has_no_control_on_the_sheet_has_no_name(operation: dict[str, Any]) -> None:
    assert control_name(None, operation) is None
    assert explain(SHEET, OperationConflict(operation=operation, stored={})) is None


def test_coming_to_a_question_changes_no_control() -> None:
    assert control_name(SHEET.topics[0], {"op": "place", **TOPICS, "at": 0}) is None
