"""Consent to a newer text in a real browser: kept in its place, by keyboard, while one types on."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from survey_app.storage.store import Store
from tests.browser import LiveServer, NewContext, find_too_wide, violations_in_either_light
from tests.web.console_scenes import (
    DESKTOP,
    SAVED,
    control,
    open_sheet,
    sign_in,
    state_of,
    type_into,
)
from tests.web.interviewing import Shelf, Studied

pytestmark = pytest.mark.browser


@pytest.fixture
def installation(talks: Path) -> Path:
    return talks


@pytest.fixture
def context(new_context: NewContext, live_server: LiveServer) -> BrowserContext:
    context = new_context(viewport=DESKTOP)
    sign_in(context, live_server.store, "first")
    return context


@pytest.fixture
def sheet(context: BrowserContext, live_server: LiveServer, begun: Studied) -> Page:
    texts = live_server.store.consents.texts("talks")
    live_server.store.consents.put_in_force(
        "talks",
        body={
            "text": "A new text, to be read aloud.",
            "statements": [{"key": "kept", "text": "It may be kept", "required": "true"}],
            "changes": "It is kept for longer.",
        },
        fingerprint="new",
        delivery="interviewer",
        by="lea",
        after=texts[0].text.version if texts else None,
    )
    return open_sheet(context, begun.address)


def count_consents(store: Store, sheet: Page) -> int:
    return len(store.consents.of_interview(Shelf.of(store, sheet.url).state.id))


def test_consent_is_kept_in_its_place_by_keyboard_and_nothing_typed_is_lost(
    sheet: Page, live_server: LiveServer
) -> None:
    before = count_consents(live_server.store, sheet)
    place, address = sheet.locator("#t-consent"), sheet.url
    expect(place).to_be_focused()
    assert violations_in_either_light(sheet) == ""
    assert find_too_wide(sheet) == []
    type_into(sheet, "half a sentence")
    agree = place.get_by_role("button", name="agrees to version")
    agree.focus()
    sheet.keyboard.press("Enter")
    expect(place.locator(".trouble")).to_contain_text("Say whether the participant agreed")
    control(sheet, "newer.method").first.focus()
    sheet.keyboard.press("Space")
    control(sheet, "newer.recording").nth(1).focus()
    sheet.keyboard.press("Space")
    agree.focus()
    sheet.keyboard.press("Enter")
    expect(place.locator(".trouble")).to_contain_text("Nobody takes part without “It may be kept”")
    control(sheet, "newer.tick.kept").focus()
    sheet.keyboard.press("Space")
    agree.focus()
    sheet.keyboard.press("Enter")
    expect(place.locator(".banner-success")).to_contain_text("Consent to version")
    expect(place).to_be_focused()
    expect(state_of(sheet)).to_have_text(SAVED)
    expect(sheet.locator("#recording-part")).to_be_hidden()
    assert sheet.url == address
    expect(control(sheet, "note.1.topics")).to_have_value("half a sentence")
    assert count_consents(live_server.store, sheet) == before + 1
    assert violations_in_either_light(sheet) == ""


def test_what_was_said_while_the_network_was_gone_is_kept_once_it_is_back(
    sheet: Page, context: BrowserContext, live_server: LiveServer
) -> None:
    before = count_consents(live_server.store, sheet)
    place = sheet.locator("#t-consent")
    for name in ("newer.method", "newer.recording", "newer.tick.kept"):
        control(sheet, name).first.check()
    context.set_offline(True)
    place.get_by_role("button", name="agrees to version").click()
    expect(state_of(sheet)).to_contain_text("1 change waiting")
    assert count_consents(live_server.store, sheet) == before
    context.set_offline(False)
    expect(place.locator(".banner-success")).to_contain_text("Consent to version")
    assert count_consents(live_server.store, sheet) == before + 1


def test_a_refusal_is_shown_with_the_way_out(sheet: Page, live_server: LiveServer) -> None:
    before = count_consents(live_server.store, sheet)
    place = sheet.locator("#t-consent")
    place.get_by_role("button", name="does not agree").click()
    expect(place).to_contain_text("does not agree to version")
    assert count_consents(live_server.store, sheet) == before
    place.get_by_role("button", name="Break off").click()
    expect(sheet).to_have_url(f"{sheet.url.split('?')[0].removesuffix('/break-off')}/break-off")
