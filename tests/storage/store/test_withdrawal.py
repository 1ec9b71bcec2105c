"""Withdrawn means gone: from the tables, from the file, and from the next backup."""

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeout

from survey_app.storage.backup import backup
from survey_app.storage.store import Store, traces
from survey_app.storage.store.withdrawal import withdraw
from tests.storage.scenes import STUDY, begin, begin_interview, by_hand, change, publish, save

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


def test_without_readers_no_trace_remains_once_it_returns(store: Store, path: Path) -> None:
    response = begin(store)
    save(store, response, CANARY, change(1))
    store.responses.withdraw(response, WITHDRAW, scope="all")
    assert not store.traces_remain
    assert path.with_name(f"{path.name}-wal").stat().st_size == 0


def test_while_somebody_reads_an_older_moment_traces_remain_and_then_they_go(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traces, "PATIENCE", 0.1)
    monkeypatch.setattr(traces, "PAUSES", (0.05,))
    response = begin(store)
    save(store, response, CANARY, change(1))
    with store.snapshot() as snapshot:
        store.responses.withdraw(response, WITHDRAW, scope="all")
        assert store.traces_remain
        assert _files_with_the_canary(path) != []
        assert [each.state for each in snapshot.responses(STUDY)] == ["in_progress"]
        saved = save(store, begin(store), "agree", change(2, client="another page"))
        assert saved.status == "saved", "nobody waits for it"
    _wait_until(lambda: not store.traces_remain)
    assert _files_with_the_canary(path) == []


def test_a_caller_waits_for_a_reader_that_is_soon_done(store: Store, path: Path) -> None:
    response = begin(store)
    save(store, response, CANARY, change(1))
    with store.snapshot():
        ending = threading.Event()
        thread = threading.Thread(target=_withdraw_and_tell, args=(store, response, ending))
        thread.start()
        _wait_until(lambda: _state(store, response) == "withdrawn")
    thread.join()
    assert ending.is_set(), "no trace remained when it returned"
    assert _files_with_the_canary(path) == []


def test_what_ends_readers_is_called_between_the_erasing_and_the_emptying(
    store: Store, path: Path
) -> None:
    response = begin(store)
    save(store, response, CANARY, change(1))
    with ExitStack() as reading:
        reading.enter_context(store.snapshot())
        store.responses.withdraw(response, WITHDRAW, scope="all", meanwhile=reading.close)
        assert not store.traces_remain
    assert _files_with_the_canary(path) == []


def test_a_store_that_is_closed_meanwhile_tries_no_more(
    url: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traces, "PATIENCE", 0.0)
    with Store(url) as first:
        publish(first)
        response = begin(first)
        save(first, response, CANARY, change(1))
        with Store(url) as other, other.snapshot():
            first.responses.withdraw(response, WITHDRAW, scope="all")
            assert first.traces_remain
            first.close()
    assert _files_with_the_canary(path) == [], "who lets go last empties the log"


@pytest.mark.parametrize("error", [sqlite3.OperationalError, PoolTimeout])
def test_a_disk_that_fails_meanwhile_is_tried_again(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    monkeypatch.setattr(traces, "PATIENCE", 0.0)
    monkeypatch.setattr(traces, "PAUSES", (0.05,))
    response = begin(store)
    save(store, response, CANARY, change(1))

    def fail(*_given: object) -> None:
        raise error("no room")

    with monkeypatch.context() as patch:
        patch.setattr(store._engine, "raw_connection", fail)
        store.responses.withdraw(response, WITHDRAW, scope="all")
        assert store.traces_remain
    _wait_until(lambda: not store.traces_remain)
    assert _files_with_the_canary(path) == []


def test_a_process_that_ended_too_early_is_made_up_for(store: Store, path: Path) -> None:
    response = begin(store)
    save(store, response, CANARY, change(1))
    store._access.write(lambda connection: withdraw(connection, response, WITHDRAW, "all"))
    assert _files_with_the_canary(path) != [], "the log was not emptied"
    assert store.erase_traces()
    assert _files_with_the_canary(path) == []


def _withdraw_and_tell(store: Store, response: str, ending: threading.Event) -> None:
    store.responses.withdraw(response, WITHDRAW, scope="all")
    if not store.traces_remain:
        ending.set()


def _state(store: Store, response: str) -> str:
    found = store.responses.find(response)
    return found.state if found is not None else ""


def _wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until, "this does not come true"
        time.sleep(0.01)
