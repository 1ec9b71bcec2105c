"""The administrator sees accounts, studies and versions, and no answer."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from survey_app.backups.schedule import Schedule
from survey_app.cli.invented_responses import find_interviewer
from survey_app.settings import Settings
from survey_app.storage.records import Role
from survey_app.storage.store import Store
from survey_app.web.app import create_app
from tests.plain_browser import PlainBrowser
from tests.web.signed_in import sign_in


def test_everything_that_is_set_up_is_listed(app: Flask, settings: Settings, store: Store) -> None:
    store.accounts.add("Zoë <the analyst>")
    store.accounts.disable("Zoë <the analyst>")
    browser = sign_in(app, settings, store, administrator=True)
    page = browser.open("/admin").text
    for words in (
        "Zoë &lt;the analyst&gt;",
        "shut out",
        "ami-survey",
        "1.0.1",
        "ami-interview",
        "1.1.0",
        "on the web version 1 of",
        "in interviews version 2 of",
        "survey-app users sign-in-link NAME",
    ):
        assert words in page
    (survey,) = (each for each in store.instruments.list() if each.name == "ami-survey")
    assert survey.fingerprint[:12] in page


def test_the_account_of_invented_interviews_is_explained(
    app: Flask, settings: Settings, store: Store
) -> None:
    browser = sign_in(app, settings, store, administrator=True)
    assert "made by simulate" not in browser.open("/admin").text
    find_interviewer(store)
    assert "made by simulate; cannot sign in" in browser.open("/admin").text


@pytest.mark.parametrize("path", ["/admin", "/analysis", "/interviews"])
def test_every_staff_page_leads_on_and_out(
    app: Flask, settings: Settings, store: Store, path: str
) -> None:
    browser = sign_in(app, settings, store, role="study_lead", administrator=True)
    page = browser.open(path).text
    bar = page[page.index("<nav") : page.index("</nav>")]
    assert re.search(r'<a href="/home">Home</a>', bar)
    assert re.search(r'<a href="/account">Account</a>', bar)
    assert re.search(r'<button [^>]*form="sign-out">Sign out</button>', bar)
    form = re.search(r'<form id="sign-out" method="post" action="(.+?)">.*?value="(\w+)"', page)
    assert form is not None
    assert browser.client.post(form[1], data={"csrf": form[2]}).status_code == 303
    assert browser.open(path).status_code == 401


@pytest.mark.parametrize("role", ["study_lead", "analyst", "interviewer", "observer"])
def test_a_role_in_a_study_opens_no_administration(
    app: Flask, settings: Settings, store: Store, role: Role
) -> None:
    assert sign_in(app, settings, store, role=role).open("/admin").status_code == 403


def test_a_stranger_is_asked_to_sign_in(app: Flask) -> None:
    assert PlainBrowser(app.test_client()).open("/admin").status_code == 401


def test_without_backups_it_is_said_how_to_have_them(
    app: Flask, settings: Settings, store: Store
) -> None:
    page = sign_in(app, settings, store, administrator=True).open("/admin").text
    assert "This server makes no backups." in page
    assert "survey-app serve --backup-to FOLDER" in page


def test_the_newest_backup_and_what_went_wrong_are_told(
    settings: Settings, store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    with_backups = settings.with_changes(backups=folder)
    browser = sign_in(create_app(with_backups, store), settings, store, administrator=True)
    assert "There is no backup yet" in browser.open("/admin").text
    schedule = Schedule(settings=with_backups, folder=folder)
    schedule.make_due()
    page = browser.open("/admin").text
    assert "The last daily backup did not go well" in page
    assert f"There is no folder {folder}. Make it" in page
    folder.mkdir()
    schedule.make_due()
    page = browser.open("/admin").text
    assert "banner-warning" not in page
    assert "less than an hour ago" in page
    assert f"every day into {folder}." in page


@pytest.mark.parametrize(
    ("hours", "words", "warned"), [(25, "25 hours ago", False), (72, "3 days ago", True)]
)
def test_a_backup_that_is_overdue_is_a_warning(
    *, settings: Settings, store: Store, tmp_path: Path, hours: int, words: str, warned: bool
) -> None:
    with_backups = settings.with_changes(backups=tmp_path)
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=hours)):
        assert Schedule(settings=with_backups, folder=tmp_path).make_due()
    browser = sign_in(create_app(with_backups, store), settings, store, administrator=True)
    page = browser.open("/admin").text
    assert (words in page, "The newest backup is older than a day" in page) == (True, warned)
