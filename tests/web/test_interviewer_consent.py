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


STATEMENTS = [
    {"key": "quoted", "text": "You may quote me"},
    {"key": "kept", "text": "It may be kept for ten years", "required": "true"},
]
ANSWER = {"newer.recording": "no", "newer.method": "spoken", "newer.tick.kept": "yes"}


@pytest.fixture
def outdated(browser: PlainBrowser, store: Store) -> str:
    """The address of a sheet whose participant agreed to the text before the one in force."""
    interview = begin(browser, "yes")
    put_in_force(store, statements=STATEMENTS, changes="It is kept for longer.")
    browser.open(f"/interviews/{interview}")
    return interview


def read_places(browser: PlainBrowser) -> list[str]:
    return [name for name in browser.form.values if name.startswith(("note.", "text."))]


def test_consent_to_the_newer_text_is_kept_with_what_is_typed_without_leaving_the_sheet(
    browser: PlainBrowser, store: Store, outdated: str
) -> None:
    assert "newer.tick.kept" not in browser.form.values
    assert "newer.recording" not in browser.form.values
    note = next(name for name in read_places(browser) if name.startswith("note."))
    browser.press(**{note: "half a sentence", "consent": "agreed", **ANSWER})
    assert browser.path.startswith(f"/interviews/{outdated}?")
    assert "Consent to version 3 is kept" in browser.text
    assert "half a sentence" in browser.text
    assert "No recording" in browser.text
    newer, before = store.consents.of_interview(outdated)
    assert (newer.text.version, before.text.version) == ("3", "2")
    assert newer.ticks == {"agreed": True, "quoted": False, "kept": True, "recording": False}
    assert (newer.method, newer.noted_by, newer.dated, newer.language) == ("spoken", NAME, "", "en")
    state = store.interviews.find(outdated)
    assert state is not None
    runs = {run.response: store.consents.of_response(run.response) for run in state.responses}
    assert {given[0].id for given in runs.values()} == {newer.id}
    assert "newer.version" not in browser.open(f"/interviews/{outdated}").text
    record = browser.open(f"/interviews/{outdated}/consent").text
    assert newer.text.fingerprint in record
    assert "Agreed to before, in version 2" in record
    timeline = browser.open(f"/interviews/{outdated}/timeline").text
    assert "agreed to version 3" in timeline


def test_the_same_page_sent_twice_keeps_one_consent(
    browser: PlainBrowser, store: Store, outdated: str
) -> None:
    for _press in range(2):
        assert browser.post(consent="agreed", **ANSWER).status_code == 303
    assert [each.text.version for each in store.consents.of_interview(outdated)] == ["3", "2"]
    browser.open(f"/interviews/{outdated}")
    assert "agreed" not in [*browser.form.values]


def test_consent_on_paper_has_the_day_that_stands_there(
    browser: PlainBrowser, store: Store, outdated: str
) -> None:
    on_paper = {**ANSWER, "newer.method": "paper", "newer.dated": "2026-11-03"}
    browser.press(consent="agreed", **on_paper)
    given = store.consents.of_interview(outdated)[0]
    assert (given.method, given.dated, given.noted_by) == ("paper", "2026-11-03", NAME)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"newer.tick.kept": ""}, None),
        ({"newer.method": ""}, "Say whether the participant agreed aloud or on paper."),
        ({"newer.recording": ""}, "Say whether the interview may be recorded."),
        ({"newer.version": "2"}, "Another consent text is in force by now."),
        ({"newer.method": "paper", "newer.dated": "soon"}, "Write the day that stands on"),
        ({"newer.method": "paper", "newer.dated": "2999-01-01"}, "Write the day that stands on"),
    ],
)
def test_what_is_missing_is_said_and_what_was_ticked_stays(
    browser: PlainBrowser,
    store: Store,
    outdated: str,
    changed: dict[str, str],
    words: str | None,
) -> None:
    answer = {**ANSWER, "newer.tick.quoted": "yes", **changed}
    if words is None:
        del answer["newer.tick.kept"]
        words = "Nobody takes part without “It may be kept for ten years”."
    browser.press(consent="agreed", **answer)
    assert browser.page.status_code == 422
    assert words in browser.text
    assert 'href="#t-consent"' in browser.text
    assert browser.form.values["newer.tick.quoted"] == ["yes"]
    assert len(store.consents.of_interview(outdated)) == 1


def test_a_refusal_is_kept_and_the_sheet_says_what_follows(
    browser: PlainBrowser, store: Store, outdated: str
) -> None:
    browser.press(consent="declined")
    assert "P01 does not agree to version 3" in browser.text
    assert "What was said until now is kept as it was agreed to in version 2" in browser.text
    assert f"noted by {NAME}" in browser.text
    assert 'value="break_off"' in browser.text
    assert [each.text.version for each in store.consents.of_interview(outdated)] == ["2"]
    assert "Did not agree to version 3" in browser.open(f"/interviews/{outdated}/consent").text
    browser.open(f"/interviews/{outdated}")
    browser.press(consent="agreed", **ANSWER)
    assert store.consents.of_interview(outdated)[0].text.version == "3"
    assert "does not agree" not in browser.open(f"/interviews/{outdated}").text


def test_the_newer_text_is_shown_in_the_language_of_the_interview(
    browser: PlainBrowser, store: Store
) -> None:
    interview = begin(browser, "yes")
    put_in_force(
        store,
        languages=["en", "fr"],
        text={"en": "New words.", "fr": "Un nouveau texte."},
        statements=[{"key": "quoted", "text": {"en": "You may quote", "fr": "Vous citerez"}}],
    )
    page = browser.open(f"/interviews/{interview}").text
    assert "New words." in page
    assert "You may quote" in page
    assert "Un nouveau texte." not in page


def test_a_script_learns_how_the_place_looks_afterwards(
    browser: PlainBrowser, store: Store, outdated: str
) -> None:
    said = {
        "op": "consent",
        "said": "agreed",
        "version": "3",
        "method": "spoken",
        "recording": "yes",
        "ticks": ["kept", "quoted"],
    }
    body = {"client": "page", "sequence": 1, "base_revision": 0, "operations": [said]}
    headers = {"X-CSRF-Token": browser.form.values["csrf"][0]}
    for status in ("saved", "repeat"):
        answer = browser.client.post(
            f"/interviews/{outdated}/changes", json=body, headers=headers
        ).get_json()
        assert answer["status"] == status
        assert answer["consent"]["recording"] is True
        assert "Consent to version 3 is kept" in answer["consent"]["html"]
    assert len(store.consents.of_interview(outdated)) == 2


def test_nothing_is_agreed_to_once_the_interview_is_over(
    browser: PlainBrowser, store: Store, outdated: str
) -> None:
    shown = browser.page
    browser.open(f"/interviews/{outdated}/finish")
    browser.choose("rest", "yes").fill(rest_reason="no time").press()
    browser.go_back(shown)
    browser.press(consent="agreed", **ANSWER)
    assert "The interview is finished; only notes can be added." in browser.text
    assert [each.text.version for each in store.consents.of_interview(outdated)] == ["2"]
