"""Who may come in: once per link, as long as the session lasts, unless shut out."""

import pytest

from survey_app.storage.errors import NameTaken, UnknownRecord
from survey_app.storage.store import Store
from tests.storage.scenes import STUDY, begin, noting_statements

SOON, PAST = "2999-01-01T00:00:00.000Z", "2001-01-01T00:00:00.000Z"


@pytest.fixture
def signed_in(store: Store) -> Store:
    """A store in which eva has come in with a cookie."""
    store.accounts.add("eva")
    store.accounts.make_sign_in("eva", "token", SOON)
    assert store.accounts.use_sign_in("token", "cookie", SOON) is not None
    return store


def test_accounts_are_found_by_name(store: Store) -> None:
    zoe, eva = store.accounts.add("zoe", administrator=True), store.accounts.add("eva")
    assert (store.accounts.find("zoe"), store.accounts.find("nobody")) == (zoe, None)
    assert store.accounts.list() == [eva, zoe]
    assert (zoe.administrator, eva.administrator) == (True, False)


def test_a_name_is_given_once(store: Store) -> None:
    store.accounts.add("eva")
    with pytest.raises(NameTaken, match="already an account “eva”"):
        store.accounts.add("eva")


def test_a_link_signs_in_once(signed_in: Store) -> None:
    assert signed_in.accounts.use_sign_in("token", "other cookie", SOON) is None
    assert signed_in.accounts.by_session("other cookie") is None


def test_looking_at_a_link_does_not_use_it_up(store: Store) -> None:
    eva = store.accounts.add("eva")
    store.accounts.make_sign_in("eva", "token", SOON)
    assert store.accounts.peek_sign_in("token") == store.accounts.peek_sign_in("token") == eva
    assert store.accounts.use_sign_in("token", "cookie", SOON) == eva
    assert store.accounts.peek_sign_in("token") is None


@pytest.mark.parametrize(
    ("expires", "disabled", "token"),
    [(PAST, False, "token"), (SOON, True, "token"), (SOON, False, "guess")],
)
def test_a_link_that_is_no_good_signs_nobody_in(
    store: Store,
    expires: str,
    disabled: bool,
    token: str,
) -> None:
    store.accounts.add("eva")
    store.accounts.make_sign_in("eva", "token", expires)
    if disabled:
        store.accounts.disable("eva")
    assert store.accounts.peek_sign_in(token) is None
    assert store.accounts.use_sign_in(token, "cookie", SOON) is None
    assert store.accounts.by_session("cookie") is None


def test_a_session_knows_the_roles_in_every_study(signed_in: Store) -> None:
    signed_in.studies.create(slug="second", title="Second")
    signed_in.accounts.set_role("eva", "analyst", STUDY)
    signed_in.accounts.set_role("eva", "interviewer", STUDY)
    signed_in.accounts.set_role("eva", "observer", "second")
    staff = signed_in.accounts.by_session("cookie")
    assert staff is not None
    assert staff.account == signed_in.accounts.find("eva")
    assert staff.roles == {STUDY: "interviewer", "second": "observer"}
    signed_in.accounts.set_role("eva", None, STUDY)
    signed_in.accounts.set_role("eva", None, "second")
    without = signed_in.accounts.by_session("cookie")
    assert without is not None
    assert without.roles == {}


def test_a_staff_page_costs_one_query(signed_in: Store) -> None:
    with noting_statements(signed_in) as words:
        assert signed_in.accounts.by_session("cookie") is not None
    assert words == ["SELECT"]


def test_a_cookie_copied_before_signing_out_opens_nothing(signed_in: Store) -> None:
    signed_in.accounts.end_session("cookie")
    assert signed_in.accounts.by_session("cookie") is None


def test_a_disabled_account_is_shut_out_at_once(signed_in: Store) -> None:
    signed_in.accounts.disable("eva")
    found = signed_in.accounts.find("eva")
    assert found is not None
    assert found.disabled
    assert signed_in.accounts.by_session("cookie") is None


def test_a_session_ends_in_time(store: Store) -> None:
    store.accounts.add("eva")
    store.accounts.make_sign_in("eva", "token", SOON)
    store.accounts.use_sign_in("token", "cookie", PAST)
    assert store.accounts.by_session("cookie") is None


@pytest.mark.parametrize(
    ("ends", "later", "expected"),
    [
        pytest.param("3000", "3001", "3001", id="longer"),
        pytest.param("3001", "3000", "3001", id="never shorter"),
        pytest.param(PAST, "3001", PAST, id="not once it has ended"),
    ],
)
def test_a_session_that_is_used_lasts_longer(
    store: Store, ends: str, later: str, expected: str
) -> None:
    store.accounts.add("eva")
    store.accounts.make_sign_in("eva", "token", SOON)
    store.accounts.use_sign_in("token", "cookie", ends)
    store.accounts.extend_session("cookie", later)
    store.accounts.extend_session("another cookie", later)
    with store._engine.connect() as connection:
        query = "SELECT ends FROM session"
        assert connection.exec_driver_sql(query).scalars().all() == [expected]


def test_a_session_that_was_signed_out_stays_so(signed_in: Store) -> None:
    signed_in.accounts.end_session("cookie")
    signed_in.accounts.extend_session("cookie", "9999")
    assert signed_in.accounts.by_session("cookie") is None


def test_a_participants_cookie_opens_no_staff_page_nor_the_reverse(signed_in: Store) -> None:
    begin(signed_in, session="participant's cookie")
    assert signed_in.accounts.by_session("participant's cookie") is None
    assert signed_in.responses.by_session("cookie") is None


def test_who_is_not_there_is_named(store: Store) -> None:
    store.accounts.add("eva")
    with pytest.raises(UnknownRecord, match="no account “lee”"):
        store.accounts.set_role("lee", "analyst", STUDY)
    with pytest.raises(UnknownRecord, match="no account “lee”"):
        store.accounts.disable("lee")
    with pytest.raises(UnknownRecord, match="no account “lee”"):
        store.accounts.make_sign_in("lee", "token", SOON)
    with pytest.raises(UnknownRecord, match="no study “lost”"):
        store.accounts.set_role("eva", "analyst", "lost")
