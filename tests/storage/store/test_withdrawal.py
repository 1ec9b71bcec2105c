"""Withdrawn means gone: from the tables, from the file, and from the next backup."""

from pathlib import Path

import pytest

from survey_app.storage.backup import backup
from survey_app.storage.store import Store
from tests.storage.scenes import STUDY, begin, begin_interview, by_hand, change, save

CANARY = "a sentence nobody else would write"
WITHDRAW = change(99, kind="withdraw")


def test_a_withdrawn_response_leaves_a_tombstone(store: Store) -> None:
    response = begin(store, session="cookie")
    save(store, response, "agree", change(1))
    outcome = store.responses.withdraw(response, WITHDRAW, scope="all")
    found, opened = store.responses.find(response), store.responses.by_session("cookie")
    assert found is not None
    assert opened is not None
    assert (found.state, found.withdrawn_on, found.withdrawn_scope, found.answers) == (
        "withdrawn",
        outcome.at[:10],
        "all",
        [],
    )
    assert (opened.state, opened.draft) == ("withdrawn", {})


def test_the_chain_of_a_withdrawn_response_still_verifies(store: Store) -> None:
    response = begin(store)
    save(store, response, "agree", change(1))
    store.responses.withdraw(response, WITHDRAW, scope="all")
    events = store.responses.history(response)
    assert [(event.kind, event.body) for event in events] == [
        ("begin", None),
        ("save", None),
        ("withdraw", None),
    ]
    assert store.responses.verify_chain(response) is None


def test_no_file_keeps_what_was_withdrawn(
    store: Store, url: str, path: Path, tmp_path: Path
) -> None:
    response = begin(store)
    save(store, response, CANARY, change(1))
    assert _files_with_the_canary(path) != []
    store.responses.withdraw(response, WITHDRAW, scope="all")
    backup(url, tmp_path / "survey.sqlite.backup")
    assert _files_with_the_canary(path) == []


def test_a_withdrawn_response_takes_nothing_more(store: Store) -> None:
    response = begin(store)
    store.responses.withdraw(response, WITHDRAW, scope="all")
    again = store.responses.withdraw(response, WITHDRAW, scope="all")
    saved = save(store, response, CANARY, change(1))
    sent = store.responses.submit(response, change(2), answers=[], receipt_hash="code")
    assert [again.status, saved.status, sent.status] == ["repeat", "closed", "closed"]
    assert [event.kind for event in store.responses.history(response)] == ["begin", "withdraw"]


def test_others_keep_their_payloads(store: Store, path: Path) -> None:
    first, second = begin(store), begin(store)
    save(store, second, "agree", change(1))
    store.responses.withdraw(first, WITHDRAW, scope="all")
    assert all(event.body is not None for event in store.responses.history(second))
    with pytest.raises(Exception, match="only after its response has been withdrawn"):
        by_hand(path, f"DELETE FROM event_payload WHERE subject = '{second}'")


def test_one_run_of_an_interview_is_erased_alone_and_the_sitting_with_the_last(
    store: Store, path: Path
) -> None:
    interview = begin_interview(store, runs=2)
    first, second = _runs(store, interview)
    store.interviews.apply(
        interview,
        change(1),
        [
            {"op": "mark", "response": first, "item": "q", "probe": "p", "state": "refused"},
            _note(first, f"{CANARY} first"),
            _note(second, f"{CANARY} second"),
            _note(None, f"{CANARY} sitting"),
            {"op": "item", "response": first, "item": "q", "reason": f"{CANARY} first"},
            {"op": "place", "response": first, "item": "q", "at": 5},
            {"op": "place", "response": second, "item": "q", "at": 9},
            {"op": "outcome", "outcome": "broken_off", "text": f"{CANARY} outcome"}
            | {"call_back": f"{CANARY} call", "resume": f"{first}/q"},
        ],
    )
    store.responses.withdraw(first, WITHDRAW, scope="this part")
    state = store.interviews.find(interview)
    assert state is not None
    assert (state.marks, {note.response for note in state.notes}) == ([], {second, None})
    assert (state.items, state.resume) == ([], "")
    assert state.visits == [{"response": second, "item": "q", "at": 9}]
    assert f"{CANARY} first".encode() not in _bytes(path)
    assert f"{CANARY} second".encode() in _bytes(path)
    store.responses.withdraw(second, WITHDRAW, scope="all")
    assert _files_with_the_canary(path) == []
    assert [store.responses.verify_chain(run) for run in (first, second)] == [None, None]
    erased = store.interviews.find(interview)
    assert erased is not None
    assert (erased.visits, erased.call_back, erased.outcome_text) == ([], "", "")
    with store.snapshot() as snapshot:
        tombstones = list(snapshot.responses(STUDY))
    assert sorted(each.withdrawn_scope or "" for each in tombstones) == ["all", "this part"]


def _note(response: str | None, text: str) -> dict[str, str | None]:
    place = {"op": "note", "response": response, "item": None, "probe": None}
    return place | {"stream": "interviewer", "kind": "note", "text": text, "added": "during"}


def _runs(store: Store, interview: str) -> list[str]:
    state = store.interviews.find(interview)
    assert state is not None
    return [run.response for run in state.responses]


def _bytes(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))


def _files_with_the_canary(path: Path) -> list[str]:
    files = path.parent.glob(f"{path.name}*")
    return [each.name for each in files if CANARY.encode() in each.read_bytes()]
