"""What a page may do to an interview: what is taken as it is, mended, or refused with a sentence."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from survey_app.web.interviewer.operations import Moment, check_operations
from survey_app.web.interviewer.words import FLAGS, ITEM_STATES, PHASES, STATES
from tests.web.interviewing import TALK_RESPONSE, lay_out

SHEET = lay_out()
IN_THE_CALL = Moment(elapsed=90_000, finished=False)
FINISHED = replace(IN_THE_CALL, finished=True)
READING_ALONG = replace(IN_THE_CALL, observer="olga")
ON_PAPER = Moment(elapsed=0, finished=False, paper=True)
TOPICS = {"response": TALK_RESPONSE, "item": "topics"}


def mark(**more: Any) -> dict[str, Any]:
    plain = {"op": "mark", **TOPICS, "probe": "ethics", "state": "raised_unprompted", "at": 5_000}
    return {
        **plain,
        "phase": "free",
        "example": "none",
        "flags": [],
        "text": "",
        "reason": "",
    } | more


def item(**more: Any) -> dict[str, Any]:
    plain = {"op": "item", **TOPICS, "at": 5_000, "phase": "probing", "state": "not_reached"}
    return {**plain, "reason": "", "flags": []} | more


def note(**more: Any) -> dict[str, Any]:
    return {"op": "note", **TOPICS, "probe": None, "text": "said"} | more


def whole_note(kind: Any, stream: Any = None, **more: Any) -> dict[str, Any]:
    return {"op": "note", "kind": kind, "stream": stream, "text": "said"} | more


def place(**more: Any) -> dict[str, Any]:
    return {"op": "place", **TOPICS, "at": 5_000} | more


def recording(at: Any) -> dict[str, Any]:
    return {"op": "recording", "at": at}


CLOCK = {"op": "clock", "action": "pause"}


def take(operation: Any, moment: Moment = IN_THE_CALL) -> dict[str, Any]:
    """The operation as it may be stored."""
    good, faults = check_operations(SHEET, moment, [operation])
    assert faults == []
    return good[0]


def refuse(operation: Any, moment: Moment = IN_THE_CALL) -> str:
    """The sentence about an operation that is not stored."""
    good, (fault,) = check_operations(SHEET, moment, [operation])
    assert (good, fault.index) == ([], 0)
    return fault.message


# In the call


def test_a_mark_is_taken_with_its_phase_and_flags() -> None:
    sent = mark(flags=["quote", "minimal_answer"], example="given", text="exam")

    assert take(sent) == sent


@pytest.mark.parametrize(("state", "phase"), list(product(STATES, [None, *PHASES])))
def test_phase_and_state_may_disagree_since_the_interviewer_heard_it(
    state: str, phase: str | None
) -> None:
    taken = take(mark(state=state, phase=phase))

    assert (taken["state"], taken["phase"]) == (state, phase)


def test_a_page_that_knows_no_phases_and_flags_can_still_mark() -> None:
    plain = mark()
    del plain["phase"], plain["flags"]

    assert (take(plain)["phase"], take(plain)["flags"]) == (None, [])


@pytest.mark.parametrize("make", [mark, item])
def test_flags_stand_once_each_and_in_their_order(make: Any) -> None:
    assert take(make(flags=["minimal_answer", "quote", "quote"]))["flags"] == [
        "quote",
        "minimal_answer",
    ]
    assert take(make(flags=list(FLAGS)))["flags"] == list(FLAGS)


@pytest.mark.parametrize(("state", "phase"), list(product(ITEM_STATES, PHASES)))
def test_a_whole_question_has_a_phase_and_a_state(state: str, phase: str) -> None:
    sent = item(state=state, phase=phase)

    assert take(sent) == sent


@pytest.mark.parametrize("make", [mark, item])
def test_only_what_was_not_asked_has_a_reason_for_that(make: Any) -> None:
    assert take(make(state="not_asked", reason="no time"))["reason"] == "no time"
    assert take(make(state="refused", reason="no time"))["reason"] == ""


def test_coming_to_a_question_and_starting_the_recording_have_their_time() -> None:
    assert take(place()) == place()
    assert take(recording(3_000)) == recording(3_000)
    assert take(recording(None)) == recording(None)


@pytest.mark.parametrize("make", [mark, item, place, recording])
def test_nothing_happens_later_than_the_clock_stands(make: Any) -> None:
    assert take(make(at=10**12))["at"] == 90_000


@pytest.mark.parametrize(
    ("operation", "sentence"),
    [
        (mark(phase="later"), "a mark of an unknown kind"),
        (mark(phase=1), "a mark of an unknown kind"),
        (mark(flags="quote"), "a mark of an unknown kind"),
        (mark(flags=None), "a mark of an unknown kind"),
        (mark(flags=["loud"]), "a mark of an unknown kind"),
        (mark(flags=[["quote"]]), "a mark of an unknown kind"),
        (mark(at=None), "a time that cannot be"),
        (item(phase=None), "a mark of an unknown kind"),
        (item(state="raised_unprompted"), "a mark of an unknown kind"),
        (item(state="asked_and_denied"), "a mark of an unknown kind"),
        (item(flags=["loud"]), "a mark of an unknown kind"),
        (item(at="soon"), "a time that cannot be"),
        (item(state="not_asked", reason=5), "something else than a text"),
        (item(state="not_asked", reason="x" * 20_001), "has 20001 characters"),
        (item(item="none"), "not in the interview"),
        (item(response=None, item=None), "not in the interview"),
        (place(at=-1), "a time that cannot be"),
        (place(at=None), "a time that cannot be"),
        (place(item="none"), "not in the interview"),
        (recording("now"), "a time that cannot be"),
        (recording(at=True), "a time that cannot be"),
        ({"op": "outcome", "outcome": "completed"}, "a change of an unknown kind"),
        ({"op": "clock", "action": "finish"}, "a mark of an unknown kind"),
        (note(kind="summary", stream="salient"), "a note of an unknown kind"),
        (note(kind="quote"), "a note of an unknown kind"),
        (note(kind=["note"]), "a note of an unknown kind"),
        (whole_note("note"), "not in the interview"),
        (whole_note("summary"), "a note of an unknown kind"),
        (whole_note("summary", "journal"), "a note of an unknown kind"),
        (whole_note("summary", ["salient"]), "a note of an unknown kind"),
        (whole_note("journal", "salient"), "a note of an unknown kind"),
        (whole_note(["summary"], "salient"), "a note of an unknown kind"),
        (whole_note("quote", "journal"), "a note of an unknown kind"),
        (whole_note("summary", "salient", text="x" * 20_001), "has 20001 characters"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    operation: dict[str, Any], sentence: str
) -> None:
    assert sentence in refuse(operation)


def test_what_is_wrong_in_one_change_does_not_hold_up_the_others() -> None:
    good, faults = check_operations(SHEET, IN_THE_CALL, [note(), item(phase="x"), place()])

    assert [operation["op"] for operation in good] == ["note", "place"]
    assert [fault.index for fault in faults] == [1]


# Notes on the interview as a whole


@pytest.mark.parametrize(
    ("kind", "stream"),
    [
        ("summary", "main_issues"),
        ("summary", "salient"),
        ("summary", "new_questions"),
        ("summary", "other"),
        ("journal", "journal"),
    ],
)
@pytest.mark.parametrize(("moment", "added"), [(IN_THE_CALL, "during"), (FINISHED, "after")])
def test_summary_and_journal_belong_to_no_question_and_say_when_they_were_added(
    kind: str, stream: str, moment: Moment, added: str
) -> None:
    assert take(whole_note(kind, stream, text="a\x00b"), moment) == {
        "op": "note",
        "response": None,
        "item": None,
        "probe": None,
        "kind": kind,
        "stream": stream,
        "text": "a�b",
        "added": added,
    }


# After the interview


@pytest.mark.parametrize("operation", [mark(), item(), place(), recording(5), CLOCK])
def test_once_it_is_finished_only_notes_are_added(operation: dict[str, Any]) -> None:
    assert "only notes can be added" in refuse(operation, FINISHED)


def test_a_note_added_afterwards_says_so_and_leaves_the_first_one_alone() -> None:
    first, later = take(note()), take(note(), FINISHED)

    assert (first["stream"], first["added"]) == ("interviewer", "during")
    assert (later["stream"], later["added"]) == ("afterwards", "after")


# Observers


@pytest.mark.parametrize(
    "operation",
    [mark(), item(), place(), recording(5), CLOCK, note(), whole_note("journal", "journal")],
)
@pytest.mark.parametrize("moment", [READING_ALONG, replace(READING_ALONG, finished=True)])
def test_who_reads_along_changes_nothing_of_the_interviewers(
    operation: dict[str, Any], moment: Moment
) -> None:
    assert "only notes of your own can be added" in refuse(operation, moment)


@pytest.mark.parametrize(
    ("operation", "where"),
    [
        (note(kind="observer"), (TALK_RESPONSE, "topics")),
        (whole_note("observer"), (None, None)),
        (whole_note("observer", "observer:somebody else"), (None, None)),
    ],
)
def test_an_observers_notes_stand_in_a_stream_of_their_own(
    operation: dict[str, Any], where: tuple[str | None, str | None]
) -> None:
    taken = take(operation, READING_ALONG)

    assert (taken["kind"], taken["stream"], taken["probe"]) == ("observer", "observer:olga", None)
    assert (taken["response"], taken["item"]) == where


@pytest.mark.parametrize("operation", [note(kind="observer"), whole_note("observer")])
def test_an_interviewer_writes_no_observers_note(operation: dict[str, Any]) -> None:
    assert "Only somebody who reads along" in refuse(operation)


def test_an_observers_note_on_a_question_that_is_not_there_is_refused() -> None:
    assert "not in the interview" in refuse(note(kind="observer", item="none"), READING_ALONG)


# On paper


@pytest.mark.parametrize("operation", [mark(), mark(at=None), item(), item(at=None), place()])
def test_what_was_keyed_in_from_paper_has_no_times(operation: dict[str, Any]) -> None:
    assert take(operation, ON_PAPER)["at"] is None


def test_on_paper_a_box_says_what_became_of_a_probe_and_nothing_in_which_phase() -> None:
    taken = take(mark(state="raised_after_probe", phase="free"), ON_PAPER)

    assert (taken["state"], taken["phase"]) == ("raised_after_probe", None)


@pytest.mark.parametrize("operation", [CLOCK, recording(0), recording(None)])
def test_on_paper_there_is_no_clock_to_turn(operation: dict[str, Any]) -> None:
    assert "held on paper" in refuse(operation, ON_PAPER)
