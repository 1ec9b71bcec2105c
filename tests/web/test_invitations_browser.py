"""The life of three invitations in real browsers: one by link on a phone, one typed, one revoked."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Page, expect

from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.invitation_codes import hash_code, make_code
from survey_app.settings import Settings
from survey_app.storage.records import NewInvitation
from survey_app.storage.store import Store
from survey_app.web import catalogue
from tests.browser import LiveServer, NewContext, Witness, find_too_wide, violations_in_either_light
from tests.plain_browser import PlainBrowser

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def lead(page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The page of the study's lead; what a door says is never older than what was decided."""
    monkeypatch.setattr(catalogue, "DOOR_SECONDS", 0)
    store = live_server.store
    store.accounts.add("Léa")
    store.accounts.set_role("Léa", "study_lead", "ami")
    page.goto(make_sign_in_link(Settings(url=live_server.url), store, "Léa"))
    page.get_by_role("button", name="Sign in").click()
    return page


@pytest.mark.browser
def test_three_invitations_live(
    lead: Page, live_server: LiveServer, new_context: NewContext, witness: Witness
) -> None:
    width = 360
    lead.set_viewport_size({"width": width, "height": 900})
    first, second, third = make_three(lead, live_server, width)
    lead.get_by_role("link", name="All invitations").click()
    lead.get_by_role("button", name="Revoke invitation 3").click()
    expect(lead.get_by_text("Invitation 3 is revoked")).to_be_visible()
    _look(lead, width)

    phone = new_context(viewport=PHONE, has_touch=True).new_page()
    phone.goto(f"{live_server.url}/i/{first}")
    _look(phone, PHONE["width"])
    phone.get_by_label("I have read this").tap()
    phone.get_by_role("button", name="Begin").tap()
    phone.wait_for_url("**/section/involvement")

    typing = new_context(viewport={"width": 320, "height": 600}).new_page()
    typing.goto(f"{live_server.url}/s/ami")
    _look(typing, 320)
    type_code(typing, f"{second[:-1]}{'0' if second[-1] != '0' else '1'}")
    expect(typing.get_by_role("alert")).to_contain_text("This code does not open this study")
    _look(typing, 320)
    type_code(typing, second.lower())
    typing.wait_for_url("**/section/involvement")

    late = new_context(viewport=PHONE).new_page()
    late.goto(f"{live_server.url}/i/{third}")
    expect(late.get_by_role("heading", name="no longer good")).to_be_visible()
    _look(late, PHONE["width"])
    late.goto(f"{live_server.url}/i/{first}")
    expect(late.get_by_role("heading", name="has been used")).to_be_visible()
    _look(late, PHONE["width"])
    late.goto(f"{live_server.url}/i/nothing")
    _look(late, PHONE["width"])

    phone.goto(f"{live_server.url}/i/{first}")
    phone.wait_for_url("**/section/involvement")
    with live_server.store.snapshot() as snapshot:
        found = [each.participant for each in snapshot.responses("ami", "ami-survey")]
    assert sorted(str(each) for each in found) == ["P01", "P02"]
    assert witness.complaints == []


def make_three(lead: Page, live_server: LiveServer, width: int) -> list[str]:
    """The lead finds the page, lets in the invited alone and makes three; return their codes."""
    lead.goto(f"{live_server.url}/instruments")
    lead.get_by_role("link", name="Invitations to").click()
    _look(lead, width)
    lead.get_by_role("button", name="Let in only invited people").click()
    expect(lead.get_by_text("Only people who were invited can begin now")).to_be_visible()
    lead.get_by_label("Participants’ codes").fill("P01\nP02\nP03")
    lead.get_by_role("button", name="Make personal invitations").click()
    expect(lead.get_by_role("heading", name="Keep these invitations now")).to_be_visible()
    _look(lead, width)
    codes = lead.locator(".slip-code").all_inner_texts()
    assert [bool(re.fullmatch(r"\w{4}(-\w{4}){3}", code)) for code in codes] == [True] * 3
    return codes


def type_code(page: Page, code: str) -> None:
    """Type a code and agree by the keyboard alone."""
    page.get_by_label("The code on your invitation").fill("")
    page.get_by_label("The code on your invitation").focus()
    page.keyboard.type(code)
    page.keyboard.press("Tab")
    if not page.get_by_label("I have read this").is_checked():
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


@pytest.mark.browser
def test_printed_slips_stand_whole_beside_each_other(lead: Page, live_server: LiveServer) -> None:
    lead.goto(f"{live_server.url}/studies/ami/invitations")
    lead.get_by_label("How many invitations?").fill("10")
    lead.get_by_role("button", name="Make invitations").click()
    lead.emulate_media(media="print")
    lead.set_viewport_size({"width": 794, "height": 1123})
    boxes = [each.bounding_box() for each in lead.locator(".slip").all()]
    tops = [round(box["y"]) for box in boxes if box]
    assert [tops[place] == tops[place + 1] for place in range(0, 10, 2)] == [True] * 5
    expect(lead.get_by_role("heading", name="Keep these invitations now")).to_be_hidden()


def test_two_at_once_on_the_last_use_are_both_answered(
    live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "DOOR_SECONDS", 0)
    link = _invite_one(live_server.store)
    browsers = [PlainBrowser(live_server.app.test_client()) for _ in range(2)]
    for browser in browsers:
        browser.open(link)
        browser.choose("agree", "yes")
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda browser: browser.post(), browsers))
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    (loser,) = (answer for answer in answers if answer.status_code == 422)
    assert "This invitation has been used" in loser.text
    with live_server.store.snapshot() as snapshot:
        assert len(list(snapshot.responses("ami", "ami-survey"))) == 1


def _invite_one(store: Store) -> str:
    code = make_code()
    store.invitations.make("ami", [NewInvitation(code_hash=hash_code(code))], by="Léa")
    return f"/i/{code}"


def _look(page: Page, width: int) -> None:
    assert violations_in_either_light(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert find_too_wide(page) == []
