"""What accounts are let in with, what was done about it, and how often it was tried."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from survey_app.storage.records import AccountRecord, CredentialRecord, Duration, Proof
from survey_app.storage.store import Store
from tests.storage.scenes import STUDY, begin, change

SOON = Duration("2999-01-01T00:00:00.000Z", "2999-01-01T00:00:00.000Z")
CODES = ["first", "second"]


@pytest.fixture
def eva(store: Store) -> AccountRecord:
    """An account with a password, a second factor and two recovery codes."""
    account = store.accounts.add("eva")
    store.credentials.set_password(account.id, "hash", by="eva")
    store.credentials.set_factor(account.id, "seed", 7, CODES, by="eva")
    return account


def own(store: Store) -> CredentialRecord:
    found = store.credentials.find("eva")
    assert found is not None
    return found


def let_in(store: Store, account: AccountRecord, cookie: str, proof: Proof) -> bool:
    return store.credentials.begin(account.id, cookie, SOON, proof, how="password")


@pytest.mark.parametrize(
    ("proof", "welcome"),
    [
        (Proof(), False),
        (Proof(step=7), False),
        (Proof(step=8), True),
        (Proof(recovery="first"), True),
        (Proof(recovery="third"), False),
    ],
)
def test_a_session_begins_only_with_a_code_that_is_new(
    store: Store, eva: AccountRecord, proof: Proof, welcome: bool
) -> None:
    assert let_in(store, eva, "cookie", proof) is welcome
    assert (store.accounts.by_session("cookie") is not None) is welcome
    assert not let_in(store, eva, "another cookie", proof), "no code is good twice"


def test_of_many_who_show_the_same_code_one_is_let_in(store: Store, eva: AccountRecord) -> None:
    with ThreadPoolExecutor(8) as pool:
        came = list(pool.map(lambda n: let_in(store, eva, f"c{n}", Proof(step=9)), range(8)))
    assert came.count(True) == 1


def test_a_second_factor_of_nobody_asks_for_nothing(store: Store) -> None:
    assert let_in(store, store.accounts.add("ann"), "cookie", Proof())


def test_who_is_shut_out_is_not_let_in(store: Store, eva: AccountRecord) -> None:
    store.accounts.disable("eva")
    assert not let_in(store, eva, "cookie", Proof(step=8))


def test_a_new_password_ends_all_sessions_but_the_one_it_is_set_in(
    store: Store, eva: AccountRecord
) -> None:
    for step, cookie in enumerate(("here", "there", "elsewhere"), 8):
        assert let_in(store, eva, cookie, Proof(step=step))
    assert store.credentials.set_password(eva.id, "new", by="eva", but="here") == 2
    assert [each.hash for each in store.credentials.list_sessions(eva.id)] == ["here"]


def test_the_same_password_in_a_new_hash_is_kept_only_if_it_is_the_same_still(
    store: Store, eva: AccountRecord
) -> None:
    store.credentials.rehash(eva.id, "an older one", "newer")
    assert own(store).password_hash == "hash"
    store.credentials.rehash(eva.id, "hash", "newer")
    assert own(store).password_hash == "newer"


def test_new_recovery_codes_replace_the_old_ones(store: Store, eva: AccountRecord) -> None:
    assert store.credentials.use_proof(eva.id, Proof(recovery="first"))
    assert own(store).recovery_codes == 1
    store.credentials.renew_codes(eva.id, ["third", "fourth", "fifth"], by="eva")
    assert own(store).recovery_codes == 3
    assert not store.credentials.use_proof(eva.id, Proof(recovery="second"))


def test_a_rule_limits_only_who_comes_in_without_a_second_factor(
    store: Store, eva: AccountRecord
) -> None:
    ann = store.accounts.add("ann")
    store.credentials.require_factor(required=True, by="root")
    let_in(store, eva, "eva's", Proof(step=8))
    let_in(store, ann, "ann's", Proof())
    limits = [store.accounts.by_session(cookie) for cookie in ("eva's", "ann's")]
    assert [each and each.limited for each in limits] == [False, True]


# Sessions that nobody uses


def test_a_session_that_is_idle_is_over_and_none_that_is_used(
    store: Store, eva: AccountRecord
) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 8, tzinfo=UTC), tick=False) as clock:
        lasting = Duration("2026-11-22T20:00:00.000Z", "2026-11-22T09:00:00.000Z")
        for cookie, step in (("used", 8), ("idle", 9)):
            assert store.credentials.begin(eva.id, cookie, lasting, Proof(step=step), how="")
        clock.shift(timedelta(minutes=59))
        store.accounts.touch_session("used", "2026-11-22T09:59:00.000Z")
        clock.shift(timedelta(minutes=2))
        store.accounts.touch_session("idle", "2026-11-22T10:01:00.000Z")
        assert [each.hash for each in store.credentials.list_sessions(eva.id)] == ["used"]
        assert store.accounts.by_session("idle") is None


# The log


def test_the_log_is_of_thirty_days_and_the_older_rows_are_deleted(store: Store) -> None:
    with time_machine.travel(datetime(2026, 11, 1, tzinfo=UTC), tick=False) as clock:
        account = store.accounts.add("eva", by="root")
        clock.shift(timedelta(days=29))
        store.accounts.set_role("eva", "analyst", STUDY, by="root")
        kinds = [(event.kind, event.account, event.by) for event in store.access_log.list(9)]
        assert kinds == [("role", "eva", "root"), ("added", "eva", "root")]
        clock.shift(timedelta(days=2))
        store.access_log.note("refused", account.id, by="")
        assert [event.kind for event in store.access_log.list(9)] == ["refused", "role"]


# Tries


def test_tries_count_before_they_are_looked_at(store: Store) -> None:
    waits = {"key": lambda tries: 0 if tries < 3 else 10}
    with ThreadPoolExecutor(8) as pool:
        came = list(pool.map(lambda _n: store.tries.admit(waits), range(8)))
    assert came.count(0) == 3
    assert all(0 < each <= 10 for each in came if each)


def test_a_right_one_forgets_those_before_it_but_only_its_own(store: Store) -> None:
    waits = {name: (lambda tries: 0 if tries < 3 else 10) for name in ("name", "address")}
    assert [store.tries.admit(waits) for _ in range(3)] == [0, 0, 0]
    assert store.tries.admit(waits) > 0
    store.tries.take_back("name", ["address"])
    assert store.tries.admit({"name": waits["name"]}) == 0
    assert [store.tries.admit({"address": waits["address"]}) == 0 for _ in range(2)] == [
        True,
        False,
    ]


def test_a_clock_that_is_set_back_makes_nobody_wait_longer(store: Store) -> None:
    waits = {"key": lambda tries: 0 if tries < 1 else 10}
    with time_machine.travel(datetime(2026, 11, 22, 8, tzinfo=UTC), tick=False) as clock:
        assert store.tries.admit(waits) == 0
        clock.shift(timedelta(hours=-3))
        assert store.tries.admit(waits) == 10


def test_tries_of_an_earlier_day_are_gone_once_somebody_is_at_work(store: Store) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 8, tzinfo=UTC), tick=False) as clock:
        eva = store.accounts.add("eva")
        store.tries.admit({"key": lambda _tries: 0})
        assert count_tries(store) == 1
        clock.shift(timedelta(days=1))
        assert let_in(store, eva, "cookie", Proof())
        store.accounts.touch_session("cookie", SOON.ends)
        assert count_tries(store) == 0


def count_tries(store: Store) -> int:
    with store._engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM sign_in_try").scalar()
    return int(found or 0)


# What came in since


def test_what_was_sent_since_the_last_look_is_told(store: Store) -> None:
    eva = store.accounts.add("eva")
    begin(store)
    assert store.recent.sent(eva.id, [STUDY]) == [], "nothing was sent yet"
    store.responses.submit(begin(store), change(1), answers=[], receipt_hash="receipt")
    (found,) = store.recent.sent(eva.id, [STUDY])
    assert (found.count, found.seen, found.looked) == (1, 0, None)
    store.recent.note_look(eva.id, STUDY, found.instrument)
    (found,) = store.recent.sent(eva.id, [STUDY])
    assert (found.count, found.seen, found.looked) == (1, 1, datetime.now(UTC).date().isoformat())
