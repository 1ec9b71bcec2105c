"""One writer at a time: a second tab, a second device, taking over, and observers who read along."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.web.console_scenes import (
    DESKTOP,
    NOTE,
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

READING = re.compile("You are reading along: ivy writes in another window or on another device")


@pytest.fixture
def place(tmp_path: Path, talks: Path) -> Iterator[Installation]:
    with installed(tmp_path, talks) as place:
        yield place


@pytest.fixture
def devices(chromium: Browser, place: Installation) -> Iterator[list[BrowserContext]]:
    """Two computers on which the same interviewer is signed in, and an observer's."""
    made = []
    for number, name in enumerate(("ivy", "ivy", "olga")):
        context = chromium.new_context(base_url=place.url, viewport=DESKTOP)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        sign_in(context, place.store, f"link-{number}", name)
        made.append(context)
    yield made
    for context in made:
        context.close()


@pytest.fixture
def sheet(devices: list[BrowserContext], begun: Studied) -> Page:
    return open_sheet(devices[0], begun.address)


def open_second(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def expect_reading(page: Page) -> None:
    expect(notice(page, "reading")).to_contain_text(READING)
    expect(state_of(page)).not_to_have_text("Saves as you type")
    expect(control(page, NOTE)).not_to_be_editable()
    expect(page.locator('[name="state.1.topics.ethics"]').first).to_be_disabled()


def expect_writing(page: Page) -> None:
    expect(notice(page, "reading")).to_be_hidden()
    expect(control(page, NOTE)).to_be_editable()
    expect(page.locator('[name="state.1.topics.ethics"]').first).to_be_enabled()


@pytest.mark.parametrize("device", [0, 1], ids=["second tab", "second device"])
def test_a_second_window_reads_along_until_it_takes_over(
    devices: list[BrowserContext], sheet: Page, place: Installation, device: int
) -> None:
    second = open_second(devices[device], sheet.url)
    expect_reading(second)
    expect_writing(sheet)
    type_into(sheet, "from the first")
    sheet.locator('[name="state.1.topics.ethics"][value="raised_unprompted"]').check()
    control(sheet, "text.1.topics.other:1").fill("sleep")
    expect(state_of(sheet)).to_have_text(SAVED)
    expect(control(second, NOTE)).to_have_value("from the first")
    expect(second.locator('[name="state.1.topics.ethics"]:checked')).to_have_value(
        "raised_unprompted"
    )
    expect(control(second, "text.1.topics.other:1")).to_have_value("sleep")
    second.get_by_role("button", name="Take over").click()
    expect_writing(second)
    sheet.evaluate("window.dispatchEvent(new Event('focus'))")
    expect_reading(sheet)
    type_into(second, ", and the second")
    expect(state_of(second)).to_have_text(SAVED)
    expect(second.locator(".trouble")).to_have_count(0)
    expect(control(sheet, NOTE)).to_have_value("from the first, and the second")
    notes = place.shelf(sheet.url).notes
    assert notes == {("topics", "during"): "from the first, and the second"}


def test_words_of_a_window_that_was_taken_over_stay_in_sight_and_are_sent(
    devices: list[BrowserContext], sheet: Page, place: Installation
) -> None:
    second = open_second(devices[1], sheet.url)
    expect_reading(second)
    devices[0].set_offline(True)
    type_into(sheet, "of the first")
    control(sheet, "note.1.topics.ethics").fill("aside")
    wait_for_records(sheet, 3)
    second.get_by_role("button", name="Take over").click()
    expect_writing(second)
    type_into(second, "of the second")
    expect(state_of(second)).to_have_text(SAVED)
    devices[0].set_offline(False)
    expect_reading(sheet)
    expect(control(sheet, NOTE)).to_have_value("of the first")
    trouble = sheet.locator(".trouble")
    expect(trouble).to_contain_text("There: of the second")
    expect(trouble).to_contain_text("Here: of the first")
    stored = place.shelf(sheet.url)
    assert stored.notes == {
        ("topics", "during"): "of the second",
        ("topics.ethics", "during"): "aside",
    }
    entries = place.store.interviews.timeline(sheet.url.rsplit("/", maxsplit=1)[1])
    kept = [each["text"] for entry in entries for each in entry.operations if each.get("text")]
    assert {"of the first", "of the second", "aside"} <= set(kept)
    keep = trouble.get_by_role("button", name="Keep what is here")
    expect(keep).to_be_disabled()
    # The one who writes sees what came from the other window, where they are not typing.
    second.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(control(second, "note.1.topics.ethics")).to_have_value("aside")
    sheet.get_by_role("button", name="Take over").click()
    keep.click()
    expect(state_of(sheet)).to_have_text(SAVED)
    assert place.shelf(sheet.url).notes[("topics", "during")] == "of the first"
    second.evaluate("window.dispatchEvent(new Event('focus'))")
    expect_reading(second)
    expect(control(second, NOTE)).to_have_value("of the first")


def test_a_closed_sheet_leaves_the_writing_to_the_next_one_opened(
    devices: list[BrowserContext], sheet: Page
) -> None:
    address = sheet.url
    sheet.goto("/interviews")
    second = devices[1].new_page()
    with second.expect_response("**/presence") as heard:
        second.goto(address)
    assert heard.value.json()["lease"]["mine"]
    type_into(second, "from elsewhere")
    expect(state_of(second)).to_have_text(SAVED)
    expect_writing(second)


def test_the_only_sheet_of_a_browser_writes_though_the_goodbye_of_the_one_before_was_lost(
    devices: list[BrowserContext], sheet: Page
) -> None:
    """Without the journal, so that it is another page to the server."""
    address = sheet.url
    sheet.goto("/interviews")
    without(devices[0], "indexedDB")
    devices[0].route("**/presence", lose_goodbye)
    first = devices[0].new_page()
    for page in (first, devices[0].new_page()):
        with page.expect_response("**/presence") as heard:
            page.goto(address)
        assert heard.value.json()["lease"]["mine"]
        page.close(run_before_unload=False)


def lose_goodbye(route: Route) -> None:
    if (route.request.post_data_json or {}).get("release"):
        route.abort()
    else:
        route.continue_()


def test_a_sheet_that_is_loaded_again_goes_on_writing(
    devices: list[BrowserContext], sheet: Page
) -> None:
    for _ in range(2):
        sheet.reload()
        wait_for_records(sheet, 1)
        with sheet.expect_response("**/presence") as heard:
            sheet.evaluate("window.dispatchEvent(new Event('focus'))")
        assert heard.value.json()["lease"]["mine"]
        expect_writing(sheet)


def test_a_window_that_reads_along_goes_on_where_the_one_that_wrote_is_closed(
    devices: list[BrowserContext], sheet: Page, place: Installation
) -> None:
    second = open_second(devices[0], sheet.url)
    expect_reading(second)
    type_into(sheet, "from the first")
    expect(state_of(sheet)).to_have_text(SAVED)
    sheet.close()
    expect_writing(second)
    expect(control(second, NOTE)).to_have_value("from the first")
    type_into(second, ", and the second")
    expect(state_of(second)).to_have_text(SAVED)
    notes = place.shelf(second.url).notes
    assert notes == {("topics", "during"): "from the first, and the second"}


def test_closing_a_window_takes_nothing_from_another_device_that_writes(
    devices: list[BrowserContext], sheet: Page
) -> None:
    second = open_second(devices[0], sheet.url)
    expect_reading(second)
    elsewhere = open_second(devices[1], sheet.url)
    expect_reading(elsewhere)
    elsewhere.get_by_role("button", name="Take over").click()
    expect_writing(elsewhere)
    with second.expect_response("**/presence") as heard:
        sheet.close()
    assert not heard.value.json()["lease"]["mine"]
    expect_reading(second)
    expect_writing(elsewhere)


def test_a_window_brings_back_what_a_dead_one_beside_it_had_not_sent(
    devices: list[BrowserContext], sheet: Page, place: Installation
) -> None:
    second = open_second(devices[0], sheet.url)
    expect_reading(second)
    devices[0].set_offline(True)
    type_into(sheet, "nobody has this yet")
    wait_for_records(sheet, 3)  # two pages, one change
    sheet.close(run_before_unload=False)
    devices[0].set_offline(False)
    expect_writing(second)
    expect(control(second, NOTE)).to_have_value("nobody has this yet")
    expect(notice(second, "back")).to_contain_text("1 change from before was brought back.")
    expect(state_of(second)).to_have_text(SAVED)
    assert place.shelf(second.url).notes == {("topics", "during"): "nobody has this yet"}


def test_an_observer_reads_along_and_writes_notes_of_their_own(
    devices: list[BrowserContext], sheet: Page, place: Installation
) -> None:
    watching = open_second(devices[2], sheet.url)
    expect(notice(watching, "observing")).to_be_visible()
    expect(control(watching, NOTE)).not_to_be_editable()
    type_into(sheet, "she laughs")
    expect(state_of(sheet)).to_have_text(SAVED)
    expect(control(watching, NOTE)).to_have_value("she laughs")
    own = control(watching, "observer.1.topics")
    own.fill("a long silence before")
    expect(state_of(watching)).to_have_text(SAVED)
    watching.wait_for_timeout(3_500)  # it follows along and leaves what is its own
    expect(own).to_have_value("a long silence before")
    watching.reload()
    expect(own).to_have_value("a long silence before")
    notes = {(note.kind, note.author): note.text for note in place.shelf(sheet.url).state.notes}
    assert notes == {("note", "ivy"): "she laughs", ("observer", "olga"): "a long silence before"}
    expect_writing(sheet)
