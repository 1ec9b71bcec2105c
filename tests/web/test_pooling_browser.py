"""In a real browser the page of pooling fits a phone and a desk, and works without scripts."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.settings import Settings
from tests.browser import LiveServer, NewContext, Witness, find_too_wide, violations_in_either_light
from tests.installation import make_settings
from tests.web.pooling_scenes import NEWEST, add_newest

PAGE = "/analysis/ami/ami-survey/pooling"
WHY = "In 2.0.0 only the key changed; the question and its options read as before."


@pytest.fixture
def installation(busy_installation: Path) -> Path:
    """What the server is started on here: a study in which much has come in."""
    return busy_installation


def sign_in(page: Page, live_server: LiveServer, folder: Path) -> Page:
    """Sign in as an analyst of a study that has come to a second main version."""
    store = live_server.store
    add_newest(make_settings(folder), store)
    store.accounts.add("Zoë")
    store.accounts.set_role("Zoë", "analyst", "ami")
    page.goto(make_sign_in_link(Settings(url=live_server.url), store, "Zoë"))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/home")
    page.goto(PAGE)
    return page


def decide(page: Page, *versions: str, words: str, item: str = "", why: str = WHY) -> None:
    for version in versions:
        page.get_by_role("checkbox", name=version).check()
    page.get_by_role("radio", name=words).check()
    page.get_by_label("For", exact=True).select_option(item)
    page.locator("#reason").fill(why)
    page.get_by_role("button", name="Save this decision").click()


def check(page: Page, width: int, name: str) -> None:
    """Nothing breaks a rule or runs out of the page; a picture is kept where one is asked for."""
    assert violations_in_either_light(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert find_too_wide(page) == []
    if folder := os.environ.get("SURVEY_APP_PICTURES"):
        page.screenshot(path=f"{folder}/pooling-{width}-{name}.png", full_page=True)


@pytest.mark.browser
def test_an_analyst_decides_reads_it_and_undoes_it(
    page: Page, live_server: LiveServer, witness: Witness, tmp_path: Path
) -> None:
    width = 360
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, live_server, tmp_path)
    check(page, width, "before")
    decide(page, "1.0.1", NEWEST, words="counted together", item="found_rewarding")
    decide(page, "1.0.0", "1.0.1", words="kept apart", why="A slip in 1.0.0 was corrected.")
    counted = page.locator("#counted")
    expect(counted).to_contain_text("found_rewarding")
    expect(counted).to_contain_text(WHY)
    check(page, width, "decided")
    page.locator("summary").first.click()
    check(page, width, "undoing")
    page.get_by_role("button", name="Undo this decision").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Say why in a sentence")
    check(page, width, "refused")
    page.get_by_role("alert").get_by_role("link").click()
    page.keyboard.type("It was no slip.")
    page.get_by_role("button", name="Undo this decision").first.click()
    expect(page.get_by_text("stands no more")).to_have_count(1)
    decide(page, "1.0.1", NEWEST, words="kept apart", why=" ")
    check(page, width, "mistaken")
    complaints = [each for each in witness.complaints if "422" not in each]
    assert complaints == []


@pytest.mark.browser
def test_without_scripts_everything_works(
    new_context: NewContext, live_server: LiveServer, tmp_path: Path
) -> None:
    plain = new_context(java_script_enabled=False).new_page()
    sign_in(plain, live_server, tmp_path)
    decide(plain, "1.0.0", NEWEST, words="counted together")
    expect(plain.locator("#counted")).to_contain_text("1.0.0, 1.0.1, 2.0.0")
    plain.locator("summary").click()
    plain.locator("#undo-1").fill("It was a slip.")
    plain.get_by_role("button", name="Undo this decision").click()
    expect(plain.locator("#counted")).to_contain_text("the first numbers differ")
