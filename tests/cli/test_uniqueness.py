"""What might tell who answered, by command: counted beforehand, and handed on for a reason alone."""

from pathlib import Path

import openpyxl
import pytest

from survey_app.cli.uniqueness import describe
from survey_app.disclosure.uniqueness import find_uniqueness
from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.cli.conftest import Run
from tests.quasi import NAME, add_people


@pytest.fixture
def here(run: Run, settings: Settings, store: Store) -> tuple[str, ...]:
    """An installation with twelve real people, and the option that names it."""
    add_people(settings, store, 12)
    return ("--database", settings.database)


def test_who_could_be_told_apart_is_counted_before_anything_is_handed_on(
    run: Run, here: tuple[str, ...]
) -> None:
    result = run("uniqueness", NAME, *here)
    assert result.exit_code == 0, result.stderr
    head, alone, few, post, zeal, *profiles = result.stdout.splitlines()
    assert head == "By post, zeal together, of 12 people:"
    assert int(alone.split()[0]) <= int(few.split()[0]) <= 12
    assert post.startswith("post: 0 alone by it only, ")
    assert post.partition(", ")[2].split()[0] == zeal.split()[1], "zeal alone is all but post"
    assert sum(int(line.split()[0]) for line in profiles) == int(few.split()[0])
    assert any("post = Zebra lead, zeal = " in line for line in profiles)


def test_a_definition_that_declares_none_says_so(run: Run, settings: Settings) -> None:
    result = run("uniqueness", "ami-survey", "--database", settings.database)
    assert "declares no quasi-identifiers" in result.stdout


def test_what_is_printed_is_what_was_found() -> None:
    found = find_uniqueness(("a", "b"), {("x", "y"): 1, ("x", "z"): 7})
    assert list(describe(found)) == [
        "By a, b together, of 8 people:",
        "  1 alone with their answers",
        "  1 alone, or with so few others that they are fewer than 5",
        "a: 0 alone by it only, 1 without it",
        "b: 1 alone by it only, 0 without it",
        "1  a = x, b = y",
    ]


def test_they_are_exported_for_a_reason_that_is_kept_with_the_name_of_who_asked(
    run: Run, here: tuple[str, ...], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("survey_app.cli.reporting.find_login", lambda: "eva")
    words = ("export", NAME, "--with-quasi-identifiers", "--reason", "To weigh.", *here)
    result = run(*words)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip() == str(Path("exports") / "lives-with-quasi-identifiers.xlsx")
    (record,) = store.exports.list("ami")
    assert (record.who, record.filter["reason"]) == ("eva", "To weigh.")
    book = openpyxl.load_workbook(result.stdout.strip())
    assert "post" in [cell.value for cell in book["Data"][1]]
    assert book["Read me"]["A2"].value == "caution"
    assert run("export", NAME, *here).exit_code == 0
    ordinary = openpyxl.load_workbook("exports/lives.xlsx")
    assert "post" not in [cell.value for cell in ordinary["Data"][1]]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--with-quasi-identifiers",), "say what they are needed for"),
        (("--with-quasi-identifiers", "--reason", " "), "say what they are needed for"),
        (("--reason", "Because."), "--reason is that of --with-quasi-identifiers"),
    ],
)
@pytest.mark.parametrize("command", ["export", "charts"])
def test_without_a_reason_nothing_is_made(
    run: Run, here: tuple[str, ...], command: str, words: tuple[str, ...], sentence: str
) -> None:
    result = run(command, NAME, *words, *here)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert not Path("exports").exists()


def test_the_smallest_count_that_is_shown_is_a_setting(
    run: Run, here: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for setting, alone in (("", True), ("1", False)):
        monkeypatch.setenv("SURVEY_APP_SMALLEST_COUNT", setting)
        assert run("export", NAME, "--by", "post", *here).exit_code == 0
        book = openpyxl.load_workbook("exports/lives.xlsx")
        assert ("Data" not in book.sheetnames) is alone
    monkeypatch.setenv("SURVEY_APP_SMALLEST_COUNT", "few")
    result = run("export", NAME, *here)
    assert result.exit_code == 1
    assert "write a whole number from 1" in result.stderr
