"""In a real browser a study lead leads three versions through their lives, by keyboard and touch."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.settings import Settings
from tests.browser import LiveServer, NewContext, Witness, find_too_wide, violations_in_either_light
from tests.drafts import ADDED, NAME, RETIRED, publish_first, write_version
from tests.installation import make_settings


@pytest.fixture
def settings(live_server: LiveServer, tmp_path: Path) -> Settings:
    """The settings of the installation that the server answers from, with a draft."""
    settings = make_settings(tmp_path)
    publish_first(settings, live_server.store)
    write_version(settings, "1.1.0", ADDED)
    return settings


WIDTH = 360


@pytest.fixture
def lead(page: Page, live_server: LiveServer) -> Page:
    """The page of the study's lead."""
    store = live_server.store
    store.accounts.add("Léa")
    store.accounts.set_role("Léa", "study_lead", "ami")
    page.goto(make_sign_in_link(Settings(url=live_server.url), store, "Léa"))
    page.get_by_role("button", name="Sign in").click()
    return page


def answer(page: Page, topic: str) -> None:
    """Fill the open version in as a participant, from its door to the thanks."""
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_label(topic, exact=True).check()
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


@pytest.mark.browser
def test_a_lead_walks_through_three_versions(
    lead: Page,
    settings: Settings,
    live_server: LiveServer,
    new_context: NewContext,
    witness: Witness,
) -> None:
    lead.set_viewport_size({"width": WIDTH, "height": 800})
    participant = new_context().new_page()
    door = f"{live_server.url}/s/ami"
    participant.goto(door)
    answer(participant, "Equality")

    lead.goto(f"{live_server.url}/instruments")
    _look(lead, WIDTH)
    lead.get_by_role("link", name="1.1.0 of mentors").click()
    _look(lead, WIDTH)
    lead.get_by_role("button", name="Let it be tried").click()
    expect(lead.get_by_text("The draft may be tried now")).to_be_visible()
    _look(lead, WIDTH)
    trial = str(lead.locator("a.code").get_attribute("href"))
    participant.goto(trial.replace("http://localhost/", f"{live_server.url}/"))
    answer(participant, "Ethics")
    lead.reload()
    expect(lead.get_by_text("1 test response so far.")).to_be_visible()
    lead.get_by_role("button", name="Publish 1.1.0").click()
    expect(lead.get_by_text("1.1.0 is published")).to_be_visible()
    _look(lead, WIDTH)

    # What is open is remembered for two seconds.
    participant.wait_for_timeout(2100)
    participant.goto(f"{door}?anew=1")
    answer(participant, "Ethics")
    write_version(settings, "2.0.0", ADDED, RETIRED)
    lead.goto(f"{live_server.url}/instruments/{NAME}/2.0.0")
    expect(lead.get_by_text("'equality' of 'topics' was retired")).to_be_visible()
    lead.get_by_role("link", name="Compare it with another version").click()
    lead.get_by_label("From version").select_option("1.0.0")
    lead.get_by_role("button", name="Compare").click()
    _look(lead, WIDTH)
    lead.go_back()
    lead.go_back()
    lead.get_by_label("What changed, in a sentence").fill("")
    lead.get_by_role("button", name="Publish 2.0.0").click()
    expect(lead.get_by_role("alert")).to_contain_text("Say in a sentence what changed since 1.1.0")
    _look(lead, WIDTH)
    lead.get_by_label("What changed, in a sentence").fill("Equality is left out.")
    lead.get_by_role("button", name="Publish 2.0.0").click()
    expect(lead.get_by_text("2.0.0 is published")).to_be_visible()

    lead.goto(f"{live_server.url}/instruments/{NAME}/1.0.0")
    lead.get_by_label("Why is it not asked any more?").fill("Two versions came after it.")
    lead.get_by_role("button", name="Retire 1.0.0").click()
    expect(lead.get_by_text("1.0.0 is retired")).to_be_visible()
    _look(lead, WIDTH)
    refused = "Failed to load resource: the server responded with a status of 422"
    assert [each for each in witness.complaints if refused not in each] == []
    with live_server.store.snapshot() as snapshot:
        found = snapshot.responses("ami", NAME, include_test=True)
        kept = sorted((each.version, each.state, each.is_test) for each in found)
    assert kept == [
        ("1.0.0", "submitted", False),
        ("1.1.0", "submitted", False),
        ("1.1.0", "withdrawn", True),
    ]


def _look(page: Page, width: int) -> None:
    assert violations_in_either_light(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert find_too_wide(page) == []
