"""A lead reads the recruitment, states what cannot be counted, and has it drawn."""

import re
import time

import pytest
from flask import Flask

from survey_app.settings import Settings
from survey_app.storage.records import NewInvitation
from survey_app.storage.store import Store
from survey_app.web.analyst.blueprint import JOBS
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in
from tests.web.test_study_desk import begin, words

PAGE = "/studies/ami/recruitment"
PATIENCE = 180


@pytest.fixture
def lead(app: Flask, settings: Settings, store: Store) -> PlainBrowser:
    return sign_in(app, settings, store, role="study_lead")


def row(browser: PlainBrowser, name: str) -> list[str]:
    """Return the cells of a row of the page's tables."""
    browser.open(PAGE)
    found = re.search(rf'<th scope="row">{name}</th>(.*?)</tr>', browser.text, re.DOTALL)
    assert found is not None, name
    return [cell.strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", found[1], re.DOTALL)]


def post(browser: PlainBrowser, address: str, **typed: str) -> int:
    token = re.search(r'name="csrf" value="(\w+)"', browser.open(PAGE).text)
    assert token is not None
    browser.page = browser.client.post(
        address, data={"csrf": token[1], **typed}, follow_redirects=True
    )
    return browser.page.status_code


def test_who_took_part_finished_and_withdrew_is_counted(
    lead: PlainBrowser, app: Flask, store: Store
) -> None:
    people = [begin(app.test_client(), "ami") for _ in range(3)]
    people[0].open("/s/ami/check")
    people[0].press()
    people[1].open("/s/ami/withdraw")
    people[1].press(sure="yes")
    assert row(lead, "Took part") == ["3", "0 under a code, 3 without one"]
    assert row(lead, "Agreed")[0] == "3"
    assert row(lead, "Finished")[0] == "1"
    assert row(lead, "Withdrew")[0] == "1"
    assert row(lead, "Survey")[1:] == ["3", "1", "1", "0", "1"]
    assert "Invited" not in re.findall(r'<th scope="row">(\w+)', lead.text)


def test_what_a_withdrawal_leaves_uncertain_is_told_where_people_were_invited_by_name(
    lead: PlainBrowser, app: Flask, store: Store
) -> None:
    somebody = begin(app.test_client(), "ami")
    somebody.open("/s/ami/withdraw")
    somebody.press(sure="yes")
    uncertain = "does not say any more whether it came by a code"
    assert uncertain not in lead.open(PAGE).text
    code = NewInvitation(code_hash="h", participant="P07")
    store.invitations.make("ami", [code], by="the lead")
    assert uncertain in lead.open(PAGE).text


def test_what_is_stated_counts_and_a_sum_that_cannot_be_is_told_of(
    lead: PlainBrowser, app: Flask
) -> None:
    begin(app.test_client(), "ami")
    typed = {"invited": "17", "declined": "2", "unanswered": "4", "note": "by e-mail"}
    assert post(lead, PAGE, **typed) == 200
    assert row(lead, "Invited") == ["17", "0 by a code, 17 outside this program (by e-mail)"]
    assert row(lead, "Not known")[0] == "10"
    assert "do not add up" not in lead.text
    assert post(lead, PAGE, **{**typed, "invited": "5"}) == 200
    lead.open(PAGE)
    assert "2 people more took part, declined or did not reply than were invited" in words(lead)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"invited": "-1"}, "from 0 to 1,000,000"),
        ({"declined": "two"}, "from 0 to 1,000,000"),
        ({"unanswered": "1000001"}, "from 0 to 1,000,000"),
        ({"note": "x" * 121}, "at most 120"),
    ],
)
def test_a_number_that_is_none_comes_back(
    lead: PlainBrowser, store: Store, typed: dict[str, str], sentence: str
) -> None:
    assert post(lead, PAGE, **typed) == 422
    assert sentence in lead.text
    assert store.recruiting.count("ami").stated.stated_at == ""


def test_the_chart_is_of_the_numbers_that_are_shown_and_of_no_others(
    lead: PlainBrowser, app: Flask, store: Store
) -> None:
    begin(app.test_client(), "ami")
    assert lead.open(f"{PAGE}/chart.svg").status_code == 404
    assert post(lead, f"{PAGE}/chart") == 200
    until = time.monotonic() + PATIENCE
    while "<img" not in lead.open(PAGE).text:
        assert time.monotonic() < until, "the chart is stuck"
        time.sleep(0.05)
    alt = re.search(r'<img src="[^"]+chart\.svg" alt="([^"]+)"', lead.text)
    assert alt is not None
    assert "took part: n = 1, agreement on record: n = 1" in alt[1]
    with lead.client.get(f"{PAGE}/chart.svg") as picture:
        assert picture.headers["Content-Security-Policy"].endswith("sandbox")
        assert b"begun: n = 1" in picture.data
    for form in ("svg", "png", "pdf"):
        with lead.client.get(f"{PAGE}/chart.{form}?keep=1") as kept:
            assert f"ami-recruitment.{form}" in kept.headers["Content-Disposition"]
    (job,) = (place.name for place in app.extensions[JOBS].folder.iterdir())
    assert lead.open(f"/analysis/jobs/{job}").status_code == 404, "it is no analyst's"
    begin(app.test_client(), "ami")
    assert "<img" not in lead.open(PAGE).text, "that chart is of other numbers"
    assert lead.open(f"{PAGE}/chart.gif").status_code == 404
