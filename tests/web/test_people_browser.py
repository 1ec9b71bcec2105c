"""The walk of a coordinator and a participant in real browsers: from a roster to a reminder."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from survey_app import first_start
from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.settings import Settings
from survey_app.web import catalogue
from survey_app.web.context import EXTENSION, Services
from survey_app.web.people.blueprint import ERRANDS
from tests.browser import LiveServer, NewContext, Witness, find_too_wide, violations_in_either_light
from tests.mail.postman import Postman, serve_mail
from tests.web.coordinating import write_roster

PHONE = {"width": 360, "height": 740}
PATIENCE = 60_000
"""Milliseconds for a job's process, which other tests may keep waiting."""


@pytest.fixture
def postman() -> Iterator[Postman]:
    with serve_mail(Postman()) as serving:
        yield serving


@pytest.fixture
def coordinator(
    page: Page, live_server: LiveServer, postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    """The page of the study's coordinator, on an installation that can send letters."""
    monkeypatch.setattr(catalogue, "DOOR_SECONDS", 0)
    settings = give_mail(live_server, postman)
    first_start.prepare_people(settings)
    store = live_server.store
    store.accounts.add("Cleo")
    store.accounts.set_role("Cleo", "coordinator", "ami")
    page.goto(make_sign_in_link(Settings(url=live_server.url), store, "Cleo"))
    page.get_by_role("button", name="Sign in").click()
    yield page
    errands = live_server.app.extensions[ERRANDS]
    for place in errands.folder.iterdir() if errands.folder.is_dir() else ():
        errands.cancel(place.name)


def give_mail(live_server: LiveServer, postman: Postman) -> Settings:
    """Name the mail server, and the address at which this server really answers."""
    known: Services = live_server.app.extensions[EXTENSION]
    settings = known.settings.with_changes(
        url=live_server.url,
        smtp=postman.url(),
        mail_from="study@example.org",
        mail_per_minute="60000",
    )
    object.__setattr__(known, "settings", settings)
    live_server.app.extensions[ERRANDS].environment = settings.to_environment()
    return settings


@pytest.mark.browser
def test_from_a_roster_to_a_reminder(
    coordinator: Page,
    live_server: LiveServer,
    new_context: NewContext,
    postman: Postman,
    witness: Witness,
) -> None:
    width = 360
    page = coordinator
    page.set_viewport_size({"width": width, "height": 900})
    page.locator('main a[href="/people/ami"]').click()
    expect(page.get_by_text("Nobody has been added yet")).to_be_visible()
    _look(page, width)
    add_roster(page, width)
    invite(page, width)
    assert postman.recipients == ["ada@example.org", "ben@example.org"]

    phone = new_context(viewport=PHONE, has_touch=True).new_page()
    phone.goto(find_link(postman, 0))
    phone.get_by_label("I have read this").tap()
    phone.get_by_role("button", name="Begin").tap()
    phone.wait_for_url("**/section/involvement")
    send_answers(phone)

    page.get_by_role("link", name="All people").click()
    expect(page.get_by_role("row", name="Ada Lovelace")).to_contain_text("has sent the answers")
    expect(page.get_by_role("row", name="Ben Nevis")).to_contain_text("nothing yet")
    _look(page, width)
    page.get_by_role("link", name="Send a reminder").click()
    expect(page.get_by_role("row", name="Ada Lovelace")).to_contain_text("has sent the answers")
    _look(page, width)
    page.get_by_role("button", name="Send the letters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "The letters have been sent", timeout=PATIENCE
    )
    assert postman.recipients[2:] == ["ben@example.org"]
    late = new_context(viewport=PHONE).new_page()
    late.goto(find_link(postman, 1))
    expect(late.get_by_role("button", name="Begin")).to_have_count(0)
    late.goto(find_link(postman, 2))
    expect(late.get_by_role("button", name="Begin")).to_be_visible()
    assert witness.complaints == []


def add_roster(page: Page, width: int) -> None:
    """Upload one with problems, mend it, and add it."""
    choose(page, "ada;Ada Lovelace;dean", "ben@example.org;;", "ben@example.org;Ben Nevis;")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "The roster needs mending", timeout=PATIENCE
    )
    expect(page.get_by_text("row 2, column Courriel: “ada” is no address")).to_be_visible()
    _look(page, width)
    page.get_by_role("button", name="Throw this away").click()
    choose(page, "ada@example.org;Ada Lovelace;dean", "ben@example.org;Ben Nevis;")
    expect(page.get_by_role("heading", level=1)).to_have_text("Add 2 people?", timeout=PATIENCE)
    _look(page, width)
    page.get_by_role("button", name="Add all").click()
    expect(page.get_by_text("The roster has been added")).to_be_visible()
    page.get_by_role("link", name="Ada Lovelace").click()
    _look(page, width)
    page.get_by_role("link", name="Forget this person").click()
    _look(page, width)
    page.get_by_role("link", name="Keep").click()
    page.get_by_role("link", name="Cancel").click()


def choose(page: Page, *lines: str) -> None:
    page.get_by_role("link", name="Add a roster").click()
    file: FilePayload = {
        "name": "roster.csv",
        "mimeType": "text/csv",
        "buffer": write_roster(*lines),
    }
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Look through it").click()


def invite(page: Page, width: int) -> None:
    """Write the invitation, look at it, and send it."""
    page.get_by_role("link", name="the invitation").click()
    _look(page, width)
    page.get_by_role("textbox", name="Letter").fill("Dear {name},\n\nplease come: {link}")
    page.get_by_role("button", name="Save and look at it").click()
    expect(page.get_by_text("Dear Name of the person")).to_be_visible()
    _look(page, width)
    page.get_by_role("link", name="All people").click()
    page.get_by_role("link", name="Invite by letter").click()
    _look(page, width)
    page.get_by_role("button", name="Send the letters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "The letters have been sent", timeout=PATIENCE
    )
    _look(page, width)


def send_answers(phone: Page) -> None:
    """Go from section to section, as no question has to be answered, and send."""
    for words in ("Continue", "Continue", "Continue", "Check your answers", "Send my answers"):
        phone.get_by_role("button", name=words).click()
    phone.wait_for_url("**/thanks")


def find_link(postman: Postman, number: int) -> str:
    """The link in the letter of that number."""
    found = re.search(r"http\S+/i/\S+", postman.texts()[number])
    assert found is not None
    return found[0]


def _look(page: Page, width: int) -> None:
    assert violations_in_either_light(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert find_too_wide(page) == []
