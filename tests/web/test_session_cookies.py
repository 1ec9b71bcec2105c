"""The cookie of a session: random, tied to the host, read by no script, and kept as a hash alone."""

import re
import sqlite3

import pytest
from flask import Flask

from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.web.app import create_app
from survey_app.web.security import hash_token, make_token
from survey_app.web.signing.tries import find_address
from tests.web.interviewing import make_sign_in
from tests.web.signed_in import sign_in
from tests.web.test_security import every_address

SESSION_TABLES = {"session", "last_look", "access_event"}
"""What every page may write: that a session is in use, and that somebody has looked."""


def test_a_session_is_128_random_bits_and_none_is_like_another() -> None:
    tokens = {make_token() for _ in range(1_000)}
    assert len(tokens) == 1_000
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in tokens)


def test_over_https_the_cookie_of_the_staff_has_every_mark(
    settings: Settings, store: Store
) -> None:
    secure = create_app(settings.with_changes(url="https://survey.example"), store)
    store.accounts.add("ivy")
    link = make_sign_in(store, "ivy", "token")
    answer = secure.test_client().post(link, base_url="https://survey.example")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-staff=")
    marks = {each.strip() for each in cookie.split(";")[1:]}
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= marks
    assert not any(mark.startswith("Domain") for mark in marks)


def test_the_cookie_stands_in_no_page_and_in_no_file(
    app: Flask, settings: Settings, store: Store
) -> None:
    browser = sign_in(app, settings, store, role="study_lead")
    cookie = browser.client.get_cookie("staff")
    assert cookie is not None
    for page in ("/home", "/account", "/account/session", "/studies", "/analysis"):
        assert cookie.value not in browser.client.get(page).text, page
    store.close()
    with sqlite3.connect(settings.data / "responses.sqlite3") as database:
        dump = "\n".join(database.iterdump())
    assert cookie.value not in dump
    assert hash_token(cookie.value) in dump


def dump(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows of the database by table, but for what every page may write."""
    with sqlite3.connect(settings.data / "responses.sqlite3") as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = sorted({name for (name,) in names} - SESSION_TABLES)
        return {table: sorted(database.execute(f"SELECT * FROM {table}")) for table in tables}


@pytest.mark.parametrize("role", ["study_lead", "analyst", "interviewer", "coordinator"])
def test_no_page_that_is_read_changes_anything(
    app: Flask, settings: Settings, store: Store, role: str
) -> None:
    browser = sign_in(app, settings, store, role=role)  # type: ignore[arg-type]  # one of the roles
    addresses = every_address(app)
    browser.client.get("/home")
    before = dump(settings)
    statuses = {browser.client.get(address).status_code for address in addresses}
    assert 200 in statuses
    assert dump(settings) == before


@pytest.mark.parametrize(
    ("peer", "told", "expected"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("::1", "203.0.113.7", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("203.0.113.7", "127.0.0.1", "203.0.113.7"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("not an address", "198.51.100.1", "not an address"),
    ],
)
def test_an_address_is_believed_only_of_the_proxy_on_this_computer_and_only_what_it_saw(
    app: Flask, peer: str, told: str, expected: str
) -> None:
    environ = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": told}
    with app.test_request_context(environ_overrides=environ):
        assert find_address() == expected
