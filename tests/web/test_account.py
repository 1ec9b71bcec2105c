"""One's own account: the first password, a second factor, sessions, and the way home."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyotp import TOTP

from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.invitation_codes import read_code
from survey_app.settings import Settings
from survey_app.storage.records import CredentialRecord
from survey_app.storage.store import Store
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in_by_password

PASSWORD, NEW = "eleven purple mornings", "twelve green evenings"


@pytest.fixture
def ivy(app: Flask, settings: Settings, store: Store) -> PlainBrowser:
    """The browser of an interviewer who has come in by a link."""
    store.accounts.add("ivy")
    store.accounts.set_role("ivy", "interviewer", "ami")
    browser = PlainBrowser(app.test_client())
    browser.open(make_sign_in_link(settings, store, "ivy").removeprefix(settings.url))
    browser.press()
    return browser


def own(store: Store) -> CredentialRecord:
    found = store.credentials.find("ivy")
    assert found is not None
    return found


def set_password(browser: PlainBrowser, password: str = PASSWORD, current: str = "") -> None:
    browser.open("/account/password")
    if current:
        browser.fill(current=current)
    browser.fill(password=password, again=password).press()


def show_app(browser: PlainBrowser) -> TOTP:
    """Return the app that took the key from the page."""
    key = re.search(r'factor-key">([A-Z2-7 ]+)<', browser.open("/account/second-factor").text)
    assert key is not None
    return TOTP(key[1].replace(" ", ""))


def set_factor(browser: PlainBrowser, password: str = "") -> TOTP:
    phone = show_app(browser)
    if password:
        browser.fill(password=password)
    browser.fill(factor_code=phone.now()).press()
    return phone


def later(phone: TOTP, steps: int = 1) -> str:
    """Return a code that was not used yet."""
    return phone.at(datetime.now(UTC) + timedelta(seconds=30 * steps))


# The first password


def test_a_link_leads_to_a_password_that_nobody_else_knows(
    client: FlaskClient, ivy: PlainBrowser, store: Store
) -> None:
    assert ivy.path == "/home"
    assert "Set a password" in ivy.text
    set_password(ivy)
    assert ivy.path == "/account?just=password"
    assert "Your password is set" in ivy.text
    assert sign_in_by_password(client, "ivy", PASSWORD).status_code == 303
    assert PASSWORD not in (own(store).password_hash or "")


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("short", "short", "A password has at least 8 characters"),
        ("password123", "password123", "Many people use this password"),
        (PASSWORD, PASSWORD + "!", "The two do not agree"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason_and_not_shown(
    ivy: PlainBrowser, store: Store, password: str, again: str, sentence: str
) -> None:
    ivy.open("/account/password")
    ivy.fill(password=password, again=again).press()
    assert ivy.page.status_code == 422
    assert sentence in ivy.text
    assert f'value="{password}"' not in ivy.text
    assert own(store).password_hash is None


def test_changing_the_password_asks_for_the_old_one_and_ends_all_other_sessions(
    app: Flask, ivy: PlainBrowser
) -> None:
    set_password(ivy)
    other = app.test_client()
    assert sign_in_by_password(other, "ivy", PASSWORD).status_code == 303
    set_password(ivy, NEW, current="not the old one")
    assert "This is not your password as it is now." in ivy.text
    assert other.get("/home").status_code == 200
    set_password(ivy, NEW, current=PASSWORD)
    assert other.get("/home").status_code == 401
    assert ivy.open("/home").status_code == 200
    assert sign_in_by_password(app.test_client(), "ivy", PASSWORD).status_code == 422
    assert sign_in_by_password(app.test_client(), "ivy", NEW).status_code == 303


def test_a_stale_form_never_shows_a_password(ivy: PlainBrowser) -> None:
    ivy.open("/account/password")
    ivy.fill(password=PASSWORD, again=PASSWORD, csrf="0" * 32)
    assert ivy.press().status_code == 400
    assert PASSWORD not in ivy.text


# The second factor


def test_a_second_factor_is_set_up_by_the_first_code_of_the_app(
    client: FlaskClient, ivy: PlainBrowser, store: Store
) -> None:
    set_password(ivy)
    phone = set_factor(ivy, PASSWORD)
    assert "Keep these recovery codes now" in ivy.text
    codes = re.findall(r'<li class="code">([\w-]+)</li>', ivy.text)
    assert len({read_code(code) for code in codes} - {None}) == 10
    assert all(code not in ivy.open("/account/second-factor").text for code in codes)
    assert sign_in_by_password(client, "ivy", PASSWORD).status_code == 422
    assert sign_in_by_password(client, "ivy", PASSWORD, later(phone)).status_code == 303


def test_the_picture_is_of_the_same_key_and_no_secret_is_kept(
    ivy: PlainBrowser, settings: Settings, store: Store
) -> None:
    phone = set_factor(ivy)
    assert own(store).factor_seed is not None
    store.close()
    files = [path.read_bytes() for path in settings.data.glob("responses.sqlite3*")]
    assert not any(phone.secret.encode() in each for each in files)
    assert not any(phone.byte_secret() in each for each in files)


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_key(
    ivy: PlainBrowser, store: Store
) -> None:
    phone = show_app(ivy)
    ivy.fill(factor_code="000000" if phone.now() != "000000" else "000001").press()
    assert ivy.page.status_code == 422
    assert "This is not the code that the app shows now" in ivy.text
    assert own(store).factor_seed is None
    ivy.fill(factor_code=phone.now()).press()
    assert own(store).factor_seed is not None


@pytest.mark.parametrize("action", ["/account/second-factor/remove", "/account/recovery-codes"])
def test_the_second_factor_is_changed_only_with_password_and_code(
    ivy: PlainBrowser, store: Store, action: str
) -> None:
    set_password(ivy)
    phone = set_factor(ivy, PASSWORD)
    for password, code in (("wrong", later(phone)), (PASSWORD, "000000"), (PASSWORD, "")):
        ivy.open("/account/second-factor")
        ivy.fill(password=password, factor_code=code)
        ivy.form.action = action
        assert ivy.press().status_code == 422
    before = own(store)
    ivy.open("/account/second-factor")
    ivy.fill(password=PASSWORD, factor_code=later(phone))
    ivy.form.action = action
    assert ivy.press().status_code == 200
    after = own(store)
    if action.endswith("remove"):
        assert (after.factor_seed, after.recovery_codes) == (None, 0)
    else:
        assert (after.factor_seed, after.recovery_codes) == (before.factor_seed, 10)


def test_one_that_is_required_is_not_taken_away(ivy: PlainBrowser, store: Store) -> None:
    phone = set_factor(ivy)
    store.credentials.require_factor(required=True, by="root")
    page = ivy.open("/account/second-factor").text
    assert "Take the second factor away" not in page
    ivy.fill(factor_code=later(phone))
    ivy.form.action = "/account/second-factor/remove"
    assert ivy.press().status_code == 422
    assert own(store).factor_seed is not None


# Sessions


def test_sessions_are_listed_and_ended_one_or_all(app: Flask, ivy: PlainBrowser) -> None:
    set_password(ivy)
    others = [app.test_client() for _ in range(3)]
    for each in others:
        sign_in_by_password(each, "ivy", PASSWORD)
    page = ivy.open("/account").text
    assert page.count("last used on") == 4
    assert page.count("this one") == 1
    ivy.press()
    assert sorted(each.get("/home").status_code for each in others) == [200, 200, 401]
    ivy.open("/account")
    ivy.press(session="others")
    assert {each.get("/home").status_code for each in others} == {401}
    assert ivy.open("/account").text.count("last used on") == 1


def test_nobody_ends_the_session_of_somebody_else(
    app: Flask, ivy: PlainBrowser, settings: Settings, store: Store
) -> None:
    eve = store.accounts.add("eve")
    client = app.test_client()
    client.post(make_sign_in_link(settings, store, "eve").removeprefix(settings.url))
    (hers,) = store.credentials.list_sessions(eve.id)
    set_password(ivy)
    sign_in_by_password(app.test_client(), "ivy", PASSWORD)
    ivy.open("/account")
    ivy.press(session=hers.hash)
    assert client.get("/home").status_code == 200


def test_what_one_may_do_is_said_study_by_study(ivy: PlainBrowser, store: Store) -> None:
    store.studies.create(slug="other", title="The other study")
    store.accounts.set_role("ivy", "coordinator", "other")
    page = ivy.open("/account").text
    assert "The other study: coordinator" in page
    assert "You see who the participants are, and none of their answers." in page
    assert "You hold interviews, and see your own." in page


# A password that was reset


def test_after_a_reset_only_a_new_password_signs_in(
    app: Flask, ivy: PlainBrowser, settings: Settings, store: Store
) -> None:
    set_password(ivy)
    store.credentials.forget_password(own(store).account.id, by="root")
    assert ivy.open("/home").status_code == 401
    assert sign_in_by_password(app.test_client(), "ivy", PASSWORD).status_code == 422
    link = make_sign_in_link(settings, store, "ivy", sets_password=True)
    browser = PlainBrowser(app.test_client())
    browser.open(link.removeprefix(settings.url))
    browser.press()
    assert (browser.page.status_code, own(store).password_hash) == (422, None)
    browser.fill(password=NEW, again=NEW).press()
    assert browser.path == "/home"
    assert sign_in_by_password(app.test_client(), "ivy", NEW).status_code == 303
    assert PlainBrowser(app.test_client()).open(link.removeprefix(settings.url)).status_code == 410
