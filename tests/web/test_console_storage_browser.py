"""Where nothing can be kept on the computer, and the file that is kept instead."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.browser import violations_in_either_light
from tests.web.console_scenes import (
    DESKTOP,
    NOTE,
    READY,
    SAVED,
    Installation,
    control,
    installed,
    notice,
    open_sheet,
    sign_in,
    state_of,
    type_into,
    wait_for_records,
    without,
)
from tests.web.interviewing import Studied

pytestmark = pytest.mark.browser

# As Chromium does it: the write begins, then its transaction is taken back.
FILL_DISK = """() => {
    const put = IDBObjectStore.prototype.put;
    window.makeRoom = () => { IDBObjectStore.prototype.put = put; };
    IDBObjectStore.prototype.put = function (...given) {
        queueMicrotask(() => this.transaction.abort());
        return put.apply(this, given);
    };
}"""
KEEP_OPEN = "page open until it says Saved"


@pytest.fixture
def place(tmp_path: Path, talks: Path) -> Iterator[Installation]:
    with installed(tmp_path, talks) as place:
        yield place


@pytest.fixture
def context(chromium: Browser, place: Installation) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        base_url=place.url,
        viewport=DESKTOP,  # type: ignore[arg-type]
        accept_downloads=True,
    )
    context.set_default_timeout(10_000)
    sign_in(context, place.store, "first")
    yield context
    context.close()


@pytest.fixture
def sheet(context: BrowserContext, begun: Studied) -> Page:
    return open_sheet(context, begun.address)


def test_a_full_disk_is_said_and_saving_to_the_server_goes_on(
    context: BrowserContext, sheet: Page, place: Installation
) -> None:
    sheet.evaluate(FILL_DISK)
    control(sheet, NOTE).fill("x" * 20_000)
    expect(notice(sheet, "journal")).to_contain_text("This computer’s storage is full")
    expect(notice(sheet, "journal")).to_contain_text(KEEP_OPEN)
    expect(state_of(sheet)).to_have_text(SAVED)
    assert place.shelf(sheet.url).notes == {("topics", "during"): "x" * 20_000}
    sheet.evaluate("window.makeRoom()")
    context.set_offline(True)
    control(sheet, NOTE).fill("room again")
    expect(notice(sheet, "journal")).to_be_hidden()
    wait_for_records(sheet, 2)


@pytest.mark.parametrize("missing", ["indexedDB", "isSecureContext"])
def test_without_a_journal_it_is_said_before_the_call_and_the_sheet_works_on(
    context: BrowserContext, place: Installation, missing: str
) -> None:
    without(context, missing)
    page = context.new_page()
    page.goto("/interviews/new?study=talks")
    readiness = page.locator("#journal-readiness")
    expect(readiness).to_contain_text(KEEP_OPEN)
    page.get_by_label("Participant’s code").fill("P01")
    page.get_by_label("the participant has agreed").check()
    page.get_by_label("Yes, recording is permitted").check()
    page.get_by_role("button", name="Begin the interview").click()
    expect(state_of(page)).to_have_text(READY)
    expect(notice(page, "journal")).to_contain_text(KEEP_OPEN)
    context.set_offline(True)
    type_into(page, "on this page alone")
    expect(notice(page, "offline")).to_contain_text("What waits is on this page alone")
    context.set_offline(False)
    expect(state_of(page)).to_have_text(SAVED)
    assert place.shelf(page.url).notes == {("topics", "during"): "on this page alone"}


def test_before_the_call_it_is_said_that_words_are_kept_sealed(sheet: Page) -> None:
    sheet.goto("/interviews/new?study=talks")
    readiness = sheet.locator("#journal-readiness")
    expect(readiness).to_contain_text("what you type is kept on this computer, sealed")


def test_finishing_waits_for_the_server_and_offers_the_lifeboat_meanwhile(
    context: BrowserContext, sheet: Page, place: Installation
) -> None:
    context.set_offline(True)
    type_into(sheet, "the last word")
    address = sheet.url
    sheet.get_by_role("button", name="Finish").first.click()
    expect(notice(sheet, "finishing")).to_contain_text("once everything is at the server")
    assert sheet.url == address
    with sheet.expect_download() as download:
        notice(sheet, "finishing").get_by_role("button", name="Keep a sealed copy").click()
    sealed = download.value.path().read_text()
    assert "last word" not in sealed
    context.set_offline(False)
    sheet.wait_for_url("**/finish")
    assert place.shelf(address).notes == {("topics", "during"): "the last word"}


@pytest.mark.parametrize("stays", ["button", "typing"])
def test_whoever_stays_on_the_sheet_is_not_taken_away_later(
    context: BrowserContext, sheet: Page, stays: str
) -> None:
    context.set_offline(True)
    type_into(sheet, "one word")
    address = sheet.url
    sheet.get_by_role("button", name="Finish").first.click()
    expect(notice(sheet, "finishing")).to_be_visible()
    if stays == "button":
        notice(sheet, "finishing").get_by_role("button", name="Stay on the sheet").click()
    else:
        type_into(sheet, " more")
    expect(notice(sheet, "finishing")).to_be_hidden()
    context.set_offline(False)
    expect(state_of(sheet)).to_have_text(SAVED)
    assert sheet.url == address


def save_lifeboat(place: Installation, context: BrowserContext, sheet: Page, words: str) -> str:
    """Type without a network, keep the sealed copy, and lose the page.

    The server is gone as well by then: what a closing page still sends is not held up by the
    browser's being offline.
    """
    context.set_offline(True)
    type_into(sheet, words)
    expect(state_of(sheet)).to_contain_text("1 change waiting")
    sheet.get_by_text("Sealed copy", exact=True).click()
    with sheet.expect_download() as download:
        sheet.get_by_role("button", name="Save a sealed copy").click()
    sealed = download.value.path().read_text()
    place.stop()
    sheet.close(run_before_unload=False)
    place.start()
    return sealed


def elsewhere(chromium: Browser, place: Installation, address: str) -> Page:
    """Open the sheet on another computer, signed in again."""
    context = chromium.new_context(base_url=place.url, viewport=DESKTOP)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    sign_in(context, place.store, "elsewhere")
    page = context.new_page()
    page.goto(address)
    wait_for_records(page, 1)
    return page


def read_back(page: Page, sealed: str) -> None:
    boat: FilePayload = {
        "name": "lifeboat.json",
        "mimeType": "application/json",
        "buffer": sealed.encode(),
    }
    page.locator("[data-lifeboat]").set_input_files(boat)


def test_a_lifeboat_is_read_back_in_on_another_computer_after_signing_in(
    chromium: Browser, context: BrowserContext, sheet: Page, place: Installation
) -> None:
    address = sheet.url
    sealed = save_lifeboat(place, context, sheet, "saved from the flood")
    page = elsewhere(chromium, place, address)
    read_back(page, sealed)
    expect(notice(page, "back")).to_contain_text("1 change from before was brought back.")
    expect(control(page, NOTE)).to_have_value("saved from the flood")
    expect(state_of(page)).to_have_text(SAVED)
    assert place.shelf(address).notes == {("topics", "during"): "saved from the flood"}
    page.context.close()


def damage(sealed: str) -> str:
    boat = json.loads(sealed)
    text = boat["records"][-1]["sealed"]
    boat["records"][-1]["sealed"] = ("B" if text[0] == "A" else "A") + text[1:]
    return json.dumps(boat)


def cut(sealed: str) -> str:
    return sealed[: len(sealed) // 2]


def move(sealed: str) -> str:
    return json.dumps({**json.loads(sealed), "interview": "another"})


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (damage, "it is damaged, or the interview was finished"),
        (cut, "it is not a sealed copy"),
        (move, "from another interview"),
    ],
    ids=["one bit", "half of it", "another interview"],
)
def test_a_lifeboat_that_is_spoilt_is_refused_with_a_sentence(
    chromium: Browser,
    context: BrowserContext,
    sheet: Page,
    place: Installation,
    spoil: object,
    sentence: str,
) -> None:
    address = sheet.url
    sealed = save_lifeboat(place, context, sheet, "saved from the flood")
    page = elsewhere(chromium, place, address)
    assert callable(spoil)
    read_back(page, spoil(sealed))
    expect(notice(page, "boat")).to_contain_text(sentence)
    expect(control(page, NOTE)).to_have_value("")
    read_back(page, sealed)
    expect(control(page, NOTE)).to_have_value("saved from the flood")
    page.context.close()


def test_the_notices_are_accessible_move_nothing_and_take_no_focus(
    context: BrowserContext, sheet: Page
) -> None:
    field = control(sheet, NOTE)
    field.focus()
    before = field.bounding_box()
    context.clear_cookies()
    type_into(sheet, "on we go")
    expect(notice(sheet, "signing")).to_be_visible()
    expect(field).to_be_focused()
    assert field.bounding_box() == before
    assert violations_in_either_light(sheet) == ""
    for width in (1280, 640, 360):
        sheet.set_viewport_size({"width": width, "height": 800})
        assert sheet.evaluate("document.documentElement.scrollWidth") <= width
