"""On the desk: what might tell who answered is shown to nobody, and handed on for a reason alone."""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.plain_browser import PlainBrowser
from tests.quasi import NAME, add_people
from tests.web.signed_in import sign_in
from tests.web.test_analyst import wait_for_job
from tests.web.test_desk import words_of

DESK = f"/analysis/ami/{NAME}"
PEOPLE = 24
WITHHELD = "together with others they might tell who answered"


@pytest.fixture
def asked(settings: Settings, store: Store) -> Store:
    add_people(settings, store, PEOPLE)
    return store


@pytest.fixture
def analyst(asked: Store, app: Flask, settings: Settings) -> PlainBrowser:
    return sign_in(app, settings, asked, role="analyst")


@pytest.fixture
def lead(asked: Store, app: Flask, settings: Settings) -> PlainBrowser:
    return sign_in(app, settings, asked, role="study_lead")


def press(browser: PlainBrowser, **values: str) -> TestResponse:
    """Send the form of the downloads with these values."""
    page = browser.open(DESK).text
    found = re.search(r'name="(csrf\w*)" value="([^"]+)"', page)
    assert found
    return browser.client.post(DESK, data={found[1]: found[2], **values})


def test_the_desk_says_what_it_does_not_show_and_offers_no_choice_by_it(
    analyst: PlainBrowser,
) -> None:
    page = words_of(analyst.open(DESK).text)
    assert "as they might together tell who answered: post, zeal, zones." in page
    assert "Zebra lead" not in page
    assert "“Your post”" in page, "groups are compared by it"
    told = words_of(analyst.open(f"{DESK}?post=zebra_lead").text)
    assert "Responses cannot be chosen by “post”" in told
    assert f"responses {PEOPLE}" in told


@pytest.mark.parametrize("item", ["post", "zeal", "zones"])
@pytest.mark.parametrize("kind", ["tables", "fragments"])
def test_their_answers_are_counted_nowhere(
    analyst: PlainBrowser, lead: PlainBrowser, kind: str, item: str
) -> None:
    for browser in (analyst, lead):
        page = words_of(browser.open(f"{DESK}/{kind}/item-{item}").text)
        assert WITHHELD in page
        assert "Zebra lead" not in page
        assert "n =" not in page
    assert WITHHELD not in words_of(analyst.open(f"{DESK}/{kind}/item-calm").text)


def test_a_single_response_is_read_without_them(analyst: PlainBrowser, asked: Store) -> None:
    with asked.snapshot() as snapshot:
        found = list(snapshot.responses("ami", NAME, include_test=False))
    answered = [each for each in found if any(row.item == "post" for row in each.answers)]
    page = words_of(analyst.open(f"{DESK}/response/{answered[0].id}").text)
    assert page.count("not shown here, as it might tell who answered") == 3
    assert "Zebra lead" not in page
    assert "Zebra guest" not in page


def test_counts_are_told_to_all_and_the_answers_to_study_leads(
    analyst: PlainBrowser, lead: PlainBrowser
) -> None:
    told = words_of(analyst.open(f"{DESK}/fragments/uniqueness").text)
    assert "alone with their answers" in told
    assert f"n = {PEOPLE} responses" in told
    assert "Zebra lead" not in told
    assert "Only study leads see this table" not in told
    known = words_of(lead.open(f"{DESK}/fragments/uniqueness").text)
    assert "Only study leads see this table: who knows these answers knows the person." in known
    assert "Zebra lead" in known


def test_who_may_not_know_the_answers_counts_no_chosen_few(
    analyst: PlainBrowser, lead: PlainBrowser
) -> None:
    every = words_of(analyst.open(f"{DESK}/fragments/uniqueness").text)
    assert words_of(analyst.open(f"{DESK}/fragments/uniqueness?glad=y").text) == every
    some = words_of(lead.open(f"{DESK}/fragments/uniqueness?glad=y").text)
    assert f"n = {PEOPLE} responses" not in some


def test_who_counts_all_but_tests_is_told_of_none_in_numbers(
    app: Flask, settings: Settings, store: Store
) -> None:
    add_people(settings, store, 0)
    analyst = sign_in(app, settings, store, role="analyst")
    told = words_of(analyst.open(f"{DESK}/fragments/uniqueness?test=1").text)
    assert "n = 0 responses that are not withdrawn; all but test responses" in told
    assert "has come as far" not in told


def test_only_study_leads_are_offered_them(analyst: PlainBrowser, lead: PlainBrowser) -> None:
    assert 'name="quasi"' not in analyst.open(DESK).text
    assert 'name="quasi"' in lead.open(DESK).text
    assert 'name="quasi"' not in lead.open("/analysis/ami/ami-survey").text
    assert press(analyst, quasi="yes", reason="I want to.", work="xlsx").status_code == 403


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"reason": "", "work": "xlsx"}, "Write why you need them"),
        ({"reason": " \n ", "work": "csv"}, "Write why you need them"),
        ({"reason": "x" * 501, "work": "csv"}, "in at most 500 characters"),
        ({"reason": "For slides.", "work": "charts"}, "without quasi-identifiers"),
    ],
)
def test_without_a_reason_nothing_is_made_and_what_was_typed_stays(
    lead: PlainBrowser, asked: Store, values: dict[str, str], sentence: str
) -> None:
    page = press(lead, quasi="yes", **values)
    assert page.status_code == 422
    assert sentence in words_of(page.text)
    assert f">{values['reason'].strip()}</textarea>" in page.text
    assert 'aria-describedby="reason-error"' in page.text
    assert 'href="#quasi-reason"' in page.text, "the first thing on a long page"
    assert asked.exports.list("ami") == []


def test_a_file_with_them_is_for_study_leads_alone_and_its_reason_is_kept(
    lead: PlainBrowser, analyst: PlainBrowser, asked: Store
) -> None:
    page = press(lead, quasi="yes", reason="To weigh.", work="json")
    assert page.status_code == 303
    wait_for_job(lead, lead.open(page.location))
    assert "lives-with-quasi-identifiers" in lead.text
    with lead.client.get(f"{page.location}/files/0") as file:
        assert "zebra_lead" in file.get_data(as_text=True)
        assert "Coded data, n = 24: individuals can be recognised." in file.get_data(as_text=True)
    for address in (page.location, f"{page.location}/files/0"):
        assert analyst.client.get(address).status_code == 404
    (record,) = asked.exports.list("ami")
    assert (record.who, record.filter["reason"]) == ("the study_lead of ami", "To weigh.")


def test_an_ordinary_file_is_made_as_ever(analyst: PlainBrowser, asked: Store) -> None:
    page = press(analyst, work="json")
    assert page.status_code == 303
    wait_for_job(analyst, analyst.open(page.location))
    with analyst.client.get(f"{page.location}/files/0") as file:
        assert '"zebra_lead"' not in file.get_data(as_text=True).partition('"responses": [')[2]
    (record,) = asked.exports.list("ami")
    assert "quasi_identifiers" not in record.filter


def test_what_was_made_of_groups_does_not_outlive_a_change_of_what_is_hidden(
    analyst: PlainBrowser, asked: Store
) -> None:
    made = {}
    for by in ("post", "glad"):
        page = analyst.open(f"{DESK}?by={by}").text
        found = re.search(r'name="(csrf\w*)" value="([^"]+)"', page)
        assert found
        told = {found[1]: found[2], "work": "xlsx"}
        made[by] = analyst.client.post(f"{DESK}?by={by}", data=told).location
        wait_for_job(analyst, analyst.open(made[by]))
        assert "It is ready" in analyst.text
    asked.conduct.hide_counts("ami", 3, default=5, reason="All agreed.", by="another process")
    with analyst.client.get(f"{made['post']}/files/0") as gone:
        assert gone.status_code == 410
        assert "before the study changed which small counts are hidden" in gone.get_data(
            as_text=True
        )
    with analyst.client.get(f"{made['glad']}/files/0") as stays:
        assert stays.status_code == 200, "its groups tell of nobody, whatever is hidden"
