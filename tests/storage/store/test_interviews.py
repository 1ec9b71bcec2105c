"""An interview: one sitting of one participant, with one response for each instrument."""

import pytest

from survey_app.storage.errors import StorageError, UnknownRecord
from survey_app.storage.store import Store
from tests.storage.interview_scenes import TICK, load, perform
from tests.storage.scenes import STUDY, begin_interview, change, publish


@pytest.fixture
def interview(store: Store) -> str:
    return begin_interview(store)


def test_an_interview_begins_with_a_response_for_each_instrument(store: Store) -> None:
    state = load(store, begin_interview(store, runs=2))
    assert (state.study, state.participant, state.interviewer) == (STUDY, "P07", "eva")
    assert (state.revision, state.sequence, state.clock, state.finished) == (0, 1, [], None)
    assert [run.state for run in state.responses] == ["in_progress", "in_progress"]
    found = store.responses.find(state.responses[0].response)
    assert found is not None
    assert (found.delivery, found.source, found.participant, found.interview) == (
        "interviewer",
        "console",
        "P07",
        state.id,
    )


def test_a_participant_is_the_same_in_every_interview(store: Store) -> None:
    ids = {
        begin_interview(store),
        begin_interview(store),
        begin_interview(store, participant="P08"),
    }
    with store._engine.connect() as connection:
        query = "SELECT pseudonym FROM participant ORDER BY pseudonym"
        assert connection.exec_driver_sql(query).scalars().all() == ["P07", "P08"]
    listed = store.interviews.list(STUDY)
    assert {row.id for row in listed} == ids
    assert sorted(row.participant for row in listed) == ["P07", "P07", "P08"]


def test_interviews_are_listed_by_interviewer(store: Store, interview: str) -> None:
    eva, other = store.accounts.find("eva"), store.accounts.add("other")
    assert eva is not None
    assert [row.id for row in store.interviews.list(STUDY, eva.id)] == [interview]
    assert store.interviews.list(STUDY, other.id) == []
    assert store.interviews.list("no-such-study") == []


def test_the_list_says_how_an_interview_stands_and_when_it_was_changed_last(
    store: Store, interview: str
) -> None:
    (begun,) = store.interviews.list(STUDY)
    assert (begun.clock, begun.resume, begun.held, begun.saved) == ([], "", None, begun.started)
    perform(store, interview, change(1), TICK)
    (row,) = store.interviews.list(STUDY)
    (turn,) = row.clock
    assert (turn["action"], row.saved) == ("start", turn["at"])


def test_an_anonymous_study_holds_no_interviews(store: Store) -> None:
    publish(store, study="anonymous", anonymous=True)
    eva = store.accounts.add("eva")
    with pytest.raises(StorageError, match="is anonymous"):
        store.interviews.begin(
            study="anonymous",
            participant_code="P07",
            interviewer_account_id=eva.id,
            runs=[("teaching", "1.0.0")],
            consent=None,
            change=change(0, kind="begin"),
        )


def test_an_interview_that_is_not_there_is_named(store: Store) -> None:
    assert store.interviews.find("lost") is None
    with pytest.raises(UnknownRecord, match="no interview lost"):
        perform(store, "lost", change(1), TICK)
