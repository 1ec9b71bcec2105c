"""In a real browser: who can be told apart stands on the desk, and a file of it asks for why."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.settings import Settings
from tests.browser import LiveServer, Witness, find_too_wide, violations_in_either_light
from tests.installation import make_settings
from tests.quasi import add_people
from tests.web.test_quasi_identifiers import DESK


@pytest.mark.browser
def test_a_study_lead_sees_who_can_be_told_apart_and_is_asked_for_a_reason(
    page: Page, live_server: LiveServer, witness: Witness, tmp_path: Path
) -> None:
    width = 360
    store = live_server.store
    add_people(make_settings(tmp_path), store, 24)
    store.accounts.add("Zoë")
    store.accounts.set_role("Zoë", "study_lead", "ami")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(make_sign_in_link(Settings(url=live_server.url), store, "Zoë"))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/home")
    page.goto(DESK)
    page.locator("#uniqueness").scroll_into_view_if_needed()
    expect(page.locator("#uniqueness table").first).to_contain_text("alone with their answers")
    page.get_by_role("checkbox", name="With what might tell who answered").check()
    page.get_by_role("button", name="Make the workbook").click()
    reason = page.get_by_label("Why are they needed?")
    expect(reason).to_have_accessible_description(
        "Error: Write why you need them, in at most 500 characters; nothing was made."
    )
    page.locator("#uniqueness").scroll_into_view_if_needed()
    expect(page.locator("#uniqueness table")).to_have_count(3)
    assert violations_in_either_light(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert find_too_wide(page) == []
    if folder := os.environ.get("SURVEY_APP_PICTURES"):
        page.screenshot(path=f"{folder}/quasi-{width}.png", full_page=True)
    assert [each for each in witness.complaints if "422" not in each] == []
