"""Whatever a page sends is taken or refused with a sentence: no value of any field breaks it."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.storage.records import ConsentText
from survey_app.web.interviewer.agreeing import check_said
from survey_app.web.interviewer.checks import Moment
from survey_app.web.interviewer.operations import check_operations
from survey_app.web.interviewer.posted import find_changes, find_typed
from survey_app.web.interviewer.received import Refused
from survey_app.web.interviewer.words import (
    EXAMPLES,
    FLAGS,
    ITEM_STATES,
    PHASES,
    STATES,
    SUMMARY_STREAMS,
)
from tests.web.interviewing import CLOSING_RESPONSE, TALK_RESPONSE, lay_out
from tests.web.test_interviewer_posted import CONTROLS

SHEET = lay_out()
STRANGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=3,
)
TOPICS = {"response": TALK_RESPONSE, "item": "topics"}
MARK = {"op": "mark", **TOPICS, "probe": "ethics", "at": 5, "state": "refused", "example": "none"}
WHOLE: list[dict[str, Any]] = [
    MARK | {"phase": "free", "flags": ["quote"], "text": "", "reason": ""},
    {
        "op": "item",
        **TOPICS,
        "at": 5,
        "phase": "free",
        "state": "refused",
        "reason": "",
        "flags": [],
    },
    {"op": "note", **TOPICS, "probe": None, "text": "said"},
    {"op": "note", **TOPICS, "kind": "observer", "text": "seen"},
    {"op": "note", "kind": "observer", "text": "seen"},
    {"op": "note", "kind": "summary", "stream": "salient", "text": "said"},
    {"op": "note", "kind": "journal", "stream": "journal", "text": "thought"},
    {"op": "answer", "response": TALK_RESPONSE, "item": "mentees", "row": "", "value": "2"},
    {"op": "place", **TOPICS, "at": 5},
    {"op": "clock", "action": "pause"},
    {"op": "recording", "at": 5},
]
"""One of each kind as a page sends it."""
KNOWN: dict[str, list[Any]] = {
    "response": [TALK_RESPONSE, CLOSING_RESPONSE],
    "item": ["topics", "teaching", "mentees", "anything"],
    "probe": ["ethics", "interest", "other:1", "other:99"],
    "row": ["", "interest"],
    "state": [*STATES, *ITEM_STATES],
    "phase": [*PHASES],
    "example": [*EXAMPLES],
    "flags": [[], [*FLAGS], ["come_back", "quote"]],
    "kind": ["note", "summary", "journal", "observer"],
    "stream": [*SUMMARY_STREAMS, "journal"],
    "at": [0, 10**9],
    "text": ["", "words"],
    "reason": ["", "refused", "no time"],
}
CHANGES = st.one_of(
    [st.tuples(st.just(name), st.sampled_from(known) | STRANGE) for name, known in KNOWN.items()]
)
NAMES = [
    *CONTROLS,
    *(f"{flag}.1.topics" for flag in FLAGS),
    *(f"{flag}.1.topics.ethics" for flag in FLAGS),
    *("state.1.topics.other:2", "answer.1.mentees", "observer.1.topics", "summary.salient"),
    *("marked.1.topics.ethics", "goto", "clock", "nothing.at.all"),
]
TEXTS = st.sampled_from(["", "yes", "probing", "refused", "not_asked", "1.topics", "3"])
FORMS = st.dictionaries(st.sampled_from(NAMES), TEXTS | st.text(max_size=5), max_size=8)
OPERATIONS = st.builds(
    lambda whole, changes: whole | dict(changes),
    st.sampled_from(WHOLE),
    st.lists(CHANGES, max_size=2),
)
MOMENTS = st.builds(
    Moment,
    elapsed=st.integers(0, 10**8),
    finished=st.booleans(),
    observer=st.sampled_from(["", "", "olga"]),
    paper=st.booleans(),
)


def test_one_of_each_kind_is_taken_as_it_is_sent() -> None:
    writing, watching = (
        Moment(elapsed=9, finished=False),
        Moment(elapsed=9, finished=False, observer="o"),
    )
    seen = [whole for whole in WHOLE if whole.get("kind") == "observer"]
    done = [whole for whole in WHOLE if whole not in seen]

    assert check_operations(SHEET, writing, done)[1] == []
    assert check_operations(SHEET, watching, seen)[1] == []


@settings(max_examples=600, deadline=None)
@given(posted=st.lists(OPERATIONS | STRANGE, max_size=3), moment=MOMENTS)
def test_every_change_is_taken_or_refused_and_what_is_taken_can_be_stored(
    posted: list[Any], moment: Moment
) -> None:
    good, faults = check_operations(SHEET, moment, posted)

    assert len(good) + len(faults) == max(1, len(posted))
    assert all(fault.message for fault in faults)
    for operation in good:
        assert json.loads(json.dumps(operation)) == operation
        assert not moment.observer or operation["kind"] == "observer"
        assert not moment.finished or operation["op"] == "note"
        at = operation.get("at")
        assert at is None if moment.paper else at is None or 0 <= at <= moment.elapsed


@settings(max_examples=300, deadline=None)
@given(before=FORMS, posted=FORMS, moment=MOMENTS)
def test_every_form_comes_to_changes_that_are_taken_or_refused(
    before: dict[str, str], posted: dict[str, str], moment: Moment
) -> None:
    changes = find_changes(SHEET, before, posted, moment.elapsed)
    good, faults = check_operations(SHEET, moment, changes) if changes else ([], [])

    assert len(good) + len(faults) == len(changes)
    assert find_changes(SHEET, before, {}, moment.elapsed) == []
    assert find_typed(before, posted).keys() <= before.keys() | posted.keys()


TEXT = ConsentText(
    study="talks",
    version="2",
    body={"text": "Words", "statements": [{"key": "kept", "text": "Kept", "required": "true"}]},
    fingerprint="",
    added="",
)
SAID: dict[str, list[Any]] = {
    "version": ["2"],
    "said": ["agreed", "declined"],
    "method": ["", "spoken", "paper"],
    "dated": ["", "2026-11-03", "2999-01-01", "soon"],
    "recording": ["", "yes", "no"],
    "ticks": [[], ["kept"], ["kept", "kept", None]],
}


@settings(max_examples=300, deadline=None)
@given(
    posted=st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(known) | STRANGE for name, known in SAID.items()}
    )
)
def test_whatever_is_said_to_a_consent_text_is_taken_or_refused(posted: dict[str, Any]) -> None:
    try:
        said = check_said(TEXT, "en", posted)
    except Refused:
        return
    assert said["agreed"] is False or said["ticks"] == {
        "agreed": True,
        "kept": True,
        "recording": posted["recording"] == "yes",
    }
    assert json.loads(json.dumps(said)) == said
