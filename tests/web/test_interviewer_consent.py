"""Consent before an interview: each statement asked for aloud, on paper, and printed afterwards."""

import re

import pytest
from flask import Flask

from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in

NAME = "the interviewer of ami"


@pytest.fixture
def browser(app: Flask, settings: Settings, store: Store) -> PlainBrowser:
    return sign_in(app, settings, store, role="interviewer")


def begin(browser: PlainBrowser, recording: str, *ticks: str) -> str:
    browser.open("/interviews/new?study=ami")
    browser.fill(code="P01").choose("agreed", "yes").choose("recording", recording)
    browser.choose("tick", *ticks).press()
    return browser.path.rsplit("/", 1)[-1]


@pytest.mark.parametrize(
    ("recording", "ticks", "mark"),
    [("yes", ("quoted",), "Recording agreed"), ("no", (), "No recording")],
)
def test_what_was_said_is_kept_and_the_sheet_says_whether_to_record(
    browser: PlainBrowser, store: Store, recording: str, ticks: tuple[str, ...], mark: str
) -> None:
    browser.open("/interviews/new?study=ami")
    assert "A recording is made only if you agree to it." in browser.text
    assert "tick" not in browser.form.values
    interview = begin(browser, recording, *ticks)
    assert mark in browser.text
    (given,) = store.consents.of_interview(interview)
    assert given.ticks == {
        "agreed": True,
        "recording": recording == "yes",
        "quoted": bool(ticks),
    }
    assert (given.method, given.noted_by, given.text.version) == ("spoken", NAME, "2")


def test_a_statement_that_is_needed_holds_the_interview_back(
    browser: PlainBrowser, store: Store
) -> None:
    statements = [
        {"key": key, "text": f"About {key}", "required": "true"} for key in ("recording", "kept")
    ]
    store.consents.put_in_force(
        "ami",
        body={"delivery": "interviewer", "text": "New.", "statements": statements},
        fingerprint="f",
        delivery="interviewer",
        by="lea",
        after="2",
    )
    begin(browser, "no")
    assert browser.page.status_code == 422
    assert 'href="#tick-kept"' in browser.text
    assert 'href="#recording"' in browser.text
    browser.choose("recording", "yes").choose("tick", "kept").press()
    assert browser.page.status_code == 200
    assert "/interviews/new" not in browser.path


@pytest.mark.parametrize("ticks", [(), ("quoted",)])
def test_the_printed_sheet_has_a_box_for_each_statement(
    browser: PlainBrowser, ticks: tuple[str, ...]
) -> None:
    interview = begin(browser, "no", *ticks)
    words = "What I say may be quoted word for word, without my name"
    filled = re.sub(
        r"\s+", " ", re.sub("<[^>]+>", "", browser.open(f"/interviews/{interview}/print").text)
    )
    assert (f"(ticked) {words}" in filled) == bool(ticks)
    assert words in filled
    for blank in ("sheet/print?study=ami", "sheet/ami-survey@1.0.1/print?study=ami"):
        assert words in browser.open(f"/interviews/{blank}").text
    assert words not in browser.open("/interviews/sheet/ami-survey@1.0.1/print").text


def put_in_force(store: Store, **changed: object) -> None:
    body = {"delivery": "interviewer", "text": "New.", "statements": [], **changed}
    store.consents.put_in_force(
        "ami", body=body, fingerprint="f", delivery="interviewer", by="lea", after="2"
    )


def test_whoever_goes_on_after_the_text_has_changed_is_told_what_is_new(
    browser: PlainBrowser, store: Store
) -> None:
    interview = begin(browser, "yes")
    assert "consent text is a newer one" not in browser.text
    put_in_force(store, changes="It may take **90** minutes.")
    page = browser.open(f"/interviews/{interview}").text
    assert "P01 agreed to version 2; version 3 is in force." in page
    assert "It may take <strong>90</strong> minutes." in page
    assert store.consents.of_interview(interview)[0].text.version == "2"


def test_a_newer_text_says_nothing_on_a_sheet_that_is_finished(
    browser: PlainBrowser, store: Store
) -> None:
    interview = begin(browser, "yes")
    browser.open(f"/interviews/{interview}/finish")
    browser.choose("rest", "yes").fill(rest_reason="no time").press()
    put_in_force(store)
    page = browser.open(f"/interviews/{interview}").text
    assert "This interview is finished" in page
    assert "consent text is a newer one" not in page


def test_the_record_names_who_read_the_text_aloud(browser: PlainBrowser, store: Store) -> None:
    interview = begin(browser, "yes")
    page = browser.open(f"/interviews/{interview}/consent").text
    (given,) = store.consents.of_interview(interview)
    assert f"spoken; the text was read aloud by {NAME}" in page
    assert "The interview may be recorded" in page
    assert "Consent of P01" in page
    assert given.text.fingerprint in page
    summary = browser.open(f"/interviews/{interview}/summary").text
    assert f'href="/interviews/{interview}/consent"' in summary


@pytest.mark.parametrize(("version", "ticks"), [("2", {"quoted": True}), ("1", {})])
def test_consent_on_paper_has_its_day_and_who_noted_it(
    browser: PlainBrowser, store: Store, version: str, ticks: dict[str, bool]
) -> None:
    browser.open("/interviews/key-in?study=ami")
    head = {"code": "P02", "day": "2026-11-02", "begun": "14:05", "ended": "14:50"}
    browser.fill(**head, consent_version=version).choose("agreed", "yes").choose("recording", "no")
    browser.choose("tick", "quoted").press()
    assert browser.page.status_code == 200
    (given,) = store.consents.given("ami")
    assert (given.method, given.dated, given.noted_by) == ("paper", "2026-11-02", NAME)
    assert given.ticks == {"agreed": True, "recording": False, **ticks}
    interview = browser.path.rsplit("/", 1)[-1]
    page = browser.open(f"/interviews/{interview}/consent").text
    assert f"2026-11-02, on paper; noted by {NAME}" in page
