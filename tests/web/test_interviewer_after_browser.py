"""The pages before and after the call in a real browser: saved as typed, quick, in order."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import LiveServer, NewContext, violations, violations_in_either_light
from tests.web.interviewing import Shelf, add_people, add_study, make_sign_in

pytestmark = pytest.mark.browser

SAVED = re.compile(r"Saved \d\d:\d\d:\d\d")


@pytest.fixture
def context(new_context: NewContext, live_server: LiveServer) -> BrowserContext:
    """A window beside a video call, in which ivy is signed in."""
    add_study(live_server.store)
    add_people(live_server.store)
    made = new_context(viewport={"width": 640, "height": 800})
    page = made.new_page()
    page.goto(make_sign_in(live_server.store, "ivy", "link"))
    # Leaving a page that still loads would leave its files open on the server.
    with page.expect_navigation():
        page.locator("main button[type=submit]").click()
    page.close()
    return made


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def address(page: Page) -> str:
    """The address of an interview that was begun by its page."""
    page.goto("/interviews/new?study=talks")
    page.get_by_label("Participant’s code").fill("P01")
    page.get_by_label("Read aloud, version 2").check()
    page.get_by_label("Yes, recording is permitted").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Begin the interview").click()
    expect(page).to_have_url(re.compile("/interviews/[0-9a-f]{32}"))
    return re.split("[#?]", page.url)[0]


@pytest.fixture
def shelf(live_server: LiveServer, address: str) -> Callable[[], Shelf]:
    return lambda: Shelf.of(live_server.store, address)


def test_the_page_says_before_the_call_whether_this_browser_keeps_a_journal(page: Page) -> None:
    page.goto("/interviews/new?study=talks")
    said = page.locator("#journal-readiness")
    expect(said).to_have_attribute("data-readiness", "ready")
    expect(said).to_contain_text("sealed")


def test_the_summary_is_saved_as_it_is_typed_and_stamped_as_later(
    page: Page, address: str, shelf: Callable[[], Shelf]
) -> None:
    page.goto(f"{address}/finish")
    page.get_by_role("button", name="Finish the interview").click()
    expect(page).to_have_url(f"{address}/summary")
    page.get_by_label("What were the main issues?").press_sequentially("Support at night")
    page.get_by_label("How was it for you").fill("I talked too much")
    expect(page.locator("#save-state")).to_have_text(SAVED)
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_hidden()
    notes = {f"{each.kind}.{each.stream}": each for each in shelf().state.notes}
    assert {name: (each.text, each.added) for name, each in notes.items()} == {
        "summary.main_issues": ("Support at night", "after"),
        "journal.journal": ("I talked too much", "after"),
    }
    page.reload()
    expect(page.get_by_label("What were the main issues?")).to_have_value("Support at night")
    expect(page.get_by_text("0 min after the end")).to_have_count(2)


def test_the_summary_leads_on_only_once_everything_is_saved(
    context: BrowserContext, page: Page, address: str, shelf: Callable[[], Shelf]
) -> None:
    page.goto(f"{address}/summary")
    expect(page.locator("#save-state")).to_have_text("Saves as you type")
    context.set_offline(True)
    page.get_by_label("What else should be remembered?").fill("the last word")
    page.get_by_role("button", name="Save and go to all interviews").click()
    expect(page.locator("#save-state")).to_contain_text("Not saved: retrying")
    expect(page).to_have_url(f"{address}/summary")
    context.set_offline(False)
    expect(page).to_have_url(re.compile("/interviews$"))
    assert [each.text for each in shelf().state.notes] == ["the last word"]


def test_it_is_broken_off_once_everything_is_saved_and_goes_on_where_it_stopped(
    context: BrowserContext, page: Page, address: str, shelf: Callable[[], Shelf]
) -> None:
    expect(page.locator("#save-state")).to_have_text("Saves as you type")
    context.set_offline(True)
    page.locator('[name="note.1.topics"]').fill("until the ward called")
    page.get_by_role("button", name="Break off").click()
    expect(page.locator("#save-state")).to_contain_text("Not saved: retrying")
    context.set_offline(False)
    expect(page).to_have_url(f"{address}/break-off")
    assert shelf().notes == {("topics", "during"): "until the ward called"}
    page.get_by_label("Why is it broken off?").fill("The ward called")
    page.get_by_label("Yes, I will call back").check()
    page.get_by_label("When and how").fill("Tuesday at four")
    page.get_by_label("Where to go on").select_option(label="4. How many mentees did you have?")
    with page.expect_navigation():
        page.get_by_role("button", name="Break off the interview").click()
    page.goto("/interviews")
    go_on = page.get_by_role("link", name="Go on")
    expect(go_on).to_be_in_viewport()
    go_on.click()
    expect(page).to_have_url(f"{address}#t-1.mentees")
    expect(page.locator('[id="t-1.mentees"]')).to_be_in_viewport()


def test_the_timeline_shows_its_words_beside_a_video_window(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 640, "height": 800})
    page.goto(f"{address}/timeline")
    expect(page.get_by_role("columnheader", name="In words")).to_be_in_viewport(ratio=1)


def test_the_list_is_whole_beside_a_video_window(page: Page, address: str) -> None:
    del address
    page.goto("/interviews/key-in?study=talks")
    head = {"code": "PARTICIPANT-0123456", "day": "2026-11-02", "by": "Ida Berg"}
    for name, text in {**head, "begun": "14:05", "ended": "14:50"}.items():
        page.locator(f'[name="{name}"]').fill(text)
    page.locator('[name="agreed"]').check()
    page.locator('[name="recording"][value="no"]').check()
    with page.expect_navigation():
        page.get_by_role("button", name="First the times").click()
    assert violations(page) == ""
    page.goto("/interviews")
    table = page.locator(".table-scroll")
    assert table.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_the_pages_are_accessible_and_no_wider_than_the_window(page: Page, address: str) -> None:
    own = [
        f"{address}/{name}" for name in ("finish", "break-off", "summary", "timeline", "withdraw")
    ]
    before = ["/interviews", "/interviews/new?study=talks", "/interviews/key-in?study=talks"]
    for path in [*before, *own]:
        page.goto(path)
        page.locator("h1").wait_for()
        for width in (1440, 360):
            page.set_viewport_size({"width": width, "height": 800})
            assert violations_in_either_light(page) == "", (path, width)
            wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            assert not page.evaluate(wider), (path, width)
