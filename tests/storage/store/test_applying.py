"""What the console does: marks, notes, answers, the clock, from one page or several."""

import pytest

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.records import Change
from survey_app.storage.store import Store
from tests.storage.interview_scenes import TICK, Operation, load, marking, noting, perform
from tests.storage.scenes import begin, begin_interview, change


@pytest.fixture
def interview(store: Store) -> str:
    return begin_interview(store)


@pytest.mark.parametrize(
    ("operation", "rows", "expected"),
    [
        (
            {"op": "mark", "item": "q", "probe": "pay", "state": "raised_unprompted", "at": 1200},
            "marks",
            {"state": "raised_unprompted", "first_at": 1200, "changed_at": 1200, "flags": []},
        ),
        (
            {"op": "mark", "item": "q", "probe": "other:1", "state": "not_asked"}
            | {"text": "parking", "reason": "no time", "phase": "probing"}
            | {"example": "given", "flags": ["strong"]},
            "marks",
            {"text": "parking", "reason": "no time", "phase": "probing", "example": "given"}
            | {"flags": ["strong"]},
        ),
        (
            {"op": "note", "item": "q", "probe": "pay", "stream": "interviewer", "kind": "note"}
            | {"text": "laughs", "added": "after"},
            "notes",
            {"text": "laughs", "added": "after", "author": "eva", "participant": "P07"},
        ),
        (
            {"op": "answer", "item": "years", "value": 12},
            "answers",
            {"row": "", "value": 12, "reason": None},
        ),
        (
            {"op": "answer", "item": "years", "row": "a", "reason": "refused"},
            "answers",
            {"row": "a", "value": None, "reason": "refused"},
        ),
    ],
)
def test_what_the_console_does_is_there_when_it_loads_again(
    store: Store, interview: str, operation: Operation, rows: str, expected: Operation
) -> None:
    run = load(store, interview).responses[0].response
    outcome = perform(store, interview, change(1), operation | {"response": run})
    state = load(store, interview)
    assert (outcome.status, outcome.revision, outcome.conflicts) == ("saved", 1, [])
    assert (state.revision, state.sequence) == (1, 2)
    [row] = getattr(state, rows)
    assert {name: getattr(row, name) for name in expected} == expected
    assert row.response == run


def test_a_change_posted_twice_is_applied_once(store: Store, interview: str) -> None:
    run = load(store, interview).responses[0].response
    quote = noting(run, "as she said", kind="quote")
    outcomes = [perform(store, interview, change(1), quote, TICK) for _ in range(2)]
    state = load(store, interview)
    assert [outcome.status for outcome in outcomes] == ["saved", "repeat"]
    assert (len(state.notes), len(state.clock), state.revision) == (1, 1, 1)


def test_the_same_key_with_another_body_is_a_new_change(store: Store, interview: str) -> None:
    run = load(store, interview).responses[0].response
    for state in ("refused", "dont_know", "refused"):
        assert perform(store, interview, change(1), marking(run, state)).status == "saved"
    assert [mark.state for mark in load(store, interview).marks] == ["refused"]
    assert len(store.responses.history(run)) == 3


def test_nothing_done_is_nothing_written(store: Store, interview: str) -> None:
    assert perform(store, interview, change(1)).revision == 0
    assert load(store, interview).sequence == 1


def test_the_first_time_of_a_mark_stays(store: Store, interview: str) -> None:
    run = load(store, interview).responses[0].response
    perform(store, interview, change(1), marking(run, "not_reached", at=None))
    perform(store, interview, change(2, base=1), marking(run, "raised_unprompted", at=700))
    perform(store, interview, change(3, base=2), marking(run, "raised_after_probe", at=900))
    [mark] = load(store, interview).marks
    assert (mark.state, mark.first_at, mark.changed_at) == ("raised_after_probe", 700, 900)


def test_a_note_in_one_place_is_one_note_and_quotes_add_up(store: Store, interview: str) -> None:
    run = load(store, interview).responses[0].response
    for number in range(1, 4):
        made_by = change(number, base=number)
        texts = [noting(run, f"draft {number}"), noting(run, f"quote {number}", kind="quote")]
        perform(store, interview, made_by, *texts, noting(run, f"{number}", stream="observer"))
    notes = load(store, interview).notes
    texts_by_kind = sorted((note.stream, note.kind, note.text) for note in notes)
    assert texts_by_kind == [
        ("interviewer", "note", "draft 3"),
        ("interviewer", "quote", "quote 1"),
        ("interviewer", "quote", "quote 2"),
        ("interviewer", "quote", "quote 3"),
        ("observer", "note", "3"),
    ]


@pytest.mark.parametrize(
    ("kind", "stream"),
    [("summary", "salient"), ("journal", "journal"), ("observer", "observer:lee")],
)
def test_each_stream_of_the_whole_interview_holds_one_text(
    store: Store, interview: str, kind: str, stream: str
) -> None:
    def said(text: str) -> Operation:
        place = {"op": "note", "response": None, "item": None}
        return place | {"kind": kind, "stream": stream, "text": text}

    perform(store, interview, change(1), said("first"), noting(None, "a note", stream=stream))
    perform(store, interview, change(2, base=1), said("second"))
    stale = perform(store, interview, change(1, base=1, client="second page"), said("third"))
    assert [each.stored["text"] for each in stale.conflicts] == ["second"]
    assert sorted((note.kind, note.text) for note in load(store, interview).notes) == sorted(
        [(kind, "second"), ("note", "a note")]
    )


def test_each_observer_has_one_note_on_a_question(store: Store, interview: str) -> None:
    run = load(store, interview).responses[0].response
    for number, (name, text) in enumerate(
        [("lee", "first"), ("kim", "hers"), ("lee", "second")], start=1
    ):
        watched = noting(run, text, kind="observer", stream=f"observer:{name}")
        perform(store, interview, change(number, base=number - 1, actor=name), watched)
    notes = load(store, interview).notes
    assert sorted((note.author, note.text, note.item) for note in notes) == [
        ("kim", "hers", "q"),
        ("lee", "second", "q"),
    ]


def test_a_note_keeps_its_author_and_birth(store: Store, interview: str) -> None:
    run = load(store, interview).responses[0].response
    perform(store, interview, change(1), noting(run, "first"))
    [before] = load(store, interview).notes
    perform(store, interview, change(2, base=1, actor="lee"), noting(run, "second"))
    [after] = load(store, interview).notes
    assert (after.id, after.author, after.created) == (before.id, "eva", before.created)


def test_a_stale_operation_is_kept_and_shown_and_the_rest_applied(
    store: Store, interview: str
) -> None:
    run = load(store, interview).responses[0].response
    perform(store, interview, change(1), marking(run, "refused"), noting(run, "hers"))
    stale = marking(run, "dont_know")
    late = change(1, client="second page")
    fresh = marking(run, "asked_and_denied", probe="hours")
    outcome = perform(store, interview, late, stale, fresh, noting(run, "mine"))
    assert (outcome.status, outcome.revision) == ("saved", 2)
    assert [each.operation for each in outcome.conflicts] == [stale, noting(run, "mine")]
    assert [each.stored.get("state") or each.stored["text"] for each in outcome.conflicts] == [
        "refused",
        "hers",
    ]
    state = load(store, interview)
    assert {mark.probe: mark.state for mark in state.marks} == {
        "pay": "refused",
        "hours": "asked_and_denied",
    }
    assert "mine" in str(store.responses.history(run)[-1].body)
    again = perform(store, interview, late, stale, fresh, noting(run, "mine"))
    assert (again.status, again.conflicts) == ("repeat", outcome.conflicts)


@pytest.mark.parametrize(
    ("made_by", "state"),
    [
        pytest.param(change(2), "dont_know", id="the same page"),
        pytest.param(change(1, base=1, client="second page"), "dont_know", id="a newer page"),
        pytest.param(change(1, client="second page"), "refused", id="the same mark"),
    ],
)
def test_no_conflict_arises_where_nobody_disagrees(
    store: Store, interview: str, made_by: Change, state: str
) -> None:
    run = load(store, interview).responses[0].response
    perform(store, interview, change(1), marking(run, "refused"))
    outcome = perform(store, interview, made_by, marking(run, state))
    assert (outcome.status, outcome.conflicts) == ("saved", [])
    assert [mark.state for mark in load(store, interview).marks] == [state]


def test_the_clock_runs_by_the_servers_time(store: Store, interview: str) -> None:
    for number, action in enumerate(("start", "pause", "resume"), start=1):
        perform(store, interview, change(number), {"op": "clock", "action": action, "at": "mine"})
    clock = load(store, interview).clock
    assert [turn["action"] for turn in clock] == ["start", "pause", "resume"]
    assert sorted(turn["at"] for turn in clock) == [turn["at"] for turn in clock]
    assert all(turn["at"].endswith("Z") for turn in clock)


def test_finishing_sends_every_response(store: Store) -> None:
    interview = begin_interview(store, runs=2)
    outcome = perform(
        store,
        interview,
        change(1),
        {"op": "outcome", "outcome": "complete", "text": "all well"},
        {"op": "clock", "action": "finish", "at": 0},
    )
    state = load(store, interview)
    assert (state.outcome, state.outcome_text, state.finished) == (
        "complete",
        "all well",
        outcome.at,
    )
    assert [run.state for run in state.responses] == ["submitted", "submitted"]
    found = store.responses.find(state.responses[0].response)
    assert found is not None
    assert found.submitted == outcome.at


def test_a_note_may_be_added_after_the_interview(store: Store, interview: str) -> None:
    run = load(store, interview).responses[0].response
    perform(store, interview, change(1), {"op": "clock", "action": "finish", "at": 0})
    assert perform(store, interview, change(2), noting(run, "in hindsight")).status == "saved"


def test_a_withdrawn_response_takes_no_marks(store: Store, interview: str) -> None:
    run = load(store, interview).responses[0].response
    store.responses.withdraw(run, change(5, kind="withdraw"), scope="all")
    assert perform(store, interview, change(1), marking(run, "refused")).status == "closed"
    assert load(store, interview).marks == []


def test_an_interview_that_was_withdrawn_whole_takes_no_word_about_itself(store: Store) -> None:
    interview = begin_interview(store, runs=2)
    first, second = (run.response for run in load(store, interview).responses)
    store.responses.withdraw(first, change(5, kind="withdraw"), scope="part")
    summary = noting(None, "hers", kind="summary", stream="salient")
    assert perform(store, interview, change(1), summary).status == "saved"
    store.responses.withdraw(second, change(6, kind="withdraw"), scope="all")
    assert perform(store, interview, change(2), summary).status == "closed"
    assert load(store, interview).notes == []


def test_one_change_on_several_responses_is_one_event_in_the_chain_of_each(store: Store) -> None:
    interview = begin_interview(store, runs=2)
    first, second = (run.response for run in load(store, interview).responses)
    marks = [marking(first, "refused"), marking(second, "refused"), TICK]
    perform(store, interview, change(1), *marks)
    assert load(store, interview).sequence == 4
    for run in (first, second):
        [event] = store.responses.history(run)
        assert event.body == {"operations": [marking(run, "refused")]}
        assert store.responses.verify_chain(run) is None


@pytest.mark.parametrize(
    ("operation", "error", "sentence"),
    [
        ({"op": "erase"}, ValueError, "“erase” is no operation"),
        ({"op": "clock", "action": "rewind", "at": 0}, ValueError, "“rewind” is nothing"),
        ({"op": "answer", "response": "lost", "item": "q"}, UnknownRecord, "no response lost"),
    ],
)
def test_what_is_no_operation_is_refused_and_nothing_applied(
    store: Store, interview: str, operation: Operation, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        perform(store, interview, change(1), TICK, operation)
    assert (load(store, interview).clock, load(store, interview).sequence) == ([], 1)


def test_an_operation_reaches_no_response_of_somebody_else(store: Store, interview: str) -> None:
    with pytest.raises(UnknownRecord, match="The interview has no response"):
        perform(store, interview, change(1), marking(begin(store), "refused"))
