"""A backup is whole, is made beside the server, and overwrites nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from survey_app import first_start
from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.cli.conftest import Run


def test_a_copy_is_a_database_that_works(
    run: Run, settings: Settings, store: Store, tmp_path: Path
) -> None:
    store.accounts.add("Zoë")
    result = run("backup", "copy.sqlite3", "--database", settings.database)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Wrote copy.sqlite3" in result.stderr
    with Store(f"sqlite:///{tmp_path / 'copy.sqlite3'}") as copied:
        assert [account.name for account in copied.accounts.list()] == ["Zoë"]


def test_names_are_copied_into_a_file_of_their_own(
    run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first_start.prepare_people(settings)
    monkeypatch.setenv("SURVEY_APP_PEOPLE", settings.people)
    words = ("backup", "copy.sqlite3", "--people", "names.sqlite3")
    assert run(*words, "--database", settings.database).exit_code == 0
    with closing(sqlite3.connect(tmp_path / "names.sqlite3")) as names:
        assert names.execute("SELECT count(*) FROM person").fetchone() == (0,)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("there.txt",), 1, "there.txt exists already"),
        (("new.sqlite3", "--people", "there.txt"), 1, "there.txt exists already"),
        (("new.sqlite3", "--people", "new.sqlite3"), 2, "are the same"),
        (("nowhere/new.sqlite3",), 1, "There is no folder nowhere"),
        (("new.sqlite3", "--people", "names.sqlite3"), 1, "There is no database of names"),
        ((), 2, "Missing argument 'FILE'"),
    ],
)
def test_what_cannot_be_copied_is_refused_and_leaves_nothing(
    *,
    run: Run,
    settings: Settings,
    tmp_path: Path,
    words: tuple[str, ...],
    code: int,
    sentence: str,
) -> None:
    (tmp_path / "there.txt").write_text("precious", encoding="utf-8")
    result = run("backup", *words, "--database", settings.database)
    assert result.exit_code == code
    assert sentence in result.stderr
    assert (tmp_path / "there.txt").read_text(encoding="utf-8") == "precious"
    assert list(tmp_path.glob("*new.sqlite3*")) == []


def test_without_a_database_the_next_step_is_named(run: Run, tmp_path: Path) -> None:
    result = run("backup", "copy.sqlite3")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no database at" in result.stderr
    assert "'survey-app serve'" in result.stderr
    assert list(tmp_path.iterdir()) == []
