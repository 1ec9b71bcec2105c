"""A study is made and run by command as on its page, and erased with a certificate."""

from pathlib import Path

import pytest

from survey_app.settings import Settings
from survey_app.storage.records import NewInvitation
from survey_app.storage.store import Store
from tests.cli.conftest import Run

Here = tuple[str, str]


@pytest.fixture
def here(settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch, run: Run) -> Here:
    """The database of a fresh installation, with Léa to lead a study."""
    del run  # which has cleared the environment first
    store.accounts.add("Léa")
    monkeypatch.setenv("SURVEY_APP_DATA", str(settings.data))
    return ("--database", settings.database)


@pytest.fixture
def made(run: Run, here: Here) -> Here:
    """The same with a second study."""
    said = run("study", "add", "mentors-2026", "Mentors", "--lead", "Léa", *here)
    assert (said.exit_code, said.stdout) == (0, "")
    return here


def test_a_study_is_made_with_its_lead_and_the_next_step_can_be_typed(
    run: Run, here: Here, store: Store
) -> None:
    said = run("study", "add", "mentors-2026", "Mentors", "--lead", "Léa", *here).stderr
    assert "survey-app study protocol mentors-2026 add NAME@VERSION" in said
    added = run("study", "protocol", "mentors-2026", "add", "ami-survey@1.0.1", *here)
    assert added.stdout == "ami-survey@1.0.1\tself\topen\n"
    assert run("study", "team", "mentors-2026", *here).stdout == "Léa\tstudy_lead\n"
    listed = run("study", "list", *here).stdout
    assert "mentors-2026\tMentors\topen\t-" in listed
    assert [entry.open for entry in store.studies.protocol("mentors-2026")] == [True]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", "2nd", "Second", "--lead", "Léa"), "a letter first"),
        (("add", "second", " ", "--lead", "Léa"), "Give the study a title"),
        (("add", "ami", "Second", "--lead", "Léa"), "There is already a study “ami”"),
        (("add", "second", "Second", "--lead", "Zoë"), "There is no account “Zoë”"),
        (("show", "amy"), "did you mean 'ami'"),
        (("set", "ami"), "Say what to change"),
        (("set", "ami", "--closes", "soon"), "--closes: Write a day as 2026-03-01"),
        (("set", "ami", "--title", ""), "Give the study a title"),
        (("team", "ami", "Léa"), "Say which role Léa gets"),
        (("team", "ami", "Lea", "analyst"), "There is no account 'Lea'"),
        (("protocol", "ami", "add", "ami-survey@9.9.9"), "is not published now"),
        (("protocol", "ami", "add", "ami-survey"), "name a version too"),
        (("recruitment", "ami", "--chart", "flow.gif"), "ends in none of .svg, .png, .pdf"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    run: Run, here: Here, words: tuple[str, ...], sentence: str
) -> None:
    said = run("study", *words, *here)
    assert said.exit_code != 0
    assert sentence in said.stderr


def test_days_are_set_one_by_one_and_unset(run: Run, made: Here) -> None:
    run("study", "set", "mentors-2026", "--opens", "2026-03-01", "--closes", "2026-03-31", *made)
    said = run("study", "set", "mentors-2026", "--grace-days", "7", "--contact", "Léa", *made)
    shown = said.stdout
    for line in (
        "opens:          2026-03-01",
        "closes:         2026-03-31",
        "grace days:     7",
        "contact:        Léa",
        "title:          Mentors",
    ):
        assert line in shown
    unset = run("study", "set", "mentors-2026", "--opens", "none", *made)
    assert "opens:          none" in unset.stdout
    assert "closes:         2026-03-31" in unset.stdout


def test_the_last_lead_stays_here_too(run: Run, made: Here) -> None:
    said = run("study", "team", "mentors-2026", "Léa", "none", *made)
    assert "Léa is the only study lead" in said.stderr
    assert run("study", "team", "mentors-2026", *made).stdout == "Léa\tstudy_lead\n"


def test_the_end_of_keeping_is_told_of(run: Run, made: Here) -> None:
    run("study", "set", "mentors-2026", "--retain-until", "2020-01-01", *made)
    assert "survey-app purge mentors-2026" in run("study", "show", "mentors-2026", *made).stdout


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_recruitment_is_printed_stated_and_drawn(
    run: Run, made: Here, tmp_path: Path, ending: str
) -> None:
    chart = tmp_path / "charts" / f"flow.{ending}"
    stated = ("--invited", "17", "--declined", "2", "--note", "by e-mail")
    said = run("study", "recruitment", "mentors-2026", *stated, "--chart", str(chart), *made)
    assert said.exit_code == 0
    assert "invited\t17\t0 by a code" in said.stdout
    assert "not known\t15\t" in said.stdout
    assert chart.read_bytes()[:5] in {b"<?xml", b"\x89PNG\r", b"%PDF-"}
    again = run("study", "recruitment", "mentors-2026", "--unanswered", "4", *made)
    assert "declined\t2\t" in again.stdout, "what was stated before stays"


def test_a_study_is_erased_when_its_name_is_typed(
    run: Run, made: Here, tmp_path: Path, store: Store
) -> None:
    refused = run("purge", "mentors-2026", *made)
    assert refused.exit_code == 1
    assert store.erasures.list("mentors-2026") == []
    assert "personal invitation" not in refused.stderr
    wanted = [NewInvitation(code_hash="h", participant="P07")]
    store.invitations.make("mentors-2026", wanted, by="Léa")
    warned = run("purge", "mentors-2026", *made)
    assert "1 personal invitation has not been used." in warned.stderr
    assert "let nobody begin any more" in warned.stderr
    file = tmp_path / "certificate.txt"
    done = run("purge", "mentors-2026", "--yes", "--certificate", str(file), *made)
    assert done.exit_code == 0
    assert file.read_text("utf-8").startswith("Certificate of erasure\n")
    chart = tmp_path / "flow.svg"
    late = run("study", "recruitment", "mentors-2026", "--chart", str(chart), *made)
    assert late.exit_code == 1
    assert "all of them are counted as withdrawn" in late.stderr
    assert not chart.exists()
    assert "erasure:        answers, begun" in run("study", "show", "mentors-2026", *made).stdout
    assert (
        "is there already"
        in run("purge", "mentors-2026", "--yes", "--certificate", str(file), *made).stderr
    )


def test_what_is_hidden_in_a_study_is_set_for_a_reason_that_is_told(
    run: Run, settings: Settings, store: Store
) -> None:
    here = ("--database", settings.database)
    refused = run("study", "set", "ami", "--smallest-count", "2", *here)
    assert (refused.exit_code, store.conduct.changes("ami")) == (2, [])
    assert "--reason: Say why: 2 shows more than the 5" in refused.stderr
    lone = run("study", "set", "ami", "--title", "New", "--reason", "Because.", *here)
    assert "--reason is that of --smallest-count" in lone.stderr
    said = run("study", "set", "ami", "--smallest-count", "2", "--reason", "All agreed.", *here)
    assert said.exit_code == 0, said.stderr
    (line,) = [each for each in said.stdout.splitlines() if each.startswith("small groups:")]
    assert "counts under 2 are hidden; set for this study by " in line
    assert line.endswith("who gave this reason: All agreed")
    assert run("study", "set", "ami", "--title", "Newer", *here).exit_code == 0
    assert "counts under 2" in run("study", "show", "ami", *here).stdout
    unset = run("study", "set", "ami", "--smallest-count", "none", *here)
    assert "small groups:   counts under 5 are hidden\n" in unset.stdout
