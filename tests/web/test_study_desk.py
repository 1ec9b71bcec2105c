"""A study lead makes and runs a study, in a browser without scripts; an administrator appoints."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app import first_start
from survey_app.definition.library import load_library
from survey_app.reports.progress import ignore
from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.worker.exports import make_export
from survey_app.worker.requests import Request
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in

AMI = "/studies/ami"
SURVEY = "ami-survey 1.0.1"


@pytest.fixture
def lead(app: Flask, settings: Settings, store: Store) -> PlainBrowser:
    """A study lead of the first study."""
    return sign_in(app, settings, store, role="study_lead")


@pytest.fixture
def administrator(app: Flask, settings: Settings, store: Store) -> PlainBrowser:
    return sign_in(app, settings, store, administrator=True)


def send(browser: PlainBrowser, address: str, **typed: str) -> int:
    """Send a form of a page by hand; return the answer's status, with redirects followed."""
    token = re.search(r'name="csrf" value="(\w+)"', browser.open(address.partition("?")[0]).text)
    assert token is not None
    data = {"csrf": token[1], **typed}
    browser.page = browser.client.post(address, data=data, follow_redirects=True)
    return browser.page.status_code


def words(browser: PlainBrowser) -> str:
    """The page's words, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", browser.text).split())


def make(browser: PlainBrowser, slug: str = "second", title: str = "Second study") -> None:
    assert send(browser, "/studies", title=title, slug=slug) == 200


def begin(client: FlaskClient, study: str) -> PlainBrowser:
    participant = PlainBrowser(client)
    participant.open(f"/s/{study}")
    participant.choose("agree", "yes").press()
    return participant


def test_the_desk_is_found_from_where_a_lead_and_an_administrator_arrive(
    lead: PlainBrowser, administrator: PlainBrowser
) -> None:
    assert 'href="/studies"' in lead.open("/instruments").text
    assert 'href="/studies"' in administrator.open("/admin").text


@pytest.mark.parametrize("page", ["team", "consent", "invitations"])
def test_every_page_of_a_study_has_the_ways_to_the_others(lead: PlainBrowser, page: str) -> None:
    text = lead.open(f"{AMI}/{page}").text
    for other in ("protocol", "consent", "invitations", "recruitment"):
        assert f'href="{AMI}/{other}"' in text
    assert f'href="{AMI}/{page}" aria-current="page"' in text
    assert 'href="/studies">Studies<' in text


def test_who_makes_a_study_leads_it_and_runs_it_next_to_the_first(
    lead: PlainBrowser, app: Flask, store: Store
) -> None:
    make(lead)
    assert "The study is made" in lead.text
    assert "Nothing in its protocol is open" in lead.text
    version, delivery = SURVEY, "self"
    address = "/studies/second/protocol"
    assert send(lead, address, action="add", version=version, delivery=delivery) == 200
    assert "It is in the protocol now" in lead.text
    participant = begin(app.test_client(), "second")
    assert participant.path == "/s/second/section/involvement"
    assert "Second study" in participant.text
    assert [row.count for row in store.studies.overview("second")] == [1]
    assert store.studies.overview("ami") == []
    assert "1 without one" not in lead.open("/studies/ami/recruitment").text
    assert "0 under a code, 1 without one" in lead.open("/studies/second/recruitment").text
    assert lead.open("/analysis/second/ami-survey").status_code == 200


def test_each_study_is_exported_by_itself(
    lead: PlainBrowser, app: Flask, store: Store, tmp_path: Path
) -> None:
    make(lead)
    store.protocols.add("second", ("ami-survey", "1.0.1", "self"), by="Léa")
    for study in ("ami", "second", "second"):
        begin(app.test_client(), study)
    rows = {}
    for study in ("ami", "second"):
        target = tmp_path / f"{study}.json"
        request = Request(who="Léa", study=study, instrument="ami-survey", format="json")
        rows[study] = make_export(store, request, target, ignore).count
        assert [each.study for each in store.exports.list(study)] == [study]
    assert rows == {"ami": 1, "second": 2}


def test_what_a_lead_took_out_stays_out_at_the_next_start(
    lead: PlainBrowser, settings: Settings, store: Store
) -> None:
    assert send(lead, f"{AMI}/protocol", entry="ami-survey 1.0.1 self", action="remove") == 200
    first_start.add_study(store, load_library(settings.instruments))
    assert [each.delivery for each in store.studies.protocol("ami")] == ["interviewer"] * 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": "", "slug": "new"}, "Give the study a title"),
        ({"title": "New", "slug": "2nd"}, "a letter first"),
        ({"title": "New", "slug": "a b"}, "a letter first"),
        ({"title": "New", "slug": "ami"}, "There is already a study “ami”"),
    ],
)
def test_a_study_that_cannot_be_made_comes_back_with_what_was_typed(
    lead: PlainBrowser, store: Store, typed: dict[str, str], sentence: str
) -> None:
    assert send(lead, "/studies", **typed) == 422
    assert sentence in lead.text
    assert f'value="{typed["title"]}"' in lead.text
    assert [study.slug for study in store.studies.list()] == ["ami"]


def test_an_administrator_makes_a_study_for_somebody_else_and_sees_nothing_in_it(
    administrator: PlainBrowser, store: Store
) -> None:
    store.accounts.add("Léa")
    typed = {"title": "Second", "slug": "second"}
    assert send(administrator, "/studies", **typed) == 422
    assert "Choose who leads the study" in administrator.text
    assert send(administrator, "/studies", lead="Léa", **typed) == 200
    assert [member.name for member in store.teams.list("second")] == ["Léa"]
    assert "What was changed" not in administrator.text
    for closed in ("protocol", "settings", "recruitment", "erase", "invitations"):
        assert administrator.open(f"/studies/second/{closed}").status_code == 403, closed


def test_an_administrator_appoints_study_leads_and_nobody_else(
    administrator: PlainBrowser, store: Store
) -> None:
    store.accounts.add("Léa")
    assert send(administrator, f"{AMI}/team", name="Léa", role="analyst") == 403
    assert send(administrator, f"{AMI}/team", name="Léa", role="remove") == 403
    assert send(administrator, f"{AMI}/team", name="Léa", role="study_lead") == 200
    assert ("Léa", "study_lead") in [(each.name, each.role) for each in store.teams.list("ami")]


def test_a_team_is_put_together_and_the_last_lead_stays(lead: PlainBrowser, store: Store) -> None:
    store.accounts.add("Ann")
    own = "the study_lead of ami"
    assert send(lead, f"{AMI}/team", name="Ann", role="interviewer") == 200
    assert send(lead, f"{AMI}/team", name="Ann", role="coordinator") == 200
    assert ("Ann", "coordinator") in [(each.name, each.role) for each in store.teams.list("ami")]
    assert send(lead, f"{AMI}/team", name="Ann", role="remove") == 200
    assert "Ann" not in [each.name for each in store.teams.list("ami")]
    assert send(lead, f"{AMI}/team", name=own, role="remove") == 422
    assert "is the only study lead" in lead.text
    assert send(lead, f"{AMI}/team", name="nobody", role="analyst") == 422
    assert send(lead, f"{AMI}/team", name="Ann", role="king") == 422
    told = words(lead) if lead.open(AMI) else ""
    assert "took Ann out of the team" in told
    assert f"{own} made Ann interviewer" in told


def test_who_leaves_the_team_is_led_home(lead: PlainBrowser, store: Store) -> None:
    store.accounts.add("Ann")
    store.teams.appoint("ami", "Ann", "study_lead", by="Ann")
    assert send(lead, f"{AMI}/team", name="the study_lead of ami", role="remove") == 200
    assert lead.path == "/home"


def test_an_entry_is_closed_moved_and_taken_out(lead: PlainBrowser, store: Store) -> None:
    entry = "ami-survey 1.0.1 self"
    address = f"{AMI}/protocol"
    assert send(lead, address, entry=entry, action="close") == 200
    assert "It is closed now" in lead.text
    assert send(lead, address, entry=entry, action="down") == 200
    assert send(lead, address, entry=entry, action="remove") == 200
    assert "was taken out" in lead.text
    assert [each.delivery for each in store.studies.protocol("ami")] == ["interviewer"] * 2
    assert send(lead, address, entry=entry, action="open") == 200
    assert "Nothing was changed" in lead.text
    assert send(lead, address, entry="no entry", action="open") == 400
    assert send(lead, address, entry=entry, action="dance") == 400
    assert send(lead, address, action="add", version="ami-survey 9.9.9", delivery="self") == 422
    assert "That version is not published" in lead.text


def test_an_anonymous_study_holds_no_interviews(lead: PlainBrowser, store: Store) -> None:
    assert send(lead, "/studies", title="Quiet", slug="quiet", anonymous="yes") == 200
    address = "/studies/quiet/protocol"
    assert 'value="interviewer"' not in lead.open(address).text
    typed = {"action": "add", "version": SURVEY, "delivery": "interviewer"}
    assert send(lead, address, **typed) == 422
    assert "nobody can be interviewed" in lead.text
    assert store.studies.protocol("quiet") == []


def settings_of(**changed: str) -> dict[str, str]:
    return {"title": "AMI", "contact": "Léa", "grace_days": "0", "afterwards": "answers"} | changed


def test_days_are_set_and_shown(lead: PlainBrowser, store: Store) -> None:
    typed = settings_of(
        opens="2026-03-01",
        closes="2026-03-31",
        grace_days="7",
        freeze_on="2026-05-01",
        retain_until="2031-03-31",
        afterwards="identities",
    )
    assert send(lead, f"{AMI}/settings", **typed) == 200
    assert "Saved" in lead.text
    for name, value in typed.items():
        if name != "afterwards":
            assert f'value="{value}"' in lead.text, name
    found = store.studies.find("ami")
    assert found is not None
    assert (found.last_day, found.afterwards) == ("2026-04-07", "identities")
    lead.open(AMI)
    told = words(lead)
    assert "1 March 2026 to 31 March 2026; who began may finish until 7 April 2026" in told
    assert "kept until: nothing → 31 March 2031" in told


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"opens": "tomorrow"}, "Write a day as 2026-03-01"),
        ({"opens": "2026-02-30"}, "Write a day as 2026-03-01"),
        ({"opens": "2026-03-02", "closes": "2026-03-01"}, "The last day is before the first"),
        ({"closes": "2026-03-01", "grace_days": "400"}, "from 0 to 365"),
        ({"grace_days": "7"}, "need a last day to count from"),
        (
            {"closes": "2026-03-01", "grace_days": "7", "retain_until": "2026-03-05"},
            "People may still be answering then; choose a day after 2026-03-08",
        ),
        ({"title": ""}, "Give the study a title"),
        ({"contact": "x" * 201}, "Write whom to ask in at most 200"),
    ],
)
def test_what_cannot_be_set_comes_back(
    lead: PlainBrowser, store: Store, typed: dict[str, str], sentence: str
) -> None:
    before = store.studies.find("ami")
    assert send(lead, f"{AMI}/settings", **settings_of(**typed)) == 422
    assert sentence in lead.text
    assert store.studies.find("ami") == before


def test_whether_it_is_anonymous_is_settled_by_the_first_response(
    lead: PlainBrowser, app: Flask, store: Store
) -> None:
    assert send(lead, f"{AMI}/settings", **settings_of(anonymous="yes")) == 200
    found = store.studies.find("ami")
    assert found is not None
    assert found.anonymous
    begin(app.test_client(), "ami")
    assert send(lead, f"{AMI}/settings", **settings_of()) == 422
    assert "cannot change any more" in lead.text
    assert "This study is anonymous: no response is tied to a person." in words(lead)


def test_the_end_of_keeping_is_told_of_on_the_desk_and_to_the_administrator(
    lead: PlainBrowser, administrator: PlainBrowser, store: Store
) -> None:
    for page, browser in (("/studies", lead), (AMI, lead), ("/admin", administrator)):
        assert "time of keeping" not in browser.open(page).get_data(as_text=True), page
    store.conduct.date(
        "ami",
        opens=None,
        closes=None,
        grace_days=0,
        freeze_on=None,
        retain_until="2020-01-01",
        afterwards="answers",
        by="Léa",
    )
    for page, browser in (("/studies", lead), (AMI, lead), ("/admin", administrator)):
        browser.open(page)
        told = words(browser)
        assert "the time of keeping is over" in told, page
        assert "all answers are to be erased" in told, page
    assert "survey-app purge ami" in administrator.text


def test_a_lead_of_one_study_does_not_reach_another(lead: PlainBrowser, store: Store) -> None:
    store.studies.create(slug="other", title="Other")
    pages = ("", "/protocol", "/team", "/settings", "/recruitment", "/erase")
    assert {lead.open(f"/studies/other{page}").status_code for page in pages} == {404}
    assert "Other" not in lead.open("/studies").text


SETTINGS = {"title": "Mentors", "contact": "", "grace_days": "0", "afterwards": "answers"}


def read(browser: PlainBrowser, address: str) -> str:
    browser.open(address)
    return words(browser)


def set_smallest(lead: PlainBrowser, least: str, reason: str = "") -> int:
    typed = {"smallest_count": least, "smallest_reason": reason}
    return send(lead, f"{AMI}/settings", **SETTINGS, **typed)


@pytest.mark.parametrize(
    ("least", "reason", "sentence"),
    [
        ("3", "", "Say why: 3 shows more than the 5 that holds here for studies."),
        ("1", "  ", "Say why: 1 shows more than the 5"),
        ("0", "Why not.", "Write a whole number from 1, which hides nothing, to 100"),
        ("101", "", "Write a whole number from 1"),
        ("few", "", "Write a whole number from 1"),
        ("²", "", "Write a whole number from 1"),
        ("3", "x" * 501, "Shorten the reason to at most 500 characters."),
    ],
)
def test_to_show_smaller_counts_than_elsewhere_needs_a_number_and_a_reason(
    lead: PlainBrowser, store: Store, least: str, reason: str, sentence: str
) -> None:
    assert set_smallest(lead, least, reason) == 422
    assert sentence in words(lead)
    assert f'value="{least}"' in lead.text
    assert store.conduct.changes("ami") == []


def test_who_changed_what_is_hidden_and_why_stands_on_the_studys_pages(
    lead: PlainBrowser, store: Store
) -> None:
    assert "Small groups counts under 5 are hidden" in read(lead, AMI)
    assert set_smallest(lead, "3", "All eleven agreed.") == 200
    said = "set for this study by the study_lead of ami on 20"
    for page in ("", "/settings"):
        lead.open(f"{AMI}{page}")
        assert "counts under 3 are hidden" in words(lead)
        assert said in words(lead)
        assert "who gave this reason: All eleven agreed" in words(lead)
    lead.open(AMI)
    change = "small groups: counts under 5 are hidden → counts under 3 are hidden; reason: All"
    assert change in words(lead)
    assert set_smallest(lead, "3") == 200, "what is as it was needs no reason"
    assert set_smallest(lead, "1", "Nobody minds.") == 200
    assert "nothing is hidden" in read(lead, AMI)
    assert set_smallest(lead, "") == 200
    assert "Small groups counts under 5 are hidden Contact" in read(lead, AMI)
    changes = [each.kind for each in store.conduct.changes("ami")]
    assert changes.count("hidden_counts") == 3
