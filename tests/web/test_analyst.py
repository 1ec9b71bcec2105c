"""The analyst sees what has come in, and gets files that a process of its own has made."""

import io
import re
import time
from collections.abc import Callable

import openpyxl
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from survey_app.cli.invented_responses import Invention, add_response
from survey_app.definition.form import ResponseForm
from survey_app.definition.library import load_library
from survey_app.jobs import Job, JobFile, Progress
from survey_app.settings import Settings
from survey_app.storage.records import Role
from survey_app.storage.store import Store
from survey_app.web.analyst.making import SVG_POLICY
from survey_app.web.results import group_charts
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in

PATIENCE = 180
"""Seconds after which a job counts as stuck."""


@pytest.fixture
def browser(app: Flask, settings: Settings, store: Store) -> PlainBrowser:
    return sign_in(app, settings, store, role="analyst")


@pytest.fixture
def add_tests(store: Store, settings: Settings) -> Callable[[int], None]:
    def add(count: int) -> None:
        instrument = load_library(settings.instruments).find("ami-survey", "1.0.1")
        assert instrument is not None
        form = ResponseForm(instrument, "en")
        invention = Invention(store=store, study="ami", instrument=instrument, seed=7, run="x")
        for number in range(count):
            add_response(invention, form, number)

    return add


def wait_for_job(browser: PlainBrowser, page: TestResponse) -> TestResponse:
    """Look again, as the page asks for, until the job has ended."""
    until = time.monotonic() + PATIENCE
    while "Refresh" in page.headers:
        assert time.monotonic() < until, "the job is stuck"
        time.sleep(0.05)
        page = browser.open(browser.path)
    return page


def test_an_empty_study_says_that_nothing_has_come_in(browser: PlainBrowser) -> None:
    page = browser.open("/analysis").text
    assert page.count("Nothing has come in yet.") == 2
    assert "No real responses yet." not in page


def test_where_only_tests_came_in_the_page_says_so(
    browser: PlainBrowser, add_tests: Callable[[int], None]
) -> None:
    add_tests(1)
    page = browser.open("/analysis").text
    assert page.count("No real responses yet.") == 1
    assert page.count("Nothing has come in yet.") == 1


@pytest.mark.parametrize(
    ("stem", "kind"),
    [
        ("effects", "Answers"),
        ("probes-effects", "Probes in interviews"),
        ("participants-effects-2", "Probes, participant by participant"),
        ("groups-effects-self-1", "Group by group"),
        ("recruitment-flow", "From beginning to sending"),
        ("effects-self-1", "Filled in by participants, version 1"),
        ("effects-self-2", "Filled in by participants, version 2"),
        ("effects-interviewer-1", "Asked in interviews, version 1"),
    ],
)
def test_charts_of_the_same_question_stand_under_what_they_were_counted_from(
    stem: str, kind: str
) -> None:
    files = tuple(
        JobFile(name=f"{name}.{form}", title="Effects", alt="The effects in words")
        for name in ("other-self-9", stem)
        for form in ("svg", "pdf")
    )
    job = Job(id="0", name="charts", arguments={}, progress=Progress(state="done", files=files))
    groups = group_charts(job)
    assert list(groups) == ["Filled in by participants, version 9", kind]
    assert [chart.forms for chart in groups[kind]] == [{"svg": 2, "pdf": 3}]


def test_what_has_come_in_stands_by_version_delivery_and_state_with_tests_apart(
    browser: PlainBrowser, add_tests: Callable[[int], None]
) -> None:
    add_tests(3)
    page = browser.open("/analysis").text
    caption = "Test responses to ami-survey in the study ami, kept apart"
    row = page[page.index(caption) :].split("<tbody>")[1].split("</tr>")[0]
    for cell in ("1.0.1", "by participants", ">3<"):
        assert cell in row


def test_a_workbook_is_made_shown_as_ready_and_downloaded(
    browser: PlainBrowser, store: Store, add_tests: Callable[[int], None]
) -> None:
    add_tests(2)
    browser.open("/analysis")
    browser.choose("tests", "yes")
    page = wait_for_job(browser, browser.press(work="xlsx"))
    assert re.search(r"Download ami-survey-20\d\d-\d\d-\d\dT\d{4}Z\.xlsx", page.text)
    with browser.client.get(f"{browser.path}/files/0") as file:
        assert file.headers["Cache-Control"] == "no-store"
        assert "attachment; filename=ami-survey-20" in file.headers["Content-Disposition"]
        data = openpyxl.load_workbook(io.BytesIO(file.data))["Data"]
    assert data.max_row == 1 + 2
    (record,) = store.exports.list("ami")
    assert (record.who, record.rows) == ("the analyst of ami", 2)
    assert record.columns[0] == "response"


def test_what_is_being_made_can_be_cancelled(
    browser: PlainBrowser, add_tests: Callable[[int], None]
) -> None:
    add_tests(2)
    browser.open("/analysis")
    page = browser.press(work="bundle")
    assert "Refresh" in page.headers
    page = browser.press()
    assert "Refresh" not in page.headers
    assert "This was cancelled" in page.text
    assert "Nothing of it is kept." in page.text


def test_charts_are_shown_as_images_with_their_words_and_a_policy_of_their_own(
    browser: PlainBrowser, add_tests: Callable[[int], None]
) -> None:
    add_tests(2)
    browser.open("/analysis")
    browser.choose("tests", "yes")
    page = wait_for_job(browser, browser.press(work="charts")).text
    sources = re.findall(r'<img src="([^"]+)" alt="([^"]+)"', page)
    assert sources
    for address, alt in sources:
        with browser.client.get(address) as picture:
            assert picture.headers["Cache-Control"] == "no-store"
            assert picture.mimetype == "image/svg+xml"
            assert picture.headers["Content-Security-Policy"] == SVG_POLICY
        assert len(alt) > 20
    for form in ("SVG", "PNG", "PDF"):
        assert f">{form}<" in page
    assert browser.client.get(f"{browser.path}/pictures/1").status_code == 404, "a png is no page"


@pytest.mark.parametrize(
    "address",
    [
        "/analysis/jobs/00000000000000000000000000000000",
        "/analysis/jobs/..%2F..",
        "/analysis/jobs/00000000000000000000000000000000/files/0",
    ],
)
def test_a_job_that_is_not_there_is_a_page_that_is_not_there(
    browser: PlainBrowser, address: str
) -> None:
    assert browser.open(address).status_code == 404


@pytest.mark.parametrize("work", ["", "exe", "png"])
def test_only_what_a_button_offers_is_made(browser: PlainBrowser, work: str) -> None:
    browser.open("/analysis")
    assert browser.post(work=work).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [("analyst", 200), ("study_lead", 200), ("interviewer", 403), ("observer", 403)],
)
def test_results_are_for_analysts_and_study_leads(
    app: Flask, settings: Settings, store: Store, role: Role, status: int
) -> None:
    browser = sign_in(app, settings, store, role=role)
    assert browser.open("/analysis").status_code == status


def test_an_administrator_without_a_role_sees_no_results(
    app: Flask, settings: Settings, store: Store
) -> None:
    browser = sign_in(app, settings, store, administrator=True)
    assert browser.open("/analysis").status_code == 403


def test_a_stranger_is_told_how_to_sign_in(app: Flask) -> None:
    page = PlainBrowser(app.test_client()).open("/analysis")
    assert page.status_code == 401
    assert "sign-in link" in page.text


def test_a_job_is_seen_only_by_those_who_may_see_its_study(
    app: Flask, settings: Settings, store: Store, browser: PlainBrowser
) -> None:
    store.studies.create(slug="other", title="Another study")
    stranger = sign_in(app, settings, store, role="analyst", study="other")
    browser.open("/analysis")
    browser.press(work="json")
    assert stranger.open(browser.path).status_code == 404
    wait_for_job(browser, browser.page)
    assert stranger.open(f"{browser.path}/files/0").status_code == 404


def test_a_study_is_analysed_only_by_its_own_analysts(
    app: Flask, settings: Settings, store: Store
) -> None:
    store.studies.create(slug="other", title="Another study")
    stranger = sign_in(app, settings, store, role="analyst", study="other")
    page = stranger.open("/analysis").text
    assert "Another study" in page
    assert "AMI" not in page
    token = re.search(r'name="csrf" content="(\w+)"', page)
    assert token is not None
    data = {"csrf": token[1], "work": "xlsx"}
    assert stranger.client.post("/analysis/ami/ami-survey", data=data).status_code == 404
