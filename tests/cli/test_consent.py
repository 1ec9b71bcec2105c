"""Consent texts are listed, printed, written as a file and put into force by command."""

import re
from pathlib import Path

import pytest
from flask import Flask

from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.cli.conftest import Run
from tests.plain_browser import PlainBrowser


@pytest.fixture
def here(settings: Settings, store: Store) -> tuple[str, str]:
    """The database of the pages that are looked at."""
    assert store.studies.list()
    return ("--database", settings.database)


@pytest.fixture
def participant(app: Flask) -> PlainBrowser:
    """Somebody who has agreed on the web, and not to being quoted."""
    browser = PlainBrowser(app.test_client())
    browser.open("/s/ami")
    browser.choose("agree", "yes").press()
    return browser


def write(tmp_path: Path, text: str) -> str:
    path = tmp_path / "consent.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_printed_text_is_a_file_that_changes_nothing(
    run: Run, here: tuple[str, str], tmp_path: Path
) -> None:
    printed = run("consent", "show", "1", *here)
    assert "  - **It is your choice.** You may stop at any time" in printed.stdout
    assert re.search(r"Version 1, SHA-256 [0-9a-f]{64}\.", printed.stderr)
    again = run("consent", "add", write(tmp_path, printed.stdout), *here)
    assert again.stderr == "That is version 1, which is in force already.\n"


def test_a_new_text_says_what_changed_and_comes_into_force(
    run: Run, here: tuple[str, str], tmp_path: Path, participant: PlainBrowser
) -> None:
    printed = run("consent", "show", "1", *here).stdout
    changed = printed.replace("you may skip any question", "you may leave out any question")
    refused = run("consent", "add", write(tmp_path, changed), *here)
    assert refused.exit_code == 1
    assert "consent.yaml:1: say in a sentence what changed" in refused.stderr
    file = write(tmp_path, f"{changed}changes: Other words for skipping.\n")
    looked = run("consent", "add", file, "--look", *here)
    assert "  + It is your choice. You may stop at any time, and you may leave out" in looked.stdout
    assert "nothing was stored" in looked.stderr
    assert len(run("consent", "list", *here).stdout.splitlines()) == 2
    assert "Version 3 is in force, on the web." in run("consent", "add", file, *here).stderr
    lines = [line.split("\t") for line in run("consent", "list", *here).stdout.splitlines()]
    assert [(line[0], line[1], line[4], line[5]) for line in lines] == [
        ("3", "self", "0", "in force"),
        ("2", "interviewer", "0", "in force"),
        ("1", "self", "1", "replaced"),
    ]
    assert participant.path == "/s/ami/section/involvement"


def test_a_file_with_problems_is_refused_line_by_line(
    run: Run, here: tuple[str, str], tmp_path: Path
) -> None:
    text = "delivery: phone\ntext: You may stop.\nstatements:\n  - {key: agree, text: Yes}\n"
    refused = run("consent", "add", write(tmp_path, text), *here)
    assert refused.exit_code == 1
    assert "consent.yaml:1: 'delivery' is 'phone'" in refused.stderr
    assert "consent.yaml:4: the key 'agree'" in refused.stderr
    assert "Nothing was stored." in refused.stderr


@pytest.mark.usefixtures("participant")
def test_the_record_is_printed_as_it_was_shown(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    (line,) = run("consent", "record", *here).stdout.splitlines()
    response, who, _day, version, method, noted, quoted = line.split("\t")
    assert (who, version, method, noted, quoted) == ("-", "1", "web", "-", "quoted=0")
    record = run("consent", "record", response, *here).stdout
    assert "- **It is your choice.**" in record
    assert "[x] agreed to take part" in record
    assert "[ ] What I write may be quoted word for word, without my name" in record
    assert store.consents.texts("ami")[1].text.fingerprint in record


def test_what_is_not_there_is_said(run: Run, here: tuple[str, str], store: Store) -> None:
    assert "no consent text '9'" in run("consent", "show", "9", *here).stderr
    assert "has no response nobody" in run("consent", "record", "nobody", *here).stderr
    store.studies.create(slug="bare", title="Bare")
    bare = (*here, "--study", "bare")
    assert "no consent text yet" in run("consent", "show", *bare).stderr
    assert run("consent", "list", *bare).stdout == ""


def test_of_an_anonymous_study_no_record_is_printed(
    run: Run, here: tuple[str, str], app: Flask, store: Store
) -> None:
    store.studies.create(slug="secret", title="Secret", anonymous=True)
    store.studies.add_instrument("secret", "ami-survey", "1.0.1", "self")
    store.studies.add_consent_text("secret", version="1", body={"en": "Stop."}, fingerprint="f")
    browser = PlainBrowser(app.test_client())
    browser.open("/s/secret")
    browser.choose("agree", "yes").press()
    with store.snapshot() as snapshot:
        (response,) = snapshot.responses("secret")
    secret = (*here, "--study", "secret")
    assert run("consent", "record", *secret).stdout == ""
    assert "is anonymous" in run("consent", "record", response.id, *secret).stderr
    printed = run("consent", "show", *secret).stdout
    assert printed == "delivery: both\nlanguages:\n- en\ntext:\n  en: Stop.\n"
