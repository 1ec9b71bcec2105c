"""In a real browser a study lead makes a study, opens it, and sees who took part."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.settings import Settings
from tests.browser import LiveServer, NewContext, Witness, find_too_wide, violations_in_either_light

PICTURES = os.environ.get("SURVEY_APP_TEST_PICTURES")
"""Set in the environment, a picture of each page is kept in this folder."""


@pytest.fixture
def lead(page: Page, live_server: LiveServer) -> Page:
    """The page of the first study's lead; somebody else has an account, too."""
    store = live_server.store
    store.accounts.add("Léa")
    store.accounts.add("Mo")
    store.accounts.set_role("Léa", "study_lead", "ami")
    page.goto(make_sign_in_link(Settings(url=live_server.url), store, "Léa"))
    page.get_by_role("button", name="Sign in").click()
    return page


def look(page: Page, width: int, name: str) -> None:
    """Expect nothing beside the page and nothing wrong on it."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert find_too_wide(page) == []
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    assert violations_in_either_light(page) == "", name


def take_part(page: Page, door: str) -> None:
    """Fill the survey in from the study's door to the thanks, saying nothing."""
    page.goto(door)
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Begin").click()
    while "/section/" in page.url:
        before = page.url
        page.locator("button[value=continue]").click()
        expect(page).not_to_have_url(before)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def make_study(lead: Page, width: int) -> None:
    lead.get_by_label("Title").fill("Mentors, the second year")
    lead.get_by_label("Short name").fill("mentors-2026")
    look(lead, width, "studies")
    lead.get_by_role("button", name="Make the study").click()
    expect(lead.get_by_text("The study is made")).to_be_visible()
    look(lead, width, "made")


def say_what_it_asks(lead: Page, width: int) -> None:
    lead.get_by_label("Published version").select_option("ami-survey 1.0.1")
    lead.get_by_role("button", name="Add to the protocol").click()
    expect(lead.get_by_text("It is in the protocol now")).to_be_visible()
    lead.get_by_label("Published version").select_option("ami-interview 1.1.0")
    lead.get_by_label("in interviews, as the interviewer").check()
    lead.get_by_role("button", name="Add to the protocol").click()
    look(lead, width, "protocol")
    lead.get_by_role("button", name="Close ami-interview").click()
    expect(lead.get_by_text("It is closed now")).to_be_visible()


def put_the_team_together(lead: Page, width: int) -> None:
    lead.get_by_label("Person").select_option("Mo")
    lead.get_by_label("coordinator: may see who the participants are").check()
    lead.get_by_role("button", name="Add to the team").click()
    expect(lead.get_by_text("The team is changed")).to_be_visible()
    look(lead, width, "team")


def set_days(lead: Page, width: int) -> None:
    today = date.today()  # noqa: DTZ011 - by the clock of where the program runs, as days are
    lead.get_by_label("First day").fill(today.isoformat())
    lead.get_by_label("Last day to begin").fill((today + timedelta(10)).isoformat())
    lead.get_by_label("Days after that to finish").fill("5")
    lead.get_by_label("Kept until").fill((today + timedelta(20)).isoformat())
    lead.get_by_label("Whom participants can ask").fill("Léa, lea@example.org")
    lead.get_by_role("button", name="Save").click()
    expect(lead.get_by_text("Saved", exact=True)).to_be_visible()
    look(lead, width, "settings")


def see_who_took_part(lead: Page, width: int) -> None:
    expect(lead.get_by_role("row", name="Took part 1")).to_be_visible()
    lead.get_by_label("Invited outside this program").fill("17")
    lead.get_by_label("How they were invited").fill("by e-mail")
    lead.get_by_label("Of all invited, declined").fill("2")
    lead.get_by_role("button", name="Keep these numbers").click()
    expect(lead.get_by_role("row", name="Not known 14")).to_be_visible()
    lead.get_by_role("button", name="Draw the flow chart").click()
    chart = lead.get_by_role("img", name="Recruitment")
    expect(chart).to_be_visible(timeout=60_000)
    assert chart.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    with lead.expect_download() as kept:
        lead.get_by_role("link", name="PDF").click()
    assert kept.value.suggested_filename == "mentors-2026-recruitment.pdf"
    look(lead, width, "recruitment")


def erase(lead: Page, width: int) -> None:
    lead.get_by_label("Type the study’s short name").fill("ami")
    lead.get_by_role("button", name="Erase for good").click()
    expect(lead.get_by_role("alert")).to_contain_text("Nothing was erased")
    look(lead, width, "erase")
    lead.get_by_label("Type the study’s short name").fill("mentors-2026")
    lead.get_by_role("button", name="Erase for good").click()
    expect(lead.get_by_role("heading", name="Certificate of erasure")).to_be_visible()
    look(lead, width, "certificate")


@pytest.mark.browser
def test_a_lead_walks_through_the_whole_life_of_a_study(
    lead: Page, live_server: LiveServer, new_context: NewContext, witness: Witness
) -> None:
    width = 360
    lead.set_viewport_size({"width": width, "height": 800})
    lead.goto(f"{live_server.url}/studies")
    make_study(lead, width)
    ways = lead.get_by_role("navigation", name="This study")
    ways.get_by_role("link", name="Protocol").click()
    say_what_it_asks(lead, width)
    ways.get_by_role("link", name="Team").click()
    put_the_team_together(lead, width)
    ways.get_by_role("link", name="Settings and days").click()
    set_days(lead, width)

    participant = new_context().new_page()
    # What is open is remembered for two seconds.
    participant.wait_for_timeout(2100)
    take_part(participant, f"{live_server.url}/s/mentors-2026")

    ways.get_by_role("link", name="Recruitment").click()
    see_who_took_part(lead, width)
    ways.get_by_role("link", name="Overview").click()
    expect(lead.get_by_text("the time of keeping ends soon")).to_be_visible()
    look(lead, width, "overview")
    ways.get_by_role("link", name="Erase").click()
    erase(lead, width)
    lead.goto(f"{live_server.url}/studies/mentors-2026/recruitment")
    expect(lead.get_by_role("row", name="Took part 1")).to_be_visible()
    participant.goto(f"{live_server.url}/s/mentors-2026/thanks")
    expect(participant.get_by_text("Your answers have been withdrawn").first).to_be_visible()
    refused = "Failed to load resource: the server responded with a status of 422"
    assert [each for each in witness.complaints if refused not in each] == []
