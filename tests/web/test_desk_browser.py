"""In a real browser the desk's tables come by themselves, on a phone and on a wide screen."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.settings import Settings
from tests.browser import LiveServer, NewContext, Witness, violations

TABLES = 4 + 7 + 1


@pytest.fixture
def installation(busy_installation: Path) -> Path:
    """What the server is started on here: a study in which much has come in."""
    return busy_installation


@pytest.fixture
def analyst(page: Page, live_server: LiveServer) -> Page:
    """The page of an analyst of that study."""
    store = live_server.store
    store.accounts.add("Zoë")
    store.accounts.set_role("Zoë", "analyst", "ami")
    page.goto(make_sign_in_link(Settings(url=live_server.url), store, "Zoë"))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="All results").click()
    return page


def bring_all(page: Page) -> None:
    """Scroll to each place of a table until it has come."""
    places = page.locator("[data-fragment]")
    for number in range(places.count()):
        places.nth(number).scroll_into_view_if_needed()
        expect(places.nth(number).locator("table").first).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_the_tables_come_by_themselves_and_break_no_rule(
    analyst: Page, witness: Witness, width: int
) -> None:
    analyst.set_viewport_size({"width": width, "height": 800})
    analyst.get_by_role("link", name="Survey", exact=True).click()
    assert violations(analyst) == ""
    analyst.get_by_text("Choose which responses").click()
    assert violations(analyst) == ""
    analyst.get_by_label("With the test responses").check()
    analyst.get_by_role("checkbox", name="1.0.1").check()
    analyst.get_by_label("Compare by").select_option("rewarding")
    assert analyst.evaluate("document.documentElement.scrollWidth") <= width
    analyst.get_by_role("button", name="Show these responses").click()
    expect(analyst.locator(".chosen")).to_contain_text("version 1.0.1 only")
    expect(analyst.locator(".chosen")).to_contain_text("compared by “Did you find")
    expect(analyst.locator("#f-by")).to_have_value("rewarding")
    assert "version=1.0.1" in analyst.url
    assert "by=rewarding" in analyst.url
    bring_all(analyst)
    assert analyst.locator("[data-fragment]").count() == TABLES
    assert violations(analyst) == ""
    assert analyst.evaluate("document.documentElement.scrollWidth") <= width
    assert witness.complaints == []


@pytest.mark.browser
def test_single_responses_fit_a_phone_and_break_no_rule(analyst: Page, witness: Witness) -> None:
    analyst.goto("/analysis/ami/ami-survey/responses?test=1")
    assert violations(analyst) == ""
    for words in ("in interviews", "by themselves"):
        analyst.goto("/analysis/ami/ami-survey/responses?test=1")
        analyst.locator("tr", has_text=words).first.get_by_role("link").click()
        assert violations(analyst) == ""
        assert analyst.evaluate("document.documentElement.scrollWidth") <= 360
    assert witness.complaints == []


@pytest.mark.browser
def test_a_table_that_does_not_come_leaves_its_link(analyst: Page) -> None:
    analyst.route("**/fragments/**", lambda route: route.abort())
    analyst.goto("/analysis/ami/ami-survey")
    expect(analyst.get_by_text("could not be loaded just now").first).to_be_visible()
    analyst.get_by_role("link", name="Show the numbers of What has come in").click()
    expect(analyst.locator("table")).to_be_visible()


@pytest.mark.browser
def test_without_scripts_every_table_is_a_link_away(
    analyst: Page, new_context: NewContext, live_server: LiveServer
) -> None:
    store = live_server.store
    plain = new_context(java_script_enabled=False).new_page()
    plain.goto(make_sign_in_link(Settings(url=live_server.url), store, "Zoë"))
    plain.get_by_role("button", name="Sign in").click()
    plain.wait_for_url("**/home")
    plain.goto("/analysis/ami/ami-survey?test=1")
    assert plain.locator("[data-fragment] a").count() == TABLES
    plain.get_by_role("link", name="Show the numbers of How it grows").click()
    expect(plain.locator("caption")).to_contain_text("How it grows")
