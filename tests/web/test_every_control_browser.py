"""Every control in a real browser: how it lies at each width, and what a page with mistakes is like."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import LiveServer, NewContext, violations
from tests.web.every_control import ADDRESS, add_every_control

pytestmark = pytest.mark.browser

WIDTHS = (320, 360, 768, 1280)


def begin(new_context: NewContext, server: LiveServer, width: int = 360) -> Page:
    """The first section, on a page of this width."""
    add_every_control(server.store)
    page = new_context(viewport={"width": width, "height": 740}).new_page()
    page.goto(ADDRESS)
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Begin").click()
    return page


def tops(buttons: Locator) -> set[float]:
    """How high the buttons stand on the page; one number if they lie side by side."""
    buttons.first.wait_for()
    found: list[float] = buttons.evaluate_all(
        "all => all.map(each => Math.round(each.getBoundingClientRect().top))"
    )
    return set(found)


def fits(page: Page, width: int) -> bool:
    """Whether nothing has to be scrolled sideways."""
    scrolled: int = page.evaluate("document.documentElement.scrollWidth")
    return scrolled <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_a_scale_lies_flat_where_there_is_room_and_is_stacked_where_there_is_not(
    new_context: NewContext, live_server: LiveServer, width: int
) -> None:
    page = begin(new_context, live_server, width)
    flat = width >= 640
    points = page.locator("#q-met [type=radio]:not([value^=':'])")
    numbers = page.locator("#q-sure [type=radio]")
    assert len(tops(points)) == (1 if flat else 4)
    assert len(tops(numbers)) == (1 if flat else 11)
    expect(page.get_by_label("0: not at all confident")).to_be_visible()
    expect(page.get_by_label("10: entirely confident")).to_be_visible()
    refusal = page.get_by_label("I would rather not say")
    assert tops(refusal).isdisjoint(tops(points))
    assert fits(page, width)


@pytest.mark.parametrize("width", WIDTHS)
def test_on_the_check_page_each_row_of_a_battery_is_apart_and_its_answer_is_strong(
    new_context: NewContext, live_server: LiveServer, width: int
) -> None:
    page = begin(new_context, live_server, width)
    page.goto(f"{ADDRESS}/section/second")
    page.locator("#item_effect-interest--2").check()
    page.locator("#item_effect-relations--3").check()
    page.get_by_role("button", name="Check your answers").click()
    rows = page.locator(".answer-rows li")
    assert rows.all_inner_texts()[1].split("\n")[-1].endswith("to a high extent")
    assert len(tops(rows)) == 2
    for row in rows.all():
        question, answer = row.locator("span"), row.locator("strong")
        assert (tops(question) == tops(answer)) is (width >= 700)
        assert int(answer.evaluate("each => getComputedStyle(each).fontWeight")) >= 600
    assert fits(page, width)
    assert violations(page) == ""


def test_a_link_of_the_check_page_leads_to_what_has_to_be_mended(
    new_context: NewContext, live_server: LiveServer
) -> None:
    page = begin(new_context, live_server)
    page.goto(f"{ADDRESS}/check")
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Has it improved your relations? – Please").click()
    expect(page.locator("#item_effect-relations")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Check your answers")).to_be_visible()


def test_a_page_that_comes_too_late_keeps_everything_in_sight(
    new_context: NewContext, live_server: LiveServer
) -> None:
    page = begin(new_context, live_server)
    page.locator("#item_met").check()
    page.locator("#item_one").check()
    page.get_by_role("button", name="Continue").click()
    page.locator("#item_effect-interest").check()
    page.locator("#item_effect-relations").check()
    old = page.context.new_page()
    old.goto(f"{ADDRESS}/section/second")
    old.get_by_label("What else?").fill("typed too late")
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    old.get_by_role("button", name="Check your answers").click()
    expect(old.get_by_text("Not saved: your answers were sent already")).to_be_visible()
    expect(old.get_by_label("What else?")).to_be_visible()
    expect(old.get_by_label("What else?")).to_have_value("typed too late")
    assert violations(old) == ""
    old.get_by_role("link", name="Show the receipt").click()
    expect(old.get_by_role("heading", level=1)).to_have_text("Thank you")
