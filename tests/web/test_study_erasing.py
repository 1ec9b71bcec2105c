"""A lead erases a study by typing its name; participants and analysts find what is left of it."""

import re

import pytest
from flask import Flask

from survey_app.jobs import FILES
from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.web.analyst.blueprint import JOBS
from survey_app.web.studies import erasing
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in
from tests.web.test_study_desk import begin, send, words

PAGE = "/studies/ami/erase"


@pytest.fixture
def lead(app: Flask, settings: Settings, store: Store) -> PlainBrowser:
    return sign_in(app, settings, store, role="study_lead")


def test_without_its_name_nothing_is_erased(lead: PlainBrowser, app: Flask, store: Store) -> None:
    begin(app.test_client(), "ami")
    for typed in ("", "AMI", "yes"):
        assert send(lead, PAGE, name=typed, scope="answers") == 422
        assert "Nothing was erased" in lead.text
    assert store.erasures.list("ami") == []


def test_with_its_name_everything_is_and_a_certificate_says_so(
    lead: PlainBrowser, app: Flask, store: Store
) -> None:
    participant = begin(app.test_client(), "ami")
    assert send(lead, PAGE, name="ami", scope="answers") == 200
    assert "Certificate of erasure" in lead.text
    assert "responses with their content 1 0" in words(lead)
    assert "1 agreement with its text" in words(lead)
    assert "Certificate of the erasure of" in lead.open("/studies/ami").text
    assert "began to erase" in lead.text
    assert "1 without one" in lead.open("/studies/ami/recruitment").text, "it still adds up"
    assert "All answers were erased on" in lead.text
    assert "withdrew everything, or their answers were erased" in lead.text
    assert "Draw the flow chart" not in lead.text
    participant.open("/s/ami/section/involvement")
    assert "Your answers have been withdrawn" in participant.text
    fresh = PlainBrowser(app.test_client())
    app.extensions["survey_app"].catalogue._doors.clear()
    assert "This study ended on" in fresh.open("/s/ami").get_data(as_text=True)


def test_what_takes_long_goes_on_with_the_next_press(
    lead: PlainBrowser, app: Flask, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(22):
        begin(app.test_client(), "ami")
    monkeypatch.setattr(erasing, "SECONDS", 0.0)
    assert send(lead, PAGE, name="ami", scope="answers") == 200
    assert "2 responses are left. Press the button again" in lead.text
    assert "An erasure was begun" in lead.open("/studies/ami").text
    assert send(lead, PAGE, name="ami", scope="answers") == 200
    assert "Certificate of erasure" in lead.text
    assert "responses with their content 22 0" in words(lead)


def test_while_an_export_reads_it_waits_and_then_says_so(
    lead: PlainBrowser, app: Flask, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(app.test_client(), "ami")
    monkeypatch.setattr(erasing, "PATIENCE", 0.0)
    with store.snapshot() as snapshot:
        assert list(snapshot.responses("ami", "ami-survey"))
        begin(app.test_client(), "ami")
        assert send(lead, PAGE, name="ami", scope="answers") == 200
        assert "something still reads the database" in lead.text
    assert send(lead, PAGE, name="ami", scope="answers") == 200
    assert "Certificate of erasure" in lead.text


def test_an_export_that_is_being_made_is_ended_and_nothing_of_it_is_kept(
    lead: PlainBrowser, app: Flask, store: Store
) -> None:
    begin(app.test_client(), "ami")
    assert send(lead, "/analysis/ami/ami-survey", work="json") == 200
    job = lead.path.rpartition("/")[2]
    files = app.extensions[JOBS].folder / job / FILES
    assert files.is_dir()
    assert send(lead, PAGE, name="ami", scope="answers") == 200
    assert "Certificate of erasure" in lead.text
    assert not files.exists()
    assert lead.open(f"/analysis/jobs/{job}").status_code == 410


def test_a_certificate_of_another_study_is_not_shown(lead: PlainBrowser, store: Store) -> None:
    assert send(lead, PAGE, name="ami", scope="identities") == 200
    found = re.search(r"/studies/ami/erase/(\w+)", lead.path)
    assert found is not None
    store.studies.create(slug="other", title="Other")
    store.accounts.set_role("the study_lead of ami", "study_lead", "other")
    assert lead.open(f"/studies/other/erase/{found[1]}").status_code == 404
    assert lead.open(f"/studies/ami/erase/{found[1]}").status_code == 200
