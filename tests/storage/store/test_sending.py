"""Sending: one response, one receipt, whole or not at all."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from survey_app.storage.records import AnswerRow, Change, Outcome
from survey_app.storage.schema import receipt
from survey_app.storage.store import Store
from tests.storage.scenes import INTERESTED, begin, change, let_fail, publish, save

NOT_ASKED = AnswerRow(item="follow_up", reason="not_relevant")
SEND = change(9, base=1, kind="submit")


@pytest.fixture
def response(store: Store) -> str:
    """A response with one saved section."""
    begun = begin(store, session="cookie")
    save(store, begun, "unsure", change(1))
    return begun


def test_a_sent_response_has_exactly_the_answers_it_was_sent_with(
    store: Store, response: str
) -> None:
    outcome = _send(store, response)
    found, opened = store.responses.find(response), store.responses.by_session("cookie")
    assert found is not None
    assert opened is not None
    assert (outcome.status, outcome.revision) == ("saved", 2)
    assert (found.state, found.submitted, found.answers) == (
        "submitted",
        outcome.at,
        [NOT_ASKED, INTERESTED],
    )
    assert (opened.state, opened.draft) == ("submitted", {})


def test_sending_twice_sends_once(store: Store, response: str) -> None:
    first, second = _send(store, response), _send(store, response)
    assert (first.status, second.status, second.revision) == ("saved", "repeat", first.revision)
    assert (_receipts(store), _kinds(store, response)) == (1, ["begin", "save", "submit"])


def test_sending_from_many_threads_sends_once(store: Store, response: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda _: _send(store, response), range(8)))
    assert sorted(outcome.status for outcome in outcomes) == ["repeat"] * 7 + ["saved"]
    assert (_receipts(store), _kinds(store, response)) == (1, ["begin", "save", "submit"])


def test_what_is_sent_afterwards_is_kept_but_changes_nothing(store: Store, response: str) -> None:
    _send(store, response)
    other = AnswerRow(item="interest", value="never")
    late = change(3, base=1, kind="submit", client="second page")
    outcomes = [_send(store, response, late, [other]).status for _ in range(2)]
    found = store.responses.find(response)
    assert found is not None
    assert outcomes == ["closed", "closed"]
    assert found.answers == [NOT_ASKED, INTERESTED]
    assert _kinds(store, response) == ["begin", "save", "submit", "late"]
    assert "never" in str(store.responses.history(response)[-1].body)


def test_what_is_saved_afterwards_is_kept_but_changes_nothing(store: Store, response: str) -> None:
    _send(store, response)
    late = change(3, base=1, client="second page")
    outcomes = [save(store, response, "too late", late).status for _ in range(2)]
    assert outcomes == ["closed", "closed"]
    assert _kinds(store, response) == ["begin", "save", "submit", "late"]
    assert "too late" in str(store.responses.history(response)[-1].body)


def test_a_page_that_saved_before_sending_hears_so_when_it_repeats(
    store: Store, response: str
) -> None:
    _send(store, response)
    assert save(store, response, "unsure", change(1)).status == "repeat"


def test_answers_made_from_an_older_revision_are_not_sent(store: Store, response: str) -> None:
    save(store, response, "changed meanwhile", change(2, base=1))
    outcome = _send(store, response)
    found = store.responses.find(response)
    assert found is not None
    assert (outcome.status, outcome.revision, found.state) == ("conflict", 2, "in_progress")
    assert (found.answers[0].value, _receipts(store)) == ("changed meanwhile", 0)
    again = change(9, base=2, kind="submit")
    assert _send(store, response, again).status == "saved"


def test_a_receipt_says_the_day_and_leads_to_no_response(store: Store, response: str) -> None:
    outcome = _send(store, response)
    with store._engine.connect() as connection:
        row = connection.execute(select(receipt)).mappings().one()
    assert set(row) == {"code_hash", "study_id", "day"}
    assert (row["code_hash"], row["day"]) == ("hash of the code", outcome.at[:10])


def test_an_anonymous_response_is_dated_and_never_timed(store: Store, path: Path) -> None:
    publish(store, study="anonymous", anonymous=True)
    response = begin(store, study="anonymous", session="anonymous cookie")
    outcome = save(store, response, "agree", change(1))
    _send(store, response)
    store.responses.attach_session(response, "second cookie")
    found = store.responses.find(response)
    assert found is not None
    assert found.started == found.updated == found.submitted == outcome.at
    events = store.responses.history(response)
    assert {event.server_time for event in events} == {found.started}
    assert {event.client_time for event in events} == {None}
    assert len(found.started) == len("2026-11-22")
    assert _session_times(store, response) == {found.started}


def test_sending_is_whole_or_absent_whichever_statement_fails(
    store: Store, url: str, response: str
) -> None:
    """The n-th statement fails, n = 1, 2, 3, …, then the commit, until sending succeeds."""
    before = (store.responses.find(response), store.responses.by_session("cookie"))
    for stop in range(1, 100):
        with Store(url) as failing:
            let_fail(failing, stop)
            try:
                _send(failing, response)
            except OSError:
                now = (store.responses.find(response), store.responses.by_session("cookie"))
                assert (now, _receipts(store)) == (before, 0)
                assert store.responses.verify_chain(response) is None
            else:
                break
    assert stop >= 10
    assert _receipts(store) == 1
    assert _kinds(store, response) == ["begin", "save", "submit"]


def _send(
    store: Store, response: str, made_by: Change = SEND, answers: list[AnswerRow] | None = None
) -> Outcome:
    return store.responses.submit(
        response,
        made_by,
        answers=answers or [INTERESTED, NOT_ASKED],
        receipt_hash="hash of the code",
    )


def _receipts(store: Store) -> int:
    with store._engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(receipt)).scalar_one()


def _kinds(store: Store, response: str) -> list[str]:
    return [event.kind for event in store.responses.history(response)]


def _session_times(store: Store, response: str) -> set[str]:
    with store._engine.connect() as connection:
        query = "SELECT created FROM session WHERE response_id = ?"
        return {row[0] for row in connection.exec_driver_sql(query, (response,))}
