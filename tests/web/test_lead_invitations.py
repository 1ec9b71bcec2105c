"""A study lead makes, prints, lists and revokes invitations, in the browser without scripts."""

import re

import pytest
from flask import Flask

from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in

PAGE = "/studies/ami/invitations"
CODE = re.compile(r"/i/(\w{4}(?:-\w{4}){3})<")


@pytest.fixture
def lead(app: Flask, settings: Settings, store: Store) -> PlainBrowser:
    """A study lead with the page before them."""
    browser = sign_in(app, settings, store, role="study_lead")
    browser.open(PAGE)
    return browser


def post(browser: PlainBrowser, what: str = "", **typed: str) -> int:
    """Send one of the forms of the page that was opened last; return the answer's status."""
    hidden = {
        name: value
        for name in ("csrf", "batch")
        if (value := _find(rf'name="{name}" value="(\w+)"', browser.text))
    }
    browser.page = browser.client.post(f"{PAGE}{what}", data=hidden | typed, follow_redirects=True)
    return browser.page.status_code


def _find(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1] if found else ""


def make_personal(browser: PlainBrowser, participants: str, label: str = "") -> list[str]:
    """Make personal invitations; return their codes as they are shown."""
    status = post(browser, kind="personal", participants=participants, personal_label=label)
    assert status == 200
    return CODE.findall(browser.text)


def make_public(browser: PlainBrowser, count: str, limit: str) -> int:
    return post(browser, kind="public", count=count, limit=limit, public_label="")


def states(store: Store) -> list[tuple[int, str | None, str]]:
    return [(each.number, each.participant, each.state) for each in store.invitations.list("ami")]


def test_the_page_is_found_from_where_the_lead_arrives(lead: PlainBrowser) -> None:
    assert f'href="{PAGE}"' in lead.open("/instruments").text
    assert "No invitation has been made yet" in lead.open(PAGE).text


def test_personal_invitations_are_shown_once_and_begin_a_response(
    lead: PlainBrowser, app: Flask, store: Store
) -> None:
    first, second = make_personal(lead, "P01\n\n  P02  \n", "spring")
    assert lead.text.count("<svg") == 2
    assert "style=" not in lead.text
    participant = PlainBrowser(app.test_client())
    participant.open(f"/i/{first}")
    participant.choose("agree", "yes").press()
    assert participant.path == "/s/ami/section/involvement"
    page = lead.open(PAGE).text
    assert first not in page
    assert second not in page
    assert "spring" in page
    assert states(store) == [(1, "P01", "used_up"), (2, "P02", "open")]
    assert store.invitations.list("ami")[0].made_by == "the study_lead of ami"


def test_the_same_page_sent_twice_makes_and_shows_the_same(
    lead: PlainBrowser, store: Store
) -> None:
    start = lead.page
    codes = make_personal(lead, "P01\nP02")
    lead.go_back(start)
    assert make_personal(lead, "P01\nP02") == codes
    assert len(states(store)) == 2
    lead.go_back(start)
    assert set(make_personal(lead, "P01\nP03")).isdisjoint(codes)
    assert states(store) == [
        (1, "P01", "revoked"),
        (2, "P02", "open"),
        (3, "P01", "open"),
        (4, "P03", "open"),
    ]


def test_public_ones_have_a_limit(lead: PlainBrowser, store: Store) -> None:
    assert make_public(lead, "3", "20") == 200
    assert lead.text.count("For up to 20 people.") == 3
    assert {(each.participant, each.most_uses) for each in store.invitations.list("ami")} == {
        (None, 20)
    }


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"kind": "personal", "participants": " \n"}, "participants", "one on each line"),
        (
            {"kind": "personal", "participants": "P01\nP01"},
            "participants",
            "P01 stands there twice",
        ),
        ({"kind": "personal", "participants": "x" * 61}, "participants", "at most 60"),
        ({"kind": "personal", "participants": "P\n" * 201}, "participants", "At most 200"),
        (
            {"kind": "personal", "participants": "P1", "personal_label": "x" * 61},
            "personal_label",
            "A label has at most 60",
        ),
        (
            {"kind": "public", "count": "", "limit": "1"},
            "count",
            "Say how many to make, from 1 to 200",
        ),
        (
            {"kind": "public", "count": "201", "limit": "1"},
            "count",
            "Say how many to make, from 1 to 200",
        ),
        (
            {"kind": "public", "count": "٣", "limit": "1"},
            "count",
            "Say how many to make, from 1 to 200",
        ),
        (
            {"kind": "public", "count": "9" * 5000, "limit": "1"},
            "count",
            "Say how many to make, from 1 to 200",
        ),
        ({"kind": "public", "count": "2", "limit": "0"}, "limit", "from 1 to 1,000,000"),
        ({}, "count", "Say how many to make, from 1 to 200"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    lead: PlainBrowser, store: Store, typed: dict[str, str], field: str, sentence: str
) -> None:
    assert post(lead, **typed) == 422
    assert f'href="#{field}"' in lead.text
    assert sentence in lead.text
    assert "<title>Error:" in lead.text
    for text in typed.values():
        assert text.strip() in lead.text
    assert states(store) == []


def test_a_revoked_one_lets_nobody_in(lead: PlainBrowser, app: Flask, store: Store) -> None:
    _first, second = make_personal(lead, "P01\nP02")
    lead.open(PAGE)
    assert post(lead, "/revoke", number="2") == 200
    assert "Invitation 2 is revoked" in lead.text
    assert app.test_client().get(f"/i/{second}").status_code == 410
    assert states(store) == [(1, "P01", "open"), (2, "P02", "revoked")]
    for number in ("3", "", "x", "9" * 30):
        lead.open(PAGE)
        assert post(lead, "/revoke", number=number) == 404


def test_the_lead_says_who_can_begin(lead: PlainBrowser, store: Store) -> None:
    assert post(lead, "/admission", admission="invitation") == 200
    assert "Only people who were invited can begin now" in lead.text
    assert post(lead, "/admission", admission="open") == 200
    assert "Anybody can begin now" in lead.text
    assert post(lead, "/admission", admission="nobody") == 400
    found = store.studies.find("ami")
    assert found is not None
    assert found.admission == "open"


def test_who_withdrew_is_named_beside_the_codes_and_nobody_is_invited(
    lead: PlainBrowser, app: Flask, store: Store
) -> None:
    (code,) = make_personal(lead, "P01")
    participant = PlainBrowser(app.test_client())
    participant.open(f"/i/{code}")
    participant.choose("agree", "yes").press()
    participant.open("/s/ami/withdraw")
    participant.press()
    lead.open(PAGE)

    assert post(lead, kind="personal", participants="P02\nP01") == 422

    assert "P01 withdrew, and nobody who withdrew is invited again." in lead.text
    assert "P02\nP01" in lead.text
    assert [who for _, who, _ in states(store)] == ["P01"]


def test_an_anonymous_study_offers_no_personal_ones(lead: PlainBrowser, store: Store) -> None:
    store.studies.create(slug="secret", title="Secret", anonymous=True)
    store.accounts.set_role("the study_lead of ami", "study_lead", "secret")
    page = lead.open("/studies/secret/invitations").text
    assert "Participants’ codes" not in page
    assert "its invitations name nobody" in page
    token = _find(r'name="csrf" value="(\w+)"', page)
    typed = {"csrf": token, "kind": "personal", "participants": "P01"}
    refused = lead.client.post("/studies/secret/invitations", data=typed)
    assert refused.status_code == 422
    assert "keeps no tie" in refused.text


def test_the_lead_sees_how_many_were_invited_and_how_many_began(
    lead: PlainBrowser, app: Flask
) -> None:
    codes = make_personal(lead, "P01\nP02\nP03")
    lead.open(PAGE)
    make_personal(lead, "P03")
    lead.open(PAGE)
    make_public(lead, "1", "5")
    codes += CODE.findall(lead.text)
    for code in (codes[0], codes[3], codes[3]):
        participant = PlainBrowser(app.test_client())
        participant.open(f"/i/{code}")
        participant.choose("agree", "yes").press()
    facts = re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", lead.open(PAGE).text)
    assert [number for _words, number in facts] == ["3", "1", "2"]


def test_codes_are_to_be_typed_only_where_the_door_asks_for_them(lead: PlainBrowser) -> None:
    make_public(lead, "1", "1")
    assert "The study lets anybody begin" in lead.text
    assert "slip-code" not in lead.text
    lead.open(PAGE)
    post(lead, "/admission", admission="invitation")
    make_public(lead, "1", "1")
    assert "The study lets anybody begin" not in lead.text
    assert "slip-code" in lead.text


def test_links_that_lead_nowhere_else_are_told(lead: PlainBrowser) -> None:
    make_personal(lead, "P01")
    assert "These links open on this computer alone" in lead.text


def test_what_was_typed_outlives_the_session(lead: PlainBrowser, store: Store) -> None:
    lead.client.delete_cookie("staff")
    assert post(lead, kind="personal", participants="P01 and P02") in {400, 401}
    assert "P01 and P02" in lead.text
    assert states(store) == []
