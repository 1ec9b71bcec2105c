"""What was posted goes to the store and comes back as the same texts in the same controls."""

import pytest

from survey_app.storage.records import Change, InterviewState
from survey_app.storage.store import Store
from survey_app.web.interviewer.operations import Moment, check_operations
from survey_app.web.interviewer.posted import find_changes
from survey_app.web.interviewer.topics import Sheet
from survey_app.web.interviewer.values import default_of, read_observer_notes, read_values
from tests.web.interviewing import CLOSING, GUIDE, add_people, add_study, lay_out
from tests.web.test_interviewer_posted import AT, CONTROLS


@pytest.fixture
def interview_id(store: Store) -> str:
    add_study(store)
    add_people(store)
    account = store.accounts.find("ivy")
    assert account is not None
    return store.interviews.begin(
        study="talks",
        participant_code="P01",
        interviewer_account_id=account.id,
        runs=[("talk", "1.0.0"), ("closing", "1.0.0")],
        consent=None,
        change=make_change(0),
    )


def make_change(sequence: int, base: int = 0) -> Change:
    return Change(
        client="form",
        sequence=sequence,
        base_revision=base,
        kind="console",
        actor="ivy",
        source="console",
        language="en",
    )


def find(store: Store, interview_id: str) -> tuple[InterviewState, Sheet]:
    """The interview, and its sheet without what the catalogue knows."""
    state = store.interviews.find(interview_id)
    assert state is not None
    responses = {run.instrument: run.response for run in state.responses}
    sheet = lay_out(GUIDE, CLOSING, responses=[responses["talk"], responses["closing"]])
    return state, sheet


def save(store: Store, interview_id: str, posted: dict[str, str], moment: Moment) -> None:
    """Post a page on top of what is stored."""
    state, sheet = find(store, interview_id)
    before = read_values(state, sheet, moment.observer)
    operations = find_changes(sheet, before, posted, AT)
    good, faults = check_operations(sheet, moment, operations)
    assert faults == []
    change = make_change(state.sequence + 1, state.revision)
    assert store.interviews.apply(interview_id, change, good).conflicts == []


TYPED = {
    "phase.1.topics": "probing",
    "outcome.1.rewarding": "not_asked",
    "whynot.1.rewarding": "no time",
    "quote.1.topics": "yes",
    "minimal_answer.1.topics": "yes",
    "state.1.topics.ethics": "raised_after_probe",
    "example.1.topics.ethics": "asked",
    "come_back.1.topics.ethics": "yes",
    "state.1.topics.career": "not_asked",
    "why.1.topics.career": "too close",
    "state.1.topics.other:1": "raised_unprompted",
    "text.1.topics.other:1": "sleep",
    "note.1.topics": "long answer",
    "note.1.topics.ethics": "an exam",
    "answer.1.teaching.view": "2",
    "refusal.1.began": "refused",
    "summary.main_issues": "ethics",
    "journal.journal": "I hurried",
}


def test_what_was_posted_is_what_the_page_shows_again(store: Store, interview_id: str) -> None:
    save(store, interview_id, CONTROLS | TYPED, Moment(elapsed=60_000, finished=False))

    state, sheet = find(store, interview_id)
    shown = read_values(state, sheet)
    assert {name: shown.get(name) for name in TYPED} == TYPED
    assert {
        name: text for name, text in shown.items() if name not in TYPED and text != default_of(name)
    } == {
        "marked.1.topics.ethics": "probing",
        "marked.1.topics.career": "probing",
        "marked.1.topics.other:1": "free",
    }
    assert find_changes(sheet, shown, CONTROLS | TYPED, AT) == []


def test_each_observer_sees_own_notes_in_the_field_and_all_see_everybodys(
    store: Store, interview_id: str
) -> None:
    olga = Moment(elapsed=60_000, finished=False, observer="olga")
    ann = Moment(elapsed=60_000, finished=False, observer="ann")
    save(store, interview_id, {"observer.1.topics": "calm", "observer.interview": "late"}, olga)
    save(store, interview_id, {"observer.1.topics": "tense"}, ann)
    save(store, interview_id, {"observer.1.topics": "calm, then loud"}, olga)

    state, sheet = find(store, interview_id)
    assert read_values(state, sheet) == {}
    assert read_values(state, sheet, "olga") == {
        "observer.1.topics": "calm, then loud",
        "observer.interview": "late",
    }
    assert read_values(state, sheet, "ann") == {"observer.1.topics": "tense"}
    everybodys = read_observer_notes(state, sheet)
    assert [note.text for note in everybodys["1.topics"]] == ["calm, then loud", "tense"]
    assert [note.text for note in everybodys["interview"]] == ["late"]
