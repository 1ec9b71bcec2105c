"""The drill: what is backed up comes back the same, byte for byte, and nothing stays of the trying."""

from pathlib import Path

import pytest

from survey_app import first_start
from survey_app.backups.errors import BackupError
from survey_app.cli.drilling import _compare, _conclude
from survey_app.settings import Settings
from survey_app.storage.people.register import People, Person
from survey_app.storage.store import Store
from tests.cli.conftest import Run
from tests.cli.test_verifying import fill
from tests.storage.scenes import by_hand, change


@pytest.fixture
def filled(run: Run, settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Responses, interviews, one withdrawn of each, and a name."""
    fill(run, settings)
    for instrument in ("ami-survey", "ami-interview"):
        with store.snapshot() as snapshot:
            first = next(snapshot.responses("ami", instrument, include_test=True)).id
        store.responses.withdraw(first, change(900, kind="withdraw"), scope="all")
    first_start.prepare_people(settings)
    with People(settings.people, settings.people_key_file) as people:
        people.keep(Person(id="p", study="ami", name="Zoë"))
    monkeypatch.setenv("SURVEY_APP_DATABASE", settings.database)
    monkeypatch.setenv("SURVEY_APP_PEOPLE", settings.people)
    return settings


def list_files(folder: Path) -> list[tuple[str, int]]:
    files = (each for each in folder.rglob("*") if each.name[-4:] not in {"-wal", "-shm"})
    return sorted((str(each), each.stat().st_size) for each in files if each.is_file())


@pytest.mark.parametrize("options", [(), ("--people",), ("--people", "--encrypt")])
def test_what_was_backed_up_comes_back_the_same(
    run: Run,
    filled: Settings,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
) -> None:
    monkeypatch.setenv("SURVEY_APP_BACKUP_PASSPHRASE", "five words that nobody guesses")
    before = list_files(tmp_path)
    result = run("drill", *options)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    exports = 3 if options else 2
    assert "Checked 8 responses, 2 interviews, " in result.stderr
    assert " erased by withdrawals" in result.stderr
    assert f"The backup was restored, and {exports} exports of " in result.stderr
    assert "are the same from both. Nothing was left behind." in result.stderr
    assert list_files(tmp_path) == before
    assert list(tmp_path.rglob("*partial*")) == []


def test_a_database_that_does_not_hold_fails_the_drill(
    run: Run, filled: Settings, tmp_path: Path
) -> None:
    by_hand(
        tmp_path / "survey-data" / "responses.sqlite3",
        "DROP TRIGGER event_kept",
        "UPDATE event SET server_time = '2020-01-01' WHERE sequence = 1",
    )
    result = run("drill")
    assert result.exit_code == 1
    assert "event 1: its hash is not that" in result.stdout
    assert "The restored backup does not hold, as named above." in result.stderr
    assert list(tmp_path.rglob("*partial*")) == []


def test_what_is_lost_on_the_way_is_named(tmp_path: Path) -> None:
    """The comparison itself: of three exports one lost an answer, and one is not there."""
    folders = [tmp_path / name for name in ("restored", "before", "after")]
    for folder in folders:
        folder.mkdir()
        for name in ("same", "older", "newer", "other", "lost"):
            (folder / name).write_text(name)
    restored, before, after = folders
    (after / "older").write_text("somebody answered since")
    (before / "newer").write_text("somebody answered before")
    (restored / "other").write_text("one answer less")
    (restored / "lost").unlink()
    result = _compare(restored, before, after)
    assert (result.exports, result.differing) == (5, ("lost", "other"))
    with pytest.raises(BackupError, match="exports something else than the database: lost, other"):
        _conclude(result)


def test_without_a_database_the_next_step_is_named(run: Run, tmp_path: Path) -> None:
    result = run("drill")
    assert (result.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert "There is no database at" in result.stderr
