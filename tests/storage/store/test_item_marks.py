"""What holds for a whole question: its phase, its outcome, its flags."""

import pytest

from survey_app.storage.store import Store
from tests.storage.interview_scenes import load, noting, of_question, perform
from tests.storage.scenes import STUDY, begin_interview, change


@pytest.fixture
def interview(store: Store) -> str:
    return begin_interview(store)


def test_a_question_keeps_what_was_said_of_it(store: Store, interview: str) -> None:
    run = load(store, interview).responses[0].response
    more = {"state": "not_asked", "reason": "no time", "flags": ["quote", "come_back"]}
    perform(store, interview, change(1), of_question(run, at=1200) | more)
    [item] = load(store, interview).items
    assert (item.response, item.item, item.state, item.phase) == (run, "q", "not_asked", "free")
    assert (item.reason, item.flags) == ("no time", ["quote", "come_back"])
    assert (item.first_at, item.changed_at, item.turns) == (1200, 1200, [])
    assert (item.participant, item.interview, item.revision) == ("P07", interview, 1)


def test_a_phase_that_is_undone_leaves_both_times(store: Store, interview: str) -> None:
    run = load(store, interview).responses[0].response
    phases = [("free", 100), ("probing", 61_000), ("probing", 62_000), ("free", 63_000)]
    for number, (phase, at) in enumerate([*phases, ("probing", 90_000)], start=1):
        done = of_question(run, phase=phase, at=at)
        perform(store, interview, change(number, base=number - 1), done)
    [item] = load(store, interview).items
    assert (item.phase, item.first_at, item.changed_at) == ("probing", 100, 90_000)
    assert item.turns == [
        {"phase": "probing", "at": 61_000},
        {"phase": "free", "at": 63_000},
        {"phase": "probing", "at": 90_000},
    ]


def test_a_phase_keyed_in_from_paper_has_no_time(store: Store, interview: str) -> None:
    run = load(store, interview).responses[0].response
    perform(store, interview, change(1), of_question(run, phase="probing", at=None))
    [item] = load(store, interview).items
    assert (item.turns, item.first_at) == ([{"phase": "probing", "at": None}], None)


@pytest.mark.parametrize(
    "mine",
    [{"state": "dont_know"}, {"phase": "probing"}, {"flags": ["quote"]}, {"reason": "asked to go"}],
)
def test_two_pages_that_differ_about_a_question_are_told(
    store: Store, interview: str, mine: dict[str, object]
) -> None:
    run = load(store, interview).responses[0].response
    theirs = of_question(run) | {"state": "not_asked", "reason": "no time"}
    perform(store, interview, change(1), theirs)
    stale = theirs | mine
    outcome = perform(store, interview, change(1, client="second page"), stale)
    [conflict] = outcome.conflicts
    assert (conflict.operation, conflict.stored["state"]) == (stale, "not_asked")
    [item] = load(store, interview).items
    assert (item.state, item.reason, item.phase, item.turns) == ("not_asked", "no time", "free", [])


def test_two_pages_that_agree_about_a_question_are_not_disturbed(
    store: Store, interview: str
) -> None:
    run = load(store, interview).responses[0].response
    perform(store, interview, change(1), of_question(run, phase="probing", at=1))
    again = of_question(run, phase="probing", at=2)
    assert perform(store, interview, change(1, client="second page"), again).conflicts == []


def test_a_snapshot_has_the_questions_with_their_participants(store: Store, interview: str) -> None:
    run = load(store, interview).responses[0].response
    perform(store, interview, change(1), of_question(run, phase="probing"), noting(run, "tired"))
    with store.snapshot() as snapshot:
        [item] = snapshot.item_marks(STUDY, "teaching", ["1.0.0"])
        assert (item.participant, item.phase, item.version) == ("P07", "probing", "1.0.0")
        assert list(snapshot.item_marks(STUDY, "teaching", ["2.0.0"])) == []
