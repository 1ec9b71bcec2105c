"""Promise P34: whichever statement fails, a change is whole or it is not there at all.

Each change is made again and again, and each time another statement fails (the first, the second,
and so on, and the commit) until none does. After each failure the whole database is what it was
before; then the same change goes through. Migrating is in tests/storage/test_migrations.py.
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest

from survey_app.storage.records import Consent, NewInvitation
from survey_app.storage.store import Store
from survey_app.storage.upgrade import migrate
from tests.storage.scenes import (
    INTERESTED,
    STUDY,
    begin,
    begin_interview,
    change,
    let_fail,
    publish,
    save,
)

MOST = 400
DRAFT: dict[str, Any] = {"name": "teaching", "version": "2.0.0", "format": 1, "by": "eva"}
WORDS: dict[str, Any] = {"title": "Teaching", "sections": []}

INVITED = NewInvitation(code_hash="code", participant="P07")

Act = Callable[[Store], object]
"""The change that is made in a scene."""


def begin_one(_store: Store) -> Act:
    return lambda store: begin(store, session="cookie")


def begin_by_invitation(store: Store) -> Act:
    store.invitations.make(STUDY, [INVITED], by="eva")
    return lambda store: begin(store, session="cookie", invitation="code")


def make_invitations(store: Store) -> Act:
    store.invitations.make(STUDY, [INVITED], by="eva")
    newer = NewInvitation(code_hash="newer", participant="P07")
    return lambda store: store.invitations.make(STUDY, [newer], by="eva")


def count_a_wrong_code(_store: Store) -> Act:
    return lambda store: store.invitations.look("guess", "7Q4M")


def save_one(store: Store) -> Act:
    response = begin(store)
    return lambda store: save(store, response, "agree", change(1))


def send_one(store: Store) -> Act:
    response = begin(store)
    save(store, response, "agree", change(1))
    sent = change(2, base=1, kind="submit")
    return lambda store: store.responses.submit(
        response, sent, answers=[INTERESTED], receipt_hash="code"
    )


def withdraw_one(store: Store) -> Act:
    interview = begin_interview(store, runs=2)
    found = store.interviews.find(interview)
    assert found is not None
    response = found.responses[0].response
    store.interviews.apply(interview, change(1), _mark(response))
    gone = change(9, kind="withdraw")
    return lambda store: store.responses.withdraw(response, gone, scope="all")


def mark_in_an_interview(store: Store) -> Act:
    interview = begin_interview(store)
    found = store.interviews.find(interview)
    assert found is not None
    operations = _mark(found.responses[0].response)
    return lambda store: store.interviews.apply(interview, change(1), operations)


def begin_an_interview(_store: Store) -> Act:
    return lambda store: begin_interview(store, runs=2)


def try_a_changed_draft(store: Store) -> Act:
    _try(store)
    return lambda store: store.instruments.try_out(
        **DRAFT, fingerprint="f3", definition={"title": "Other words"}
    )


def publish_what_was_tried(store: Store) -> Act:
    _try(store)
    return lambda store: store.instruments.publish(
        **DRAFT, fingerprint="f2", definition=WORDS, note="new", studies=(STUDY,)
    )


def agree_to_a_newer_text(store: Store) -> Act:
    response = begin(store)
    store.studies.add_consent_text(STUDY, version="2", body={"en": "Newer."}, fingerprint="f")
    given = Consent(version="2", language="en", ticks={"agree": True})
    return lambda store: store.consents.agree_again(response, change(3, kind="consent"), given)


def put_a_text_in_force(store: Store) -> Act:
    store.studies.add_consent_text(STUDY, version="1", body={"en": "First."}, fingerprint="f")
    return lambda store: store.consents.put_in_force(
        STUDY, body={"en": "Newer."}, fingerprint="g", delivery="both", by="eva", after="1"
    )


def shut_somebody_out(store: Store) -> Act:
    store.accounts.make_sign_in("eva", "link", "2099-01-01T00:00:00.000Z")
    store.accounts.use_sign_in("link", "cookie", "2099-01-01T00:00:00.000Z")
    return lambda store: store.accounts.disable("eva", by="lea")


def set_a_password(store: Store) -> Act:
    account = store.accounts.find("eva")
    assert account is not None
    return lambda store: store.credentials.set_password(account.id, "a hash", by="eva")


def erase_the_responses_of_a_study(store: Store) -> Act:
    for number in range(2):
        save(store, begin(store, session=f"cookie {number}"), "agree", change(1))
    begun = store.erasures.begin(STUDY, "answers", people=0, by="lea")
    return lambda store: store.erasures.erase_some(begun.id, 2)


def begin_to_erase_a_study(store: Store) -> Act:
    store.invitations.make(STUDY, [INVITED], by="eva")
    return lambda store: store.erasures.begin(STUDY, "answers", people=0, by="lea")


def retire_a_version(_store: Store) -> Act:
    return lambda store: store.instruments.retire("teaching", "1.0.0", reason="old", by="eva")


@pytest.mark.parametrize(
    ("scene", "fewest"),
    [
        (begin_one, 6),
        (begin_by_invitation, 8),
        (make_invitations, 5),
        (count_a_wrong_code, 4),
        (save_one, 6),
        (send_one, 8),
        (withdraw_one, 15),
        (begin_an_interview, 8),
        (mark_in_an_interview, 10),
        (try_a_changed_draft, 15),
        (publish_what_was_tried, 15),
        (retire_a_version, 4),
        (agree_to_a_newer_text, 7),
        (put_a_text_in_force, 5),
        (shut_somebody_out, 5),
        (set_a_password, 4),
        (begin_to_erase_a_study, 10),
        (erase_the_responses_of_a_study, 20),
    ],
)
def test_whichever_statement_fails_the_change_is_whole_or_not_there(
    tmp_path: Path, scene: Callable[[Store], Act], fewest: int
) -> None:
    path = tmp_path / "responses.sqlite3"
    url = f"sqlite:///{path}"
    migrate(url)
    with Store(url) as store:
        publish(store)
        store.accounts.add("eva")
        act = scene(store)
    before = _dump(path)
    failed = 0
    for stop in range(1, MOST):
        with Store(url) as store:
            let_fail(store, stop)
            try:
                act(store)
            except OSError:
                failed += 1
            else:
                break
        now = _dump(path)
        if now != before:
            # It is on the disk, and what failed came after it: the same again finds it whole.
            with Store(url) as store:
                act(store)
            assert _dump(path) == now, f"statement {stop} of {scene.__name__}"
            break
    print(f"{failed} statements failed in turn: {scene.__name__.replace('_', ' ')}")
    assert failed >= fewest
    assert _dump(path) != before


def _mark(response: str) -> list[dict[str, Any]]:
    place = {"response": response, "item": "topics"}
    return [
        {"op": "mark", **place, "probe": "pay", "state": "refused", "phase": "free", "at": 5},
        {"op": "note", **place, "stream": "interviewer", "kind": "note", "text": "Words."},
    ]


def _try(store: Store) -> None:
    """Let the draft be tried, once."""
    store.instruments.try_out(**DRAFT, fingerprint="f2", definition=WORDS)
    begin(store, version="2.0.0", is_test=True)


def _dump(path: Path) -> list[str]:
    """Return everything that the database holds, as SQL."""
    with closing(connect(path)) as connection:
        return list(connection.iterdump())
