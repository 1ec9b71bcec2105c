"""Withdrawing from the foot of every page: one way there, one question, and then it is done."""

import re
import time
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.definition.library import load_library
from survey_app.invitation_codes import hash_code, spell_code
from survey_app.settings import Settings
from survey_app.storage.errors import StoreBusy
from survey_app.storage.records import ResponseRecord
from survey_app.storage.store import Store, traces
from survey_app.storage.store.responses import Responses
from survey_app.web.app import create_app
from survey_app.web.security import hash_token
from tests.plain_browser import PlainBrowser

CODE = spell_code(b"sixteen bytes of")
FOOT = '<a class="foot-link" href="/s/ami/withdraw">Withdraw my answers</a>'


@pytest.fixture
def browser(client: FlaskClient) -> PlainBrowser:
    return PlainBrowser(client)


def begin(browser: PlainBrowser) -> None:
    browser.open("/s/ami")
    browser.choose("agree", "yes").press()


def send(browser: PlainBrowser) -> None:
    begin(browser)
    while browser.path.startswith("/s/ami/section"):
        browser.press("continue")
    browser.press()
    assert browser.path == "/s/ami/thanks"


def stored(store: Store) -> ResponseRecord:
    with store.snapshot() as snapshot:
        (response,) = snapshot.responses("ami", "ami-survey")
    return response


def test_every_page_of_a_response_that_has_begun_leads_to_withdrawing(
    browser: PlainBrowser, settings: Settings
) -> None:
    begin(browser)
    instrument = load_library(settings.instruments).find("ami-survey", "1.0.1")
    assert instrument is not None
    sections = [f"section/{section.key}" for section in instrument.sections]
    for page in (*sections, "check", "later", ""):
        assert FOOT in browser.open(f"/s/ami/{page}".rstrip("/")).text, page
    browser.open("/s/ami/check")
    browser.press()
    assert FOOT in browser.text, "the thank-you page"
    assert FOOT in browser.open("/s/ami").text, "where one may begin anew"


def test_a_page_with_a_mistake_leads_there_too(browser: PlainBrowser) -> None:
    begin(browser)
    browser.press("continue")
    assert browser.choose("item_role", "other").press("continue").status_code == 422
    assert FOOT in browser.text


def test_where_nothing_has_begun_nothing_is_offered(browser: PlainBrowser) -> None:
    for page in ("/s/ami", "/s/ami/check", "/"):
        assert "Withdraw my answers" not in browser.open(page).get_data(as_text=True)


@pytest.mark.parametrize("walk", [begin, send], ids=["begun", "sent"])
def test_it_is_asked_once_more_and_then_erased(
    browser: PlainBrowser, store: Store, walk: Callable[[PlainBrowser], None]
) -> None:
    walk(browser)
    before = stored(store)
    browser.open("/s/ami/withdraw")
    assert "<h1>Withdraw my answers</h1>" in browser.text
    assert stored(store) == before, "asking changes nothing"
    browser.press("withdraw", sure="yes")
    assert browser.path == "/s/ami/thanks"
    assert "<h1>Your answers have been withdrawn</h1>" in browser.text
    assert FOOT not in browser.text
    assert (stored(store).state, stored(store).answers) == ("withdrawn", [])


@pytest.mark.parametrize(
    ("walk", "back"), [(begin, "/s/ami/section/involvement"), (send, "/s/ami/thanks")]
)
def test_who_keeps_the_answers_goes_back_to_where_they_were(
    browser: PlainBrowser, walk: Callable[[PlainBrowser], None], back: str
) -> None:
    walk(browser)
    page = browser.open("/s/ami/withdraw").text
    assert re.search(rf'href="{back}"[^>]*>Keep my answers<', page)


def test_a_second_time_says_that_it_is_done(browser: PlainBrowser) -> None:
    begin(browser)
    browser.open("/s/ami/withdraw")
    asked = browser.page
    browser.press("withdraw", sure="yes")
    browser.open("/s/ami/withdraw")
    assert "<h1>Your answers have been withdrawn</h1>" in browser.text
    browser.go_back(asked)
    browser.press("withdraw", sure="yes")
    assert "<h1>Your answers have been withdrawn</h1>" in browser.text


def test_a_forged_page_erases_nothing_and_asks_again(browser: PlainBrowser, store: Store) -> None:
    begin(browser)
    browser.open("/s/ami/withdraw")
    browser.form.values["csrf"] = ["0" * 32]
    assert browser.press("withdraw", sure="yes").status_code == 400
    assert "nothing was erased just now" in browser.text
    assert stored(store).state == "in_progress"
    browser.press("withdraw", sure="yes")
    assert stored(store).state == "withdrawn"


def test_a_browser_without_its_cookie_is_told_of_the_private_link(browser: PlainBrowser) -> None:
    begin(browser)
    browser.open("/s/ami/withdraw")
    browser.client.delete_cookie("survey")
    assert browser.press("withdraw", sure="yes").status_code == 404
    assert "open your private link" in browser.text
    assert browser.open("/s/ami/withdraw").status_code == 404


def test_a_session_that_was_ended_leaves_the_private_link_in_the_cookie(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    cookie = browser.client.get_cookie("survey")
    assert cookie is not None
    session, _dot, _link = cookie.value.partition(".")
    store.responses.detach_session(hash_token(session))
    browser.open("/s/ami/withdraw")
    browser.press("withdraw", sure="yes")
    assert stored(store).state == "withdrawn"


def test_a_busy_database_keeps_the_answers_and_says_to_press_again(
    browser: PlainBrowser, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(browser)
    browser.open("/s/ami/withdraw")

    def refuse(*_given: object, **_more: object) -> None:
        raise StoreBusy

    with monkeypatch.context() as patch:
        patch.setattr(Responses, "withdraw", refuse)
        page = browser.press("withdraw", sure="yes")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
    assert "could not erase your answers just now" in browser.text
    browser.press("withdraw", sure="yes")
    assert stored(store).state == "withdrawn"


def test_it_says_erased_only_once_the_last_trace_is_gone(
    browser: PlainBrowser, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traces, "PATIENCE", 0.0)
    monkeypatch.setattr(traces, "PAUSES", (0.05,))
    begin(browser)
    link = find_link(browser)
    browser.open("/s/ami/withdraw")
    with store.snapshot() as snapshot:
        assert len(list(snapshot.responses("ami"))) == 1
        browser.press("withdraw", sure="yes")
        for page in ("/s/ami/thanks", link):
            text = browser.open(page).get_data(as_text=True)
            assert "erased from the study’s records. Their last traces" in text
            assert "They were erased. " not in text
    while store.traces_remain:
        time.sleep(0.01)
    for page in ("/s/ami/thanks", link):
        text = browser.open(page).get_data(as_text=True)
        assert "They were erased. What is kept is only" in text
        assert "last traces" not in text


def test_the_page_of_the_private_link_says_it_in_the_same_way(
    browser: PlainBrowser, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traces, "PATIENCE", 0.0)
    begin(browser)
    browser.open(find_link(browser))
    browser.press("withdraw")
    with store.snapshot() as snapshot:
        assert len(list(snapshot.responses("ami"))) == 1
        browser.press("withdraw", sure="yes")
    assert "Their last traces on the study’s computer go within minutes" in browser.text


def test_a_server_that_starts_again_empties_the_log_first(
    browser: PlainBrowser, settings: Settings, store: Store
) -> None:
    begin(browser)
    log = settings.data / "responses.sqlite3-wal"
    assert log.stat().st_size > 0
    create_app(settings, store)
    assert log.stat().st_size == 0


def find_link(browser: PlainBrowser) -> str:
    browser.open("/s/ami/later")
    (link,) = re.findall(r"/r/[0-9a-z]{26}", browser.text)
    return str(link)


def test_the_foot_costs_a_page_no_query(browser: PlainBrowser, store: Store) -> None:
    begin(browser)
    browser.open("/s/ami/section/involvement")
    asked: list[str] = []
    for source in store._access.readers._kept:
        source.driver_connection.set_trace_callback(asked.append)  # type: ignore[union-attr]
    browser.open("/s/ami/section/involvement")
    assert FOOT in browser.text
    assert len(asked) == 1, "the response is found, and that is all"


def test_who_was_invited_by_name_is_told_what_the_study_still_knows(
    app: Flask, store: Store
) -> None:
    store.participants.add("ami", ["ada"])
    store.invitations.renew("ami", "ada", hash_code(CODE), by="Cleo", label="")
    browser = PlainBrowser(app.test_client())
    browser.open(f"/i/{CODE}")
    browser.choose("agree", "yes").press()
    browser.open("/s/ami/withdraw")
    browser.press("withdraw", sure="yes")
    assert "the study still knows that you withdrew" in browser.text
    assert "It does not know which response was yours" in browser.text
    (participant,) = store.participants.list("ami")
    assert participant.withdrew
    assert stored(store).participant is None
    assert app.test_client().get(f"/i/{CODE}").status_code == 410
