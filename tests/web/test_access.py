"""Who may come in: sign-in links, and which pages each role reaches (promise P30 in small)."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.settings import Settings
from survey_app.storage.records import Role
from survey_app.storage.store import Store
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in

PAGES = ("/interviews", "/interviews/new?study=ami", "/analysis", "/admin")


def link_for(settings: Settings, store: Store, name: str = "ivy") -> str:
    if store.accounts.find(name) is None:
        store.accounts.add(name)
        store.accounts.set_role(name, "interviewer", "ami")
    return make_sign_in_link(settings, store, name).removeprefix(settings.url)


def test_opening_a_sign_in_link_uses_nothing_up(
    client: FlaskClient, settings: Settings, store: Store
) -> None:
    link = link_for(settings, store)
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert client.get("/interviews").status_code == 401
    assert client.post(link).status_code == 303
    assert client.get("/interviews").status_code == 200


def test_a_sign_in_link_works_once(
    app: Flask, client: FlaskClient, settings: Settings, store: Store
) -> None:
    link = link_for(settings, store)
    client.post(link)
    other = app.test_client()
    response = other.post(link)
    assert response.status_code == 410
    assert "no longer works" in response.text
    assert other.get("/interviews").status_code == 401


def test_signing_out_ends_the_session_on_the_server_too(
    app: Flask, client: FlaskClient, settings: Settings, store: Store
) -> None:
    client.post(link_for(settings, store))
    cookie = client.get_cookie("staff")
    assert cookie is not None
    browser = PlainBrowser(client)
    browser.open("/")
    browser.press()
    copied = app.test_client()
    copied.set_cookie("staff", cookie.value)
    assert copied.get("/interviews").status_code == 401


def test_a_disabled_account_is_out_at_once(
    client: FlaskClient, settings: Settings, store: Store
) -> None:
    client.post(link_for(settings, store))
    store.accounts.disable("ivy")
    assert client.get("/interviews").status_code == 401


REACH: list[tuple[Role | None, bool, tuple[int, int, int, int]]] = [
    ("interviewer", False, (200, 200, 403, 403)),
    ("study_lead", False, (200, 200, 200, 403)),
    ("analyst", False, (403, 403, 200, 403)),
    ("observer", False, (200, 403, 403, 403)),
    ("coordinator", False, (403, 403, 403, 403)),
    (None, True, (403, 403, 403, 200)),
]


@pytest.mark.parametrize(("role", "administrator", "expected"), REACH)
def test_each_role_reaches_its_own_pages_and_no_other(
    app: Flask,
    settings: Settings,
    store: Store,
    role: Role | None,
    administrator: bool,
    expected: tuple[int, ...],
) -> None:
    browser = sign_in(app, settings, store, role=role, administrator=administrator)
    assert tuple(browser.open(page).status_code for page in PAGES) == expected


def test_nobody_signed_in_reaches_no_page_of_the_staff(client: FlaskClient) -> None:
    assert [client.get(page).status_code for page in PAGES] == [401, 401, 401, 401]


def leave_token_out(browser: PlainBrowser) -> None:
    browser.form.values.pop("csrf")


def take_another_token(browser: PlainBrowser) -> None:
    browser.form.values["csrf"] = ["0" * 32]


@pytest.mark.parametrize("mishap", [leave_token_out, take_another_token])
def test_a_stale_staff_form_is_shown_again_with_what_was_typed_and_then_works(
    app: Flask,
    settings: Settings,
    store: Store,
    mishap: Callable[[PlainBrowser], None],
) -> None:
    browser = sign_in(app, settings, store, role="interviewer")
    browser.open("/interviews/new?study=ami")
    browser.fill(code="P77").choose("agreed", "yes").choose("recording", "no")
    mishap(browser)
    assert browser.press().status_code == 400
    assert "P77" in browser.text
    assert store.interviews.list("ami") == []
    browser.press()
    assert [row.participant for row in store.interviews.list("ami")] == ["P77"]


def test_the_same_page_sent_twice_begins_one_interview(
    app: Flask, settings: Settings, store: Store
) -> None:
    browser = sign_in(app, settings, store, role="interviewer")
    browser.open("/interviews/new?study=ami")
    browser.fill(code="P77").choose("agreed", "yes").choose("recording", "no")
    first, second = browser.post(), browser.post()
    assert first.location == second.location
    assert len(store.interviews.list("ami")) == 1
