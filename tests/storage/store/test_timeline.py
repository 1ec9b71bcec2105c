"""The timeline of an interview: each event in order, with what was done."""

from survey_app.storage.store import Store
from tests.storage.interview_scenes import TICK, load, marking, noting, perform
from tests.storage.scenes import begin_interview, change


def test_every_event_stands_in_the_order_it_came(store: Store) -> None:
    interview = begin_interview(store, runs=2)
    first, second = (run.response for run in load(store, interview).responses)
    perform(store, interview, change(1), TICK)
    perform(store, interview, change(2), marking(second, "refused"), marking(first, "dont_know"))
    entries = store.interviews.timeline(interview)
    assert [(each.sequence, each.client_sequence, each.response) for each in entries] == [
        (1, 0, None),
        (2, 1, None),
        (3, 2, second),
        (4, 2, first),
    ]
    assert [each.operations for each in entries] == [
        [],
        [TICK],
        [marking(second, "refused")],
        [marking(first, "dont_know")],
    ]
    assert {(each.actor, each.source, each.client) for each in entries} == {
        ("eva", "console", "first page")
    }
    assert entries[-1].server_time == entries[-2].server_time > entries[0].server_time


def test_what_was_kept_but_not_applied_is_told_apart(store: Store) -> None:
    interview = begin_interview(store)
    run = load(store, interview).responses[0].response
    perform(store, interview, change(1), noting(run, "hers"))
    late = change(1, client="second page")
    perform(store, interview, late, marking(run, "refused"), noting(run, "mine"))
    newest = store.interviews.timeline(interview)[-1]
    assert newest.operations == [marking(run, "refused"), noting(run, "mine")]
    assert newest.not_applied == [1]


def test_what_was_withdrawn_leaves_an_event_without_its_words(store: Store) -> None:
    interview = begin_interview(store, runs=2)
    first, second = (run.response for run in load(store, interview).responses)
    perform(store, interview, change(1), noting(first, "hers"), noting(second, "theirs"))
    store.responses.withdraw(first, change(9, kind="withdraw"), scope="all")
    entries = store.interviews.timeline(interview)
    assert [each.operations for each in entries] == [[], [], [noting(second, "theirs")], []]
    assert entries[-1].kind == "withdraw"


def test_an_interview_that_is_not_there_has_no_timeline(store: Store) -> None:
    assert store.interviews.timeline("lost") == []
