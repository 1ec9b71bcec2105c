"""The course of an interview: where it went, the recording, how it was broken off and resumed."""

import pytest

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.records import Consent, InterviewState
from survey_app.storage.store import Store
from tests.storage.interview_scenes import Operation, load, of_question, perform
from tests.storage.scenes import STUDY, begin_interview, change, let_fail

START = {"op": "clock", "action": "start"}
PAUSE = {"op": "clock", "action": "pause"}
RESUME = {"op": "clock", "action": "resume"}
FINISH = {"op": "clock", "action": "finish"}


@pytest.fixture
def interview(store: Store) -> str:
    return begin_interview(store)


def _place(response: str, item: str, at: int | None) -> Operation:
    return {"op": "place", "response": response, "item": item, "at": at}


def test_the_places_that_were_visited_stand_in_order(store: Store, interview: str) -> None:
    run = load(store, interview).responses[0].response
    for number, (item, at) in enumerate([("q", 10), ("r", 20), ("r", 25), ("q", 30)], start=1):
        perform(store, interview, change(number), _place(run, item, at))
    assert load(store, interview).visits == [
        {"response": run, "item": "q", "at": 10},
        {"response": run, "item": "r", "at": 20},
        {"response": run, "item": "q", "at": 30},
    ]


def test_the_start_of_the_recording_may_be_taken_back(store: Store, interview: str) -> None:
    offsets: list[int | None] = [8_000, None, 12_000]
    for number, at in enumerate(offsets, start=1):
        perform(store, interview, change(number), {"op": "recording", "at": at})
        assert load(store, interview).recording_offset == at


def _break_off(run: str, **more: object) -> Operation:
    return {
        "op": "outcome",
        "outcome": "broken_off",
        "text": "the line broke",
        "call_back": "Tuesday at four",
        "resume": f"{run}/q",
        **more,
    }


def _said(state: InterviewState) -> tuple[str | None, str, str, str]:
    return (state.outcome, state.outcome_text, state.call_back, state.resume)


def test_an_interview_that_is_broken_off_waits_for_its_call_back(
    store: Store, interview: str
) -> None:
    run = load(store, interview).responses[0].response
    perform(store, interview, change(1), START)
    perform(store, interview, change(2), _break_off(run), PAUSE)
    state = load(store, interview)
    assert _said(state) == ("broken_off", "the line broke", "Tuesday at four", f"{run}/q")
    assert (state.finished, [each.state for each in state.responses]) == (None, ["in_progress"])
    [row] = store.interviews.list(STUDY)
    assert (row.outcome, row.call_back, row.source) == (
        "broken_off",
        "Tuesday at four",
        "console",
    )


@pytest.mark.parametrize("action", [START, RESUME])
def test_the_call_back_clears_the_outcome_and_keeps_the_place(
    store: Store, interview: str, action: Operation
) -> None:
    run = load(store, interview).responses[0].response
    perform(store, interview, change(1), _break_off(run), PAUSE)
    perform(store, interview, change(2), action)
    assert _said(load(store, interview)) == (None, "", "", f"{run}/q")


def test_a_finished_interview_keeps_its_outcome_whatever_the_clock_does(
    store: Store, interview: str
) -> None:
    ended = {"op": "outcome", "outcome": "completed", "text": "all well"}
    perform(store, interview, change(1), START, ended, FINISH)
    perform(store, interview, change(1, client="second page"), RESUME)
    assert _said(load(store, interview)) == ("completed", "all well", "", "")


def test_an_outcome_may_be_taken_back(store: Store, interview: str) -> None:
    run = load(store, interview).responses[0].response
    perform(store, interview, change(1), _break_off(run))
    perform(store, interview, change(2), {"op": "outcome", "outcome": None})
    assert _said(load(store, interview)) == (None, "", "", "")


def test_an_interview_knows_its_plan_its_paper_and_its_consent(store: Store) -> None:
    store.studies.add_consent_text(STUDY, version="2", body={"en": "Yes."}, fingerprint="c")
    begun = store.interviews.begin(
        study=STUDY,
        participant_code="P07",
        interviewer_account_id=store.accounts.add("eva").id,
        runs=[("teaching", "1.0.0")],
        consent=Consent(version="2", language="en", ticks={"agreed": True, "recording": False}),
        change=change(0, kind="begin", actor="eva", source="paper"),
        planned_minutes=40,
        held={"day": "2026-11-20", "from": "10:00", "until": "10:45"},
    )
    state = load(store, begun)
    assert (state.planned_minutes, state.source, state.consent_version) == (40, "paper", "2")
    assert state.held == {"day": "2026-11-20", "from": "10:00", "until": "10:45"}
    assert state.recording_permitted is False


@pytest.mark.parametrize(("said", "permitted"), [({"recording": True}, True), ({}, None)])
def test_without_a_consent_text_the_beginning_says_whether_to_record(
    store: Store, said: dict[str, bool], permitted: bool | None
) -> None:
    begun = store.interviews.begin(
        study=STUDY,
        participant_code="P07",
        interviewer_account_id=store.accounts.add("eva").id,
        runs=[("teaching", "1.0.0")],
        consent=None,
        change=change(0, kind="begin", actor="eva", source="console", body=said),
    )
    state = load(store, begun)
    assert (state.recording_permitted, state.consent_version) == (permitted, None)
    assert (state.planned_minutes, state.held, state.visits) == (None, None, [])


def test_a_change_is_whole_or_absent_whichever_statement_fails(
    store: Store, interview: str, url: str
) -> None:
    """The n-th statement fails, n = 1, 2, 3, …, then the commit, until the change is saved."""
    run = load(store, interview).responses[0].response
    done = [START, of_question(run, phase="probing"), _place(run, "q", 5), _break_off(run)]
    before = (load(store, interview), store.interviews.timeline(interview))
    for stop in range(1, 100):
        with Store(url) as failing:
            let_fail(failing, stop)
            try:
                perform(failing, interview, change(1), *done)
            except OSError:
                assert (load(store, interview), store.interviews.timeline(interview)) == before
            else:
                break
    assert stop > 10
    assert load(store, interview).items[0].phase == "probing"
    assert store.responses.verify_chain(run) is None


def test_a_plan_of_no_minutes_is_refused(store: Store, interview: str) -> None:
    with (
        store._engine.begin() as connection,
        pytest.raises(Exception, match="ck_interview_planned_minutes"),
    ):
        connection.exec_driver_sql("UPDATE interview SET planned_minutes = 0")


def consenting(version: str, **changed: object) -> Operation:
    ticks = {"agreed": True, "quoted": True}
    said = {"version": version, "agreed": True, "ticks": ticks, "method": "spoken", "dated": ""}
    return {"op": "consent", "language": "en", **said, **changed}


def force(store: Store, words: str, after: str | None) -> None:
    store.consents.put_in_force(
        STUDY, body={"text": words}, fingerprint=words, delivery="both", by="lea", after=after
    )


def test_consent_to_a_newer_text_is_carried_by_the_interview_and_all_that_is_open_in_it(
    store: Store,
) -> None:
    interview = begin_interview(store, runs=2)
    runs = [run.response for run in load(store, interview).responses]
    force(store, "first", None)
    perform(store, interview, change(1), consenting("1"))
    force(store, "second", "1")
    perform(store, interview, change(2), consenting("2", method="paper", dated="2026-11-03"))
    newer, before = store.consents.of_interview(interview)
    assert (newer.text.version, newer.method, newer.dated) == ("2", "paper", "2026-11-03")
    assert (before.text.version, before.noted_by) == ("1", "eva")
    for run in runs:
        assert [each.id for each in store.consents.of_response(run)] == [newer.id, before.id]
    assert [(each.text.version, each.consents) for each in store.consents.texts(STUDY)] == [
        ("2", 1),
        ("1", 1),
    ]


def test_consent_to_the_text_that_is_carried_is_stored_once_whoever_sends_it(
    store: Store, interview: str
) -> None:
    force(store, "first", None)
    outcomes = [
        perform(store, interview, made_by, consenting("1")).status
        for made_by in (change(1), change(1), change(1, client="another"))
    ]
    assert outcomes == ["saved", "repeat", "saved"]
    assert len(store.consents.of_interview(interview)) == 1


def test_a_refusal_stands_in_the_event_alone(store: Store, interview: str) -> None:
    force(store, "first", None)
    refusal = {"op": "consent", "version": "1", "agreed": False, "language": "en"}
    perform(store, interview, change(1), refusal)
    assert store.consents.of_interview(interview) == []
    assert store.interviews.timeline(interview)[-1].operations == [refusal]


def test_a_consent_that_cannot_be_stored_leaves_nothing_behind(
    store: Store, interview: str
) -> None:
    force(store, "first", None)
    with pytest.raises(UnknownRecord, match="no consent text 7"):
        perform(store, interview, change(1), START, consenting("7"))
    assert (load(store, interview).clock, store.consents.of_interview(interview)) == ([], [])
