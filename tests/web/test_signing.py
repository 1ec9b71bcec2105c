"""Signing in with a password and a code: what lets in, what does not, and that neither is told."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from pyotp import TOTP
from werkzeug.test import TestResponse

from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.credentials.passwords import MOST_WAITING
from survey_app.credentials.recovery_codes import hash_recovery_code, make_codes
from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.web.context import services
from survey_app.web.security import hash_token
from survey_app.web.signing.proofs import find_secret
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in_by_password

PASSWORD = "eleven purple mornings"
NOT_RIGHT = "Something is not right. Check the name"
SEED = "0" * 32


@pytest.fixture
def ivy(app: Flask, store: Store) -> str:
    """Her account's id; she is an interviewer with a password."""
    account = store.accounts.add("ivy")
    store.accounts.set_role("ivy", "interviewer", "ami")
    with app.app_context():
        hashed = services().passwords.hash(PASSWORD)
    store.credentials.set_password(account.id, hashed, by="ivy")
    return account.id


@pytest.fixture
def recovery_codes(store: Store, ivy: str) -> list[str]:
    """She has a second factor, and these recovery codes."""
    codes = make_codes()
    store.credentials.set_factor(
        ivy, SEED, 0, [hash_recovery_code(code, ivy) for code in codes], by="ivy"
    )
    return codes


def make_code(app: Flask, account_id: str, *, steps: int = 0) -> str:
    """Return what the app shows so many steps from now."""
    with app.test_request_context():
        secret = find_secret(account_id, SEED)
    return TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30 * steps))


def is_in(client: FlaskClient) -> bool:
    return client.get("/home").status_code == 200


def test_a_name_and_its_password_sign_in(client: FlaskClient, ivy: str) -> None:
    browser = PlainBrowser(client)
    browser.open("/sign-in")
    browser.fill(name="ivy", password=PASSWORD).press()
    assert (browser.page.status_code, browser.path) == (200, "/home")
    assert "Hello, ivy" in browser.text


@pytest.mark.parametrize(
    ("name", "password"),
    [("ivy", "another one entirely"), ("nobody", PASSWORD), ("ivan", ""), ("gone", PASSWORD)],
    ids=["wrong password", "unknown name", "no password set", "shut out"],
)
def test_what_was_wrong_is_not_told(
    app: Flask, client: FlaskClient, store: Store, ivy: str, name: str, password: str
) -> None:
    store.accounts.add("ivan")
    gone = store.accounts.add("gone")
    with app.app_context():
        hashed = services().passwords.hash(PASSWORD)
    store.credentials.set_password(gone.id, hashed, by="gone")
    store.accounts.disable("gone")
    answer = sign_in_by_password(client, name, password)
    expected = sign_in_by_password(app.test_client(), "ivy", "wrong")
    assert (answer.status_code, expected.status_code) == (422, 422)
    assert answer.text.replace(f'value="{name}"', "") == expected.text.replace('value="ivy"', "")
    assert NOT_RIGHT in answer.text
    assert not is_in(client)


def test_what_was_typed_comes_back_but_for_what_is_secret(client: FlaskClient, ivy: str) -> None:
    page = sign_in_by_password(client, "ivy", "my secret guess", "123456").text
    assert 'value="ivy"' in page
    assert "my secret guess" not in page
    assert "123456" not in page


def test_with_a_second_factor_the_password_alone_is_not_enough(
    app: Flask, client: FlaskClient, ivy: str, recovery_codes: list[str]
) -> None:
    for code in ("", "000000", "wrong", make_code(app, ivy, steps=-3)):
        assert NOT_RIGHT in sign_in_by_password(client, "ivy", PASSWORD, code).text
    assert sign_in_by_password(client, "ivy", PASSWORD, make_code(app, ivy)).status_code == 303
    assert is_in(client)


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_is_good_one_step_before_and_after_its_time(
    app: Flask, client: FlaskClient, ivy: str, recovery_codes: list[str], steps: int
) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC), tick=False):
        code = make_code(app, ivy, steps=steps)
        assert sign_in_by_password(client, "ivy", PASSWORD, code).status_code == 303


def test_a_code_is_good_once_and_so_are_those_before_it(
    app: Flask, ivy: str, recovery_codes: list[str]
) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC), tick=False):
        used, before = make_code(app, ivy), make_code(app, ivy, steps=-1)
        assert sign_in_by_password(app.test_client(), "ivy", PASSWORD, used).status_code == 303
        for code in (used, before):
            assert sign_in_by_password(app.test_client(), "ivy", PASSWORD, code).status_code == 422


def test_a_recovery_code_stands_in_for_a_code_once(
    app: Flask, store: Store, ivy: str, recovery_codes: list[str]
) -> None:
    typed = recovery_codes[0].lower()
    assert sign_in_by_password(app.test_client(), "ivy", PASSWORD, typed).status_code == 303
    assert sign_in_by_password(app.test_client(), "ivy", PASSWORD, typed).status_code == 422
    left = store.credentials.find("ivy")
    assert left is not None
    assert left.recovery_codes == 9


def test_a_link_asks_for_the_code_too(
    app: Flask,
    client: FlaskClient,
    settings: Settings,
    store: Store,
    ivy: str,
    recovery_codes: list[str],
) -> None:
    link = make_sign_in_link(settings, store, "ivy").removeprefix(settings.url)
    assert client.post(link, data={"factor_code": "000000"}).status_code == 422
    assert not is_in(client)
    assert client.post(link, data={"factor_code": make_code(app, ivy)}).status_code == 303
    assert is_in(client)


# How often


def guess(app: Flask, name: str, address: str = "192.0.2.1") -> TestResponse:
    """Return the answer to a wrong guess from an address."""
    form = {"name": name, "password": "a guess"}
    environ = {"REMOTE_ADDR": address}
    return app.test_client().post("/sign-in", data=form, environ_base=environ)


@pytest.mark.parametrize("name", ["ivy", "nobody"])
def test_guesses_at_a_name_have_to_wait_longer_and_longer(app: Flask, ivy: str, name: str) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False) as clock:
        waits = []
        for number in range(18):
            address = f"192.0.2.{number}"
            answer = guess(app, name, address)
            waits.append(int(answer.headers.get("Retry-After", 0)))
            if answer.status_code == 429:
                clock.shift(timedelta(seconds=waits[-1] - 1))
                assert guess(app, name, address).status_code == 429
                clock.shift(timedelta(seconds=1))
                answer = guess(app, name, address)
            assert answer.status_code == 422
        assert waits == [0] * 5 + [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


def test_many_names_from_one_address_have_to_wait_too(app: Flask, ivy: str) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        statuses = [guess(app, f"name {number}").status_code for number in range(21)]
        assert statuses == [422] * 20 + [429]
        assert guess(app, "another", "192.0.2.2").status_code == 422


def test_a_stranger_does_not_keep_waiting_who_has_signed_in_from_a_browser_before(
    app: Flask, client: FlaskClient, ivy: str
) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):
        assert sign_in_by_password(client, "ivy", PASSWORD).status_code == 303
        assert [guess(app, "ivy").status_code for _ in range(6)][-1] == 429
        assert sign_in_by_password(client, "ivy", PASSWORD).status_code == 303
        elsewhere = app.test_client()
        held = sign_in_by_password(elsewhere, "ivy", PASSWORD)
        assert (held.status_code, held.headers["Retry-After"]) == (429, "1")
        assert "Wait 1 second, then try again" in held.text


def test_neither_names_nor_addresses_are_kept(
    app: Flask, client: FlaskClient, settings: Settings, store: Store, ivy: str
) -> None:
    guess(app, "a secret typed as a name", "203.0.113.77")
    store.close()
    files = [path.read_bytes() for path in settings.data.iterdir() if path.is_file()]
    assert not any(b"203.0.113.77" in each or b"typed as a name" in each for each in files)


def test_the_tries_of_a_day_are_deleted_with_the_next_one(app: Flask, ivy: str) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 23, 59, tzinfo=UTC), tick=False) as clock:
        assert [guess(app, "ivy").status_code for _ in range(6)][-1] == 429
        clock.shift(timedelta(minutes=2))
        assert guess(app, "ivy").status_code == 422


def test_a_try_that_is_not_looked_at_does_not_count(
    app: Flask, client: FlaskClient, ivy: str
) -> None:
    with app.app_context():
        waiting = services().passwords._waiting
    for _ in range(MOST_WAITING):
        waiting.acquire()
    busy = [sign_in_by_password(client, "ivy", PASSWORD) for _ in range(8)]
    assert {answer.status_code for answer in busy} == {503}
    assert "Many people sign in just now." in busy[0].text
    waiting.release()
    assert sign_in_by_password(client, "ivy", PASSWORD).status_code == 303


# How long


def test_a_session_ends_after_an_hour_without_a_page_and_not_before(
    client: FlaskClient, ivy: str
) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 8, tzinfo=UTC), tick=False) as clock:
        sign_in_by_password(client, "ivy", PASSWORD)
        for _ in range(3):
            clock.shift(timedelta(minutes=59))
            assert is_in(client)
        clock.shift(timedelta(minutes=61))
        assert not is_in(client)


def test_a_session_ends_after_twelve_hours_in_any_case(client: FlaskClient, ivy: str) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 8, tzinfo=UTC), tick=False) as clock:
        sign_in_by_password(client, "ivy", PASSWORD)
        for _ in range(13):
            assert is_in(client)
            clock.shift(timedelta(minutes=55))
        assert is_in(client)
        clock.shift(timedelta(minutes=6))
        assert not is_in(client)


def test_an_open_sheet_keeps_its_session_for_as_long_as_it_did_without_the_limit(
    client: FlaskClient, store: Store, ivy: str
) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 8, tzinfo=UTC), tick=False) as clock:
        sign_in_by_password(client, "ivy", PASSWORD)
        cookie = client.get_cookie("staff")
        assert cookie is not None
        for _ in range(8):
            store.accounts.extend_session(hash_token(cookie.value), "2026-11-23T12:00:00.000Z")
            clock.shift(timedelta(minutes=110))
            assert is_in(client)


def test_signing_in_again_ends_the_session_that_the_browser_had(
    app: Flask, client: FlaskClient, ivy: str
) -> None:
    sign_in_by_password(client, "ivy", PASSWORD)
    earlier = client.get_cookie("staff")
    assert earlier is not None
    sign_in_by_password(client, "ivy", PASSWORD)
    copied = app.test_client()
    copied.set_cookie("staff", earlier.value)
    assert (is_in(copied), is_in(client)) == (False, True)


def test_no_password_grows_old(client: FlaskClient, ivy: str) -> None:
    with time_machine.travel(datetime(2046, 11, 22, 8, tzinfo=UTC), tick=False):
        assert sign_in_by_password(client, "ivy", PASSWORD).status_code == 303
        assert is_in(client)


def test_every_try_to_sign_in_is_noted(
    app: Flask, client: FlaskClient, store: Store, ivy: str
) -> None:
    guess(app, "ivy")
    guess(app, "nobody of ours")
    sign_in_by_password(client, "ivy", PASSWORD)
    noted = [(each.kind, each.account, each.detail) for each in store.access_log.list(3)]
    assert sorted(noted) == [
        ("refused", "", ""),
        ("refused", "ivy", ""),
        ("signed_in", "ivy", "password"),
    ]


# A limit on what a session opens


def test_where_a_second_factor_is_required_nothing_opens_before_it_is_set_up(
    app: Flask, client: FlaskClient, store: Store, ivy: str
) -> None:
    before = app.test_client()
    sign_in_by_password(before, "ivy", PASSWORD)
    store.credentials.require_factor(required=True, by="root")
    assert before.get("/interviews").status_code == 200, "who is in stays in"
    sign_in_by_password(client, "ivy", PASSWORD)
    refused = client.get("/interviews")
    assert refused.status_code == 401
    assert "Set up the second factor" in refused.text
    assert client.get("/account/second-factor").status_code == 200
    store.credentials.set_factor(ivy, SEED, 0, [], by="ivy")
    assert client.get("/interviews").status_code == 200
