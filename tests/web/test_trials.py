"""A draft is tried under a link of its own: on every page a test, in no result, gone in the end."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.definition.library import load_library
from survey_app.publication import open_trial, publish
from survey_app.settings import Settings
from survey_app.signatures import read_secret
from survey_app.storage.records import ResponseRecord
from survey_app.storage.store import Store
from survey_app.web import catalogue
from survey_app.web.trials import make_path
from survey_app.worker.requests import Request, open_material
from tests.drafts import ADDED, NAME, publish_first, write_version
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in

BANNER = "What you enter here is kept apart and counts in no result."


@pytest.fixture
def link(settings: Settings, store: Store) -> str:
    """The link of a draft that is being tried."""
    publish_first(settings, store)
    write_version(settings, "1.1.0", ADDED)
    try_draft(settings, store)
    return make_path(read_secret(settings), "ami", NAME, "1.1.0")


@pytest.fixture
def browser(client: FlaskClient) -> PlainBrowser:
    return PlainBrowser(client)


def try_draft(settings: Settings, store: Store) -> None:
    draft = load_library(settings.instruments).find(NAME, "1.1.0")
    assert draft is not None
    open_trial(store, draft, "eva")


def publish_draft(settings: Settings, store: Store) -> None:
    draft = load_library(settings.instruments).find(NAME, "1.1.0")
    assert draft is not None
    publish(store, draft, note="now", by="eva", studies=("ami",))


def stored(store: Store) -> list[ResponseRecord]:
    with store.snapshot() as snapshot:
        return list(snapshot.responses("ami", NAME, include_test=True))


def test_every_page_of_a_trial_says_that_it_is_a_test(
    browser: PlainBrowser, link: str, store: Store
) -> None:
    assert "You are trying a draft: Mentors" in browser.open(link).text
    said = [BANNER in browser.text]
    browser.choose("agree", "yes").press()
    assert browser.path == "/s/ami/section/first"
    said.append(BANNER in browser.text)
    browser.choose("item_topics", "ethics").press("later")
    said.append(BANNER in browser.text)
    browser.open("/s/ami/section/first")
    browser.press("continue")
    assert browser.path == "/s/ami/check"
    said.append(BANNER in browser.text)
    browser.press()
    assert browser.path == "/s/ami/thanks"
    said.append(BANNER in browser.text)
    assert said == [True] * 5
    (response,) = stored(store)
    assert (response.version, response.is_test, response.state) == ("1.1.0", True, "submitted")


def test_a_page_that_comes_back_with_a_notice_says_so_too(browser: PlainBrowser, link: str) -> None:
    browser.open(link)
    browser.choose("agree", "yes").press()
    browser.form.values["csrf"] = ["forged"]
    assert browser.press("continue").status_code == 400
    assert BANNER in browser.text


def test_no_page_of_a_real_response_says_so(browser: PlainBrowser, link: str) -> None:
    browser.open(link)
    browser.choose("agree", "yes").press()
    browser.open("/s/ami?anew=1")
    browser.choose("agree", "yes").press()
    assert browser.path == "/s/ami/section/first"
    assert BANNER not in browser.text
    assert "ethics" not in browser.text


@pytest.mark.parametrize("change", ["ami/try/mentors/1.0.0", "nowhere/try/mentors/1.1.0", "last"])
def test_only_the_link_itself_opens_the_draft(
    browser: PlainBrowser, link: str, change: str
) -> None:
    other = "y" if link.endswith("x") else "x"
    path = (
        f"{link[:-1]}{other}" if change == "last" else link.replace("ami/try/mentors/1.1.0", change)
    )
    assert browser.open(path).status_code == 404
    assert "This trial is over" in browser.text


def test_publishing_ends_the_trial_and_erases_what_was_tried(
    browser: PlainBrowser, link: str, settings: Settings, store: Store
) -> None:
    browser.open(link)
    browser.choose("agree", "yes").press()
    browser.choose("item_topics", "ethics").press("continue")
    publish_draft(settings, store)
    (tombstone,) = stored(store)
    assert (tombstone.state, tombstone.answers) == ("withdrawn", [])
    assert browser.press().status_code == 200
    assert "Your answers have been withdrawn" in browser.text
    assert browser.open(link).status_code == 404


def test_a_draft_that_was_changed_is_asked_in_its_new_words(
    browser: PlainBrowser,
    link: str,
    settings: Settings,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(catalogue, "DOOR_SECONDS", 0)
    browser.open(link)
    browser.choose("agree", "yes").press()
    assert "Ethics" in browser.text
    write_version(settings, "1.1.0", ("pay: Pay", "pay: Pay, ethics: Morals"))
    try_draft(settings, store)
    browser.open(link)
    browser.choose("agree", "yes").press()
    assert "Morals" in browser.text
    assert "Ethics" not in browser.text


def test_who_began_the_older_version_ends_it_and_goes_on_to_the_next_questionnaire(
    browser: PlainBrowser, link: str, settings: Settings, store: Store
) -> None:
    browser.open("/s/ami")
    browser.choose("agree", "yes").press()
    publish_draft(settings, store)
    browser.press("continue")
    assert browser.path == "/s/ami/check"
    browser.press()
    assert "One more questionnaire" in browser.text
    assert {(each.version, each.state) for each in stored(store)} == {("1.0.0", "submitted")}


def test_an_interviewer_tries_a_draft_in_a_test_alone(
    app: Flask, settings: Settings, store: Store, link: str
) -> None:
    assert link
    browser = sign_in(app, settings, store, role="interviewer")
    browser.open("/interviews/new?study=ami")
    assert "a draft, for tests alone" in browser.text
    browser.fill(code="P01").choose("runs", f"{NAME}@1.1.0")
    browser.choose("agreed", "yes").choose("recording", "no")
    assert browser.press().status_code == 422
    assert "A draft is asked in a test alone" in browser.text
    browser.choose("is_test", "yes").press()
    assert browser.path.startswith("/interviews/")
    (response,) = stored(store)
    assert (response.version, response.is_test) == ("1.1.0", True)


def test_a_trial_is_in_no_result_even_with_the_test_responses(
    app: Flask, browser: PlainBrowser, link: str, settings: Settings, store: Store
) -> None:
    browser.open("/s/ami")
    browser.choose("agree", "yes").press()
    browser.open(link)
    browser.choose("agree", "yes").press()
    browser.choose("item_topics", "ethics").press("continue")
    asked = Request(who="eva", study="ami", instrument=NAME, format="xlsx", include_test=True)
    with open_material(store, asked) as material:
        assert [each.version for each in material.source.instruments] == ["1.0.0"]
        assert [each.version for each in material.source.responses()] == ["1.0.0"]
    analyst = sign_in(app, settings, store, role="analyst")
    assert "1.1.0" not in analyst.open(f"/analysis/ami/{NAME}?test=1").text
    assert "1.1.0" not in analyst.open("/analysis").text


def test_a_trial_needs_no_invitation(browser: PlainBrowser, link: str, store: Store) -> None:
    store.invitations.set_admission("ami", "invitation")
    browser.open(link)
    assert "code" not in browser.form.controls
    browser.choose("agree", "yes").press()
    assert browser.path == "/s/ami/section/first"
