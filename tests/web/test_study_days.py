"""What a study's days mean to participants: kindly told, nothing lost, and no query more."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from survey_app.storage.store import Store
from survey_app.web import catalogue
from tests.plain_browser import PlainBrowser

TODAY = date.today()  # noqa: DTZ011 - by the clock of where the program runs, as days are


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Doors are looked at anew, so that no test waits."""
    monkeypatch.setattr(catalogue, "DOOR_SECONDS", -1.0)


@pytest.fixture
def browser(client: FlaskClient) -> PlainBrowser:
    return PlainBrowser(client)


def day(days: int) -> str:
    """A day so many days from today."""
    return (TODAY + timedelta(days)).isoformat()


def set_days(store: Store, **days: Any) -> None:
    given = {"opens": None, "closes": None, "grace_days": 0, "freeze_on": None}
    store.conduct.date(
        "ami", retain_until=None, afterwards="answers", by="Léa", **{**given, **days}
    )


def begin(browser: PlainBrowser) -> None:
    browser.open("/s/ami")
    browser.choose("agree", "yes").press()
    assert browser.path == "/s/ami/section/involvement"


def test_before_it_opens_the_door_says_from_when_on(browser: PlainBrowser, store: Store) -> None:
    set_days(store, opens=day(3))
    page = browser.open("/s/ami").text
    assert "This study has not opened yet. You can begin from" in page
    assert "agree to take part" not in page
    browser.client.post("/s/ami", data={"agree": "yes"})
    assert store.studies.overview("ami") == []


def test_whoever_opened_the_door_in_time_and_agrees_too_late_is_told(
    browser: PlainBrowser, store: Store
) -> None:
    browser.open("/s/ami")
    set_days(store, closes=day(-1))
    browser.choose("agree", "yes").press()
    assert "This study ended on" in browser.text
    assert store.studies.overview("ami") == []


def test_a_door_that_was_remembered_lets_nobody_begin_too_late(
    browser: PlainBrowser, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "DOOR_SECONDS", 600.0)
    browser.open("/s/ami")
    set_days(store, closes=day(-1))
    browser.choose("agree", "yes").press()
    assert "This study ended on" in browser.text
    assert store.studies.overview("ami") == []


def test_within_the_days_to_finish_who_began_goes_on_and_nobody_begins(
    browser: PlainBrowser, app: Flask, store: Store
) -> None:
    begin(browser)
    set_days(store, closes=day(-1), grace_days=3)
    page = browser.open("/s/ami").text
    assert "nobody can start anew" in page
    assert "Start anew" not in page
    late = PlainBrowser(app.test_client())
    assert "so nobody can begin any more. If you began before, you can finish until" in late.open(
        "/s/ami"
    ).get_data(as_text=True)
    browser.open("/s/ami/section/involvement")
    while browser.path.startswith("/s/ami/section"):
        browser.press("continue")
    browser.press()
    assert browser.path == "/s/ami/thanks"


def test_after_them_what_was_saved_is_kept_and_can_be_withdrawn(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    set_days(store, closes=day(-4), grace_days=3)
    for page in ("/s/ami", "/s/ami/section/involvement", "/s/ami/check", "/s/ami/later"):
        browser.open(page)
        assert "nothing can be added any more" in browser.text, page
        assert 'href="/s/ami/withdraw"' in browser.text, page
    browser.open("/s/ami/withdraw")
    browser.press(sure="yes")
    assert "Your answers have been withdrawn" in browser.text


def test_what_was_typed_too_late_comes_back_to_be_copied(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    browser.choose("item_topics", "doctor").fill(item_topics__other="a late word")
    set_days(store, closes=day(-1))
    assert browser.press("continue").status_code == 409
    assert "Not saved: the study has ended" in browser.text
    assert "a late word" in browser.text
    (row,) = store.studies.overview("ami")
    assert row.state == "in_progress"


def test_the_private_link_of_an_ended_study_offers_to_withdraw_and_not_to_go_on(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    browser.open("/s/ami/later")
    found = re.search(r"/r/[0-9a-z]+", browser.text)
    assert found
    assert "Go on with my answers" in browser.open(found[0]).text
    set_days(store, closes=day(-1))
    page = browser.open(found[0]).text
    assert "what you had saved by then is kept" in page
    assert "Withdraw my answers" in page
    assert "Go on with my answers" not in page


def test_an_ended_study_asks_nobody_for_consent_to_a_newer_text(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    store.consents.put_in_force(
        "ami", body={"text": "Newer."}, fingerprint="0", delivery="self", by="lea", after="2"
    )
    browser.open("/s/ami/consent")
    set_days(store, closes=day(-1))
    browser.choose("agree", "yes").press()
    assert "nothing can be added any more" in browser.text
    assert "nothing can be added any more" in browser.open("/s/ami/consent").text
    with store.snapshot() as snapshot:
        (response,) = snapshot.responses("ami", "ami-survey")
    assert len(store.consents.of_response(response.id)) == 1


def test_what_was_sent_in_time_shows_its_receipt_for_ever(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    while browser.path.startswith("/s/ami/section"):
        browser.press("continue")
    browser.press()
    set_days(store, closes=day(-1))
    assert "Your receipt code" in browser.open("/s/ami/thanks").text
    assert "Show the receipt" in browser.open("/s/ami").text


def test_after_results_are_made_withdrawing_says_what_remains(
    browser: PlainBrowser, store: Store
) -> None:
    begin(browser)
    assert "stays in them" not in browser.open("/s/ami/withdraw").text
    set_days(store, freeze_on=day(0))
    assert "What was counted up to then stays in them" in browser.open("/s/ami/withdraw").text
    browser.press(sure="yes")
    assert "stays in the results, without your name" in browser.text
    (row,) = store.studies.overview("ami")
    assert row.state == "withdrawn", "the answers themselves are erased all the same"


def test_days_cost_a_participant_no_query(
    browser: PlainBrowser, app: Flask, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "DOOR_SECONDS", 600.0)
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(store._engine, "before_cursor_execute", note)
    counts = []
    for study in ("ami", "dated"):
        if study == "dated":
            set_days(store, opens=day(-1), closes=day(1), freeze_on=day(0))
        else:
            assert store.studies.find("ami") is not None
        fresh = app.test_client()
        fresh.get("/s/ami")
        app.extensions["survey_app"].catalogue._doors.clear()
        fresh.get("/s/ami")
        asked.clear()
        begin(PlainBrowser(fresh))
        fresh.get("/s/ami/section/involvement")
        counts.append(len(asked))
    assert counts[0] == counts[1]
