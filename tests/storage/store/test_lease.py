"""One page at a time writes in an interview."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.records import Lease
from survey_app.storage.store import Store
from tests.storage.scenes import begin_interview, by_hand


@pytest.fixture
def interview(store: Store) -> str:
    return begin_interview(store)


def _hold(
    store: Store, interview: str, client: str, *, take: bool = False, session: str | None = None
) -> Lease:
    return store.interviews.hold(
        interview, client, holder=f"{client}'s name", take=take, session=session
    )


def test_the_first_page_holds_the_lease_and_the_second_learns_who(
    store: Store, interview: str
) -> None:
    mine, theirs = _hold(store, interview, "first"), _hold(store, interview, "second")
    assert (mine.mine, mine.holder) == (True, "first's name")
    assert (theirs.mine, theirs.holder, theirs.ends) == (False, "first's name", mine.ends)


def test_holding_again_holds_longer(store: Store, interview: str, path: Path) -> None:
    _hold(store, interview, "first")
    by_hand(path, "UPDATE interview SET lease_ends = '2026-01-01T00:00:00.000Z'")
    again = _hold(store, interview, "first")
    assert (again.mine, again.ends > "2026-01-01T00:00:00.000Z") == (True, True)


def test_a_lease_that_was_taken_over_is_lost_visibly(store: Store, interview: str) -> None:
    _hold(store, interview, "first")
    assert _hold(store, interview, "second", take=True).mine
    lost = _hold(store, interview, "first")
    assert (lost.mine, lost.holder) == (False, "second's name")
    assert _hold(store, interview, "first", take=True).mine


@pytest.mark.parametrize(
    "ends",
    [
        pytest.param("2026-01-01T00:00:00.000Z", id="long ago"),
        pytest.param("9999-01-01T00:00:00.000Z", id="from before the clock was set back"),
    ],
)
def test_a_lease_that_has_ended_is_free(
    store: Store, interview: str, path: Path, ends: str
) -> None:
    _hold(store, interview, "first")
    by_hand(path, f"UPDATE interview SET lease_ends = '{ends}'")
    assert _hold(store, interview, "second").mine
    assert not _hold(store, interview, "first").mine


def test_a_lease_outlives_a_restart(store: Store, interview: str, url: str) -> None:
    _hold(store, interview, "first")
    store.close()
    with Store(url) as restarted:
        assert not _hold(restarted, interview, "second").mine
        assert _hold(restarted, interview, "first").mine


def test_of_many_pages_that_ask_at_once_one_holds_the_lease(store: Store, interview: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        leases = list(pool.map(lambda number: _hold(store, interview, f"{number}"), range(8)))
    assert [lease.mine for lease in leases].count(True) == 1
    assert len({lease.holder for lease in leases}) == 1


def test_a_lease_is_given_up_by_its_holder_alone(store: Store, interview: str) -> None:
    _hold(store, interview, "first")
    store.interviews.release(interview, "second")
    assert not _hold(store, interview, "second").mine
    store.interviews.release(interview, "first")
    assert _hold(store, interview, "second").mine


@pytest.mark.parametrize(
    ("before", "now", "mine"),
    [
        pytest.param("a", "a", True, id="the same browser, whose other page is gone"),
        pytest.param("a", "b", False, id="another browser"),
        pytest.param("a", None, False, id="a second page of the same browser"),
        pytest.param(None, "a", False, id="after a page that did not say whose it was"),
        pytest.param(None, None, False, id="neither says"),
    ],
)
def test_the_only_page_of_a_browser_goes_on_from_the_one_before_it(
    store: Store, interview: str, before: str | None, now: str | None, mine: bool
) -> None:
    _hold(store, interview, "gone", session=before)
    assert _hold(store, interview, "next", session=now).mine is mine


def test_each_interview_has_a_lease_of_its_own(store: Store, interview: str) -> None:
    _hold(store, interview, "first")
    assert _hold(store, begin_interview(store), "second").mine
    with pytest.raises(UnknownRecord, match="no interview lost"):
        _hold(store, "lost", "first", take=True)
