"""A new consent text comes into force while somebody is in the middle of the questionnaire."""

import os
import re
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pypdf import PdfReader

from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.settings import Settings
from survey_app.web import catalogue
from tests.browser import LiveServer, NewContext, Witness, find_too_wide, violations_in_either_light

PICTURES = os.environ.get("SURVEY_APP_TEST_PICTURES")
"""Set in the environment, pictures of every page are kept in that folder, for people to look at."""
_numbers = count(1)


@pytest.fixture
def lead(page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The page of the study's lead; what a door says is never older than what was decided."""
    monkeypatch.setattr(catalogue, "DOOR_SECONDS", 0)
    return sign_in(page, live_server, "Léa", "study_lead")


def sign_in(page: Page, live_server: LiveServer, name: str, role: str) -> Page:
    store = live_server.store
    store.accounts.add(name)
    store.accounts.set_role(name, role, "ami")  # type: ignore[arg-type]  # a role's name
    page.goto(make_sign_in_link(Settings(url=live_server.url), store, name))
    page.get_by_role("button", name="Sign in").click()
    return page


@pytest.mark.browser
def test_who_is_in_the_middle_is_asked_once_and_the_record_is_printed(
    lead: Page, live_server: LiveServer, new_context: NewContext, witness: Witness, tmp_path: Path
) -> None:
    width = 360
    size: ViewportSize = {"width": width, "height": 900}
    lead.set_viewport_size(size)
    person = new_context(viewport=size, java_script_enabled=False).new_page()
    person.goto(f"{live_server.url}/s/ami")
    look(person, width, "door", script=False)
    person.get_by_label("I have read this").check()
    person.get_by_role("button", name="Begin").click()
    person.get_by_label("2016–2017").or_(person.get_by_label("2016-2017")).check()

    put_in_force(lead, live_server, width)

    person.get_by_role("button", name="Continue").click()
    expect(person.get_by_role("heading", level=1)).to_have_text("What you agree to has changed")
    expect(person.get_by_text("Answers are kept for ten years.").first).to_be_visible()
    person.get_by_role("button", name="Agree and go on").click()
    look(person, width, "not-ticked", script=False)
    expect(person.get_by_role("alert")).to_contain_text("Tick the box if you agree")
    person.get_by_label("I have read this").check()
    person.get_by_label("What I write may be quoted").check()
    look(person, width, "asked-again", script=False)
    person.get_by_role("button", name="Agree and go on").click()
    person.wait_for_url("**/section/role")
    for _ in range(3):
        person.locator('button[value="continue"]').click()
    person.get_by_role("button", name="Send my answers").click()
    expect(person.get_by_role("heading", level=1)).to_have_text("Thank you")
    look(person, width, "thanks", script=False)

    person.get_by_role("link", name="What I agreed to").click()
    look(person, width, "record", script=False)
    expect(person.get_by_text("Agreed to before, in version 1")).to_be_visible()
    printed = tmp_path / "record.pdf"
    person.pdf(path=printed, format="A4", tagged=True)
    keep(printed.read_bytes(), f"record-{width}.pdf")
    text = "\n".join(page.extract_text() for page in PdfReader(printed).pages)
    assert text.count("It is your choice.") == 2
    assert re.search(r"version 3, in force since \d{4}-\d\d-\d\d", text)
    fingerprints = [each.text.fingerprint for each in live_server.store.consents.texts("ami")]
    assert fingerprints[0] in text.replace("\n", "")

    lead.goto(f"{live_server.url}/studies/ami/consent")
    expect(lead.get_by_role("row").nth(1)).to_contain_text("in force")
    look(lead, width, "texts")
    lead.get_by_role("link", name="Consents given").click()
    look(lead, width, "given")
    lead.get_by_role("link", name="without a code").click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text("Consent of")
    look(lead, width, "staff-record")
    # The browser itself tells of the two pages that were sent back.
    assert [each for each in witness.complaints if "422" not in each] == []


@pytest.mark.browser
def test_every_page_about_consent_holds_the_rules_of_access(
    page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch, witness: Witness
) -> None:
    width = 320
    monkeypatch.setattr(catalogue, "DOOR_SECONDS", 0)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}/s/ami")
    look(page, width, "door-with-boxes")
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/section/involvement")
    statements = [{"key": "kept", "text": "I know how long", "required": "true"}]
    live_server.store.consents.put_in_force(
        "ami",
        body={"title": "Newer", "text": "Ten years.", "statements": statements},
        fingerprint="f",
        delivery="self",
        by="Léa",
        after="2",
    )
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you agree to has changed")
    look(page, width, "newer")
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Agree and go on").click()
    expect(page.get_by_role("alert")).to_contain_text("without it nobody can take part")
    look(page, width, "needed")
    page.get_by_label("I know how long").check()
    page.get_by_role("button", name="Agree and go on").click()
    page.wait_for_url("**/section/role")
    page.get_by_role("link", name="What I agreed to").click()
    look(page, width, "own-record")
    assert [each for each in witness.complaints if "422" not in each] == []


def put_in_force(lead: Page, live_server: LiveServer, width: int) -> None:
    """The lead finds the page, writes a new text, looks at it, and puts it into force."""
    lead.goto(f"{live_server.url}/instruments")
    lead.get_by_role("link", name="consent texts of").click()
    look(lead, width, "texts-before")
    lead.get_by_role("link", name="Version 1").click()
    look(lead, width, "text")
    lead.get_by_role("link", name="All consent texts").click()
    lead.get_by_role("link", name="Write a new text for the web").click()
    expect(lead.get_by_label("On the web", exact=True)).to_be_checked()
    typed = lead.get_by_label("Text", exact=True)
    typed.fill(f"{typed.input_value()}\nAnswers are kept for ten years.\n")
    lead.get_by_role("button", name="Look at it").click()
    expect(lead.get_by_role("alert")).to_contain_text("Say in a sentence what is new")
    look(lead, width, "nothing-new")
    lead.get_by_label("What is new, in a sentence").fill("How long answers are kept is said.")
    lead.get_by_role("button", name="Look at it").click()
    look(lead, width, "preview")
    lead.get_by_role("button", name="Put into force").click()
    expect(lead.get_by_text("Version 3 is in force")).to_be_visible()
    look(lead, width, "in-force")


@pytest.mark.browser
def test_the_interviewers_sheet_says_whether_recording_was_agreed_and_prints_who_read_the_text(
    page: Page, live_server: LiveServer, witness: Witness
) -> None:
    width = 360
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, live_server, "Ivy", "interviewer")
    page.goto(f"{live_server.url}/interviews/new?study=ami")
    page.get_by_label("Participant’s code").fill("P01")
    page.locator('[name="agreed"]').check()
    page.get_by_label("What I say may be quoted").check()
    page.get_by_label("Yes, recording is permitted").check()
    look(page, width, "new-interview")
    page.get_by_role("button", name="Begin the interview").click()
    expect(page.get_by_text("Recording agreed")).to_be_visible()
    look(page, width, "sheet")
    interview = page.url.rsplit("/", 1)[-1]
    page.goto(f"{live_server.url}/interviews/{interview}/consent")
    expect(page.get_by_text("spoken; the text was read aloud by Ivy")).to_be_visible()
    look(page, width, "spoken-record")
    assert witness.complaints == []


def look(page: Page, width: int, name: str, *, script: bool = True) -> None:
    """Hold a page to the rules at a width, and keep a picture of it where asked to."""
    if script:
        assert violations_in_either_light(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert find_too_wide(page) == []
    if PICTURES:
        path = Path(PICTURES) / f"{width}-{next(_numbers):02}-{name}.png"
        page.screenshot(path=path, full_page=True)


def keep(content: bytes, name: str) -> None:
    """Keep a file beside the pictures, where asked to."""
    if PICTURES:
        (Path(PICTURES) / name).write_bytes(content)
