"""What was made before somebody withdrew is deleted, and its pages say so."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from survey_app.jobs import FILES, JobFile, Jobs, Progress, write_progress
from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.web.app import create_app
from tests.plain_browser import PlainBrowser
from tests.storage.scenes import change
from tests.web.signed_in import sign_in

PATIENCE = 180
DELETED = "It was made before somebody withdrew their answers, or before the study changed"


@pytest.fixture
def participant(app: Flask) -> PlainBrowser:
    """Somebody who has begun to answer."""
    browser = PlainBrowser(app.test_client())
    browser.open("/s/ami")
    browser.choose("agree", "yes").press()
    browser.choose("item_years", "2018_2019").press("continue")
    return browser


@pytest.fixture
def analyst(app: Flask, settings: Settings, store: Store) -> PlainBrowser:
    return sign_in(app, settings, store, role="analyst")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let jobs be ready at once, with one drawing of a line: how it is drawn is not told here."""

    def spawn(_self: Jobs, place: Path) -> Any:
        (place / FILES / "years.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        made = JobFile(name="years.svg", title="Years", alt="In which years they were mentors")
        write_progress(place, Progress(state="done", fraction=1, files=(made,)))
        return subprocess.Popen([sys.executable, "-c", ""])

    monkeypatch.setattr(Jobs, "_spawn", spawn)


def make(analyst: PlainBrowser, work: str) -> str:
    """Have something made and return the address of its page once it is ready."""
    analyst.open("/analysis/ami/ami-survey")
    data = {"work": work, "csrf": _token(analyst)}
    page = analyst.client.post("/analysis/ami/ami-survey", data=data)
    until = time.monotonic() + PATIENCE
    while "Refresh" in analyst.open(page.location).headers:
        assert time.monotonic() < until, "the job is stuck"
        time.sleep(0.05)
    assert "It is ready" in analyst.text
    return analyst.path


def _token(browser: PlainBrowser) -> str:
    return browser.text.split('name="csrf" content="')[1].split('"')[0]


def withdraw(participant: PlainBrowser) -> None:
    participant.open("/s/ami/withdraw")
    participant.press("withdraw", sure="yes")
    assert "have been withdrawn" in participant.text


def files_of(settings: Settings) -> list[Path]:
    return [each for each in settings.jobs.rglob("*") if "files" in each.parts]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(("work", "piece"), [("csv", "files/0"), ("charts", "pictures/0")])
def test_a_withdrawal_deletes_what_was_made_and_every_link_to_it_says_so(
    participant: PlainBrowser, analyst: PlainBrowser, settings: Settings, work: str, piece: str
) -> None:
    job = make(analyst, work)
    assert files_of(settings) != []
    withdraw(participant)
    assert files_of(settings) == []
    for address in (job, f"{job}/{piece}"):
        assert analyst.open(address).status_code == 410
        assert DELETED in analyst.text
        assert "Please make it anew" in analyst.text
    assert make(analyst, work) != job


@pytest.mark.usefixtures("quick")
def test_the_gallery_shows_no_charts_of_before(
    participant: PlainBrowser, analyst: PlainBrowser
) -> None:
    make(analyst, "charts")
    assert "<img" in analyst.open("/analysis/ami/ami-survey/charts").get_data(as_text=True)
    withdraw(participant)
    page = analyst.open("/analysis/ami/ami-survey/charts").get_data(as_text=True)
    assert "<img" not in page
    assert "Nobody has drawn the charts of these responses yet." in page


def withdraw_elsewhere(store: Store) -> None:
    """Withdraw as another process would, of which this server hears nothing."""
    with store.snapshot() as snapshot:
        (response,) = snapshot.responses("ami", "ami-survey")
    store.responses.withdraw(response.id, change(9, kind="withdraw"), scope="response")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("piece", ["", "/files/0"])
def test_what_another_process_has_outdated_is_deleted_when_it_is_looked_at(
    participant: PlainBrowser, analyst: PlainBrowser, settings: Settings, store: Store, piece: str
) -> None:
    job = make(analyst, "json")
    withdraw_elsewhere(store)
    assert files_of(settings) != []
    assert analyst.open(f"{job}{piece}").status_code == 410
    assert files_of(settings) == []
    assert participant.open("/s/ami/thanks").status_code == 200


@pytest.mark.usefixtures("quick")
def test_charts_that_another_process_has_outdated_are_not_shown(
    participant: PlainBrowser, analyst: PlainBrowser, store: Store
) -> None:
    assert participant.path
    make(analyst, "charts")
    withdraw_elsewhere(store)
    page = analyst.open("/analysis/ami/ami-survey/charts").get_data(as_text=True)
    assert "<img" not in page


@pytest.mark.usefixtures("quick")
def test_a_server_that_starts_again_deletes_what_was_outdated_meanwhile(
    participant: PlainBrowser, analyst: PlainBrowser, settings: Settings, store: Store
) -> None:
    assert participant.path
    job = make(analyst, "csv")
    folder = settings.jobs / job.rsplit("/", 1)[1]
    kept = folder.with_name("f" * 32)
    withdraw_elsewhere(store)
    shutil.copytree(folder, kept)
    told = (kept / "job.json").read_text("utf-8")
    (kept / "job.json").write_text(told.replace('"withdrawn": 0', '"withdrawn": 1'), "utf-8")
    create_app(settings, store)
    assert not (folder / "files").exists()
    assert (kept / "files").is_dir(), "what was made since stays"


@pytest.mark.usefixtures("quick")
def test_other_studies_keep_what_was_made(
    participant: PlainBrowser, analyst: PlainBrowser, settings: Settings, store: Store
) -> None:
    job = make(analyst, "csv")
    folder = settings.jobs / job.rsplit("/", 1)[1]
    told = (folder / "job.json").read_text("utf-8")
    (folder / "job.json").write_text(told.replace('"study": "ami"', '"study": "other"'), "utf-8")
    withdraw(participant)
    assert (folder / "files").is_dir()
    assert store.responses.count_withdrawn("ami") == 1


@pytest.mark.usefixtures("quick")
def test_a_test_response_outdates_only_what_was_made_with_test_responses(
    analyst: PlainBrowser, settings: Settings, add_test: Callable[[], str], store: Store
) -> None:
    response = add_test()
    job = make(analyst, "csv")
    store.responses.withdraw(response, change(9, kind="withdraw"), scope="trial")
    assert analyst.open(job).status_code == 200
    assert files_of(settings) != []
    assert store.responses.count_withdrawn("ami", include_test=False) == 0
    assert store.responses.count_withdrawn("ami", include_test=True) == 1


@pytest.fixture
def add_test(store: Store) -> Callable[[], str]:
    def add() -> str:
        return store.responses.begin(
            study="ami",
            instrument="ami-survey",
            version="1.0.1",
            delivery="self",
            source="simulated",
            language="en",
            consent=None,
            session_hash=None,
            link_hash=None,
            change=change(1, kind="begin"),
            is_test=True,
        )

    return add


def test_what_is_being_made_while_somebody_withdraws_is_ended_and_no_trace_is_left(
    participant: PlainBrowser, analyst: PlainBrowser, settings: Settings, store: Store
) -> None:
    analyst.open("/analysis/ami/ami-survey")
    data = {"work": "bundle", "csrf": _token(analyst)}
    job = analyst.client.post("/analysis/ami/ami-survey", data=data).location
    withdraw(participant)
    assert analyst.open(job).status_code == 410
    assert DELETED in analyst.text
    assert files_of(settings) == []
    assert not store.traces_remain
    assert "They were erased. " in participant.text


def test_the_desk_names_the_copies_to_delete(
    participant: PlainBrowser, analyst: PlainBrowser, store: Store
) -> None:
    record = store.exports.record(
        "Ana Lyst",
        "ami",
        filter={"instrument": "ami-survey", "versions": ["1.0.1"], "format": "sav", "words": "all"},
        columns=[],
        rows=1,
        hash="0123456789abcdef" * 4,
    )
    page = analyst.open("/analysis/ami/ami-survey").get_data(as_text=True)
    assert "Copies to delete" not in page
    time.sleep(0.002)
    withdraw(participant)
    page = analyst.open("/analysis/ami/ami-survey").get_data(as_text=True)
    assert '<h2 id="outdated">Copies to delete</h2>' in page
    row = page[page.index("outdated-files") :].split("<tbody>")[1].split("</tr>")[0]
    for told in (record.at[:16].replace("T", " "), "Ana Lyst", "sav", "0123456789abcdef<"):
        assert told in row
