"""Invitations are made by command, printed once, listed, revoked, and asked for at the door."""

import re
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.cli.conftest import Run
from tests.plain_browser import PlainBrowser

LINE = re.compile(r"(\d+)\t(\S+)\t(\w{4}(?:-\w{4}){3})\thttp://127\.0\.0\.1:8000/i/\3")


@pytest.fixture
def here(settings: Settings, store: Store) -> tuple[str, str]:
    """The database of the pages that are looked at."""
    assert store.studies.list()
    return ("--database", settings.database)


def test_personal_invitations_are_printed_once_and_begin_a_response(
    run: Run, here: tuple[str, str], app: Flask, store: Store
) -> None:
    made = run("invitations", "make", "--participant", "P01", "--participant", "P02", *here)
    first, second = (LINE.fullmatch(line) for line in made.stdout.splitlines())
    assert first is not None
    assert second is not None
    assert (first[1], first[2], second[1], second[2]) == ("1", "P01", "2", "P02")
    assert "not shown again" in made.stderr
    assert "is this computer alone" in made.stderr
    browser = PlainBrowser(app.test_client())
    browser.open(f"/i/{first[3]}")
    browser.choose("agree", "yes").press()
    assert browser.path == "/s/ami/section/involvement"
    listed = run("invitations", "list", *here)
    assert listed.stdout == "1\tP01\t1/1\tused up\t\n2\tP02\t0/1\topen\t\n"
    assert first[3] not in listed.output


def test_a_study_asks_for_invitations_and_is_opened_again(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    said = run("invitations", "admission", "invitation", *here).stderr
    assert said == "The study ami lets only invited people begin.\n"
    study = store.studies.find("ami")
    assert study is not None
    assert study.admission == "invitation"
    assert "lets anybody" not in run("invitations", "make", "-n", "1", *here).stderr
    assert "lets anybody begin" in run("invitations", "admission", "open", *here).stderr


def test_the_next_step_can_be_typed_as_it_stands(run: Run, here: tuple[str, str]) -> None:
    said = run("invitations", "make", "-n", "1", *here).stderr
    found = re.search(r"survey-app (invitations admission .*)", said)
    assert found is not None
    assert run(*found[1].split(), *here).exit_code == 0


def test_revoked_ones_are_named(run: Run, here: tuple[str, str]) -> None:
    run("invitations", "make", "-n", "3", "--limit", "5", "--label", "spring", *here)
    assert run("invitations", "revoke", "1", "3", *here).exit_code == 0
    listed = run("invitations", "list", *here).stdout.splitlines()
    assert listed == [
        "1\t-\t0/5\trevoked\tspring",
        "2\t-\t0/5\topen\tspring",
        "3\t-\t0/5\trevoked\tspring",
    ]
    assert "no invitation 9" in run("invitations", "revoke", "9", *here).stderr


def test_the_sheet_has_a_slip_for_each_with_link_code_and_picture(
    run: Run, here: tuple[str, str], tmp_path: Path
) -> None:
    run("invitations", "admission", "invitation", *here)
    made = run("invitations", "make", "-n", "9", "--sheet", "out/slips.pdf", *here)
    assert made.exit_code == 0
    reader = PdfReader(tmp_path / "out" / "slips.pdf")
    assert len(reader.pages) == 2
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    for line in made.stdout.splitlines():
        _number, _participant, code, link = line.split("\t")
        assert f"andtype:{code}" in text
        assert link in text
    assert text.count("Foroneperson.") == 9
    assert "No.9" in text
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"], "screen readers can read it"  # type: ignore[index]


def test_the_slips_of_an_open_study_have_the_link_alone(
    run: Run, here: tuple[str, str], tmp_path: Path
) -> None:
    made = run("invitations", "make", "-n", "1", "--sheet", "slips.pdf", *here)
    text = "".join(PdfReader(tmp_path / "slips.pdf").pages[0].extract_text().split())
    link = made.stdout.split()[-1]
    assert link in text
    assert "andtype" not in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "either how many"),
        (("-n", "1", "--participant", "P01"), "either how many"),
        (("-n", "0"), "not in the range"),
        (("-n", "1001"), "not in the range"),
        (("--participant", "P01", "--limit", "3"), "good for one person"),
        (("--participant", "P01", "--participant", "P01"), "named twice"),
        (("--participant", " "), "visible characters"),
        (("-n", "1", "--label", "x" * 61), "visible characters"),
        (("-n", "1", "--sheet", "slips.docx"), "does not end in .pdf"),
        (("-n", "1", "--study", "amy"), "did you mean 'ami'"),
    ],
)
def test_what_makes_no_invitation_is_refused_before_any_is_made(
    run: Run, here: tuple[str, str], words: tuple[str, ...], sentence: str
) -> None:
    result = run("invitations", "make", *words, *here)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert run("invitations", "list", *here).stdout == ""


def test_an_anonymous_study_names_nobody(run: Run, here: tuple[str, str], store: Store) -> None:
    store.studies.create(slug="secret", title="Secret", anonymous=True)
    refused = run("invitations", "make", "--participant", "P01", "--study", "secret", *here)
    assert refused.exit_code == 1
    assert "name nobody" in refused.stderr
