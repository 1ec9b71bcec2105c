"""`verify` says what it checked, and names each break with what to do."""

from pathlib import Path

from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.cli.conftest import Run
from tests.storage.scenes import by_hand


def fill(run: Run, settings: Settings) -> tuple[str, str]:
    """Responses, interviews and a withdrawal; returns the options that name the database."""
    options = ("--database", settings.database)
    for name, count in (("ami-survey@1.0.1", "6"), ("ami-interview@1.1.0", "2")):
        assert run("simulate", name, "-n", count, "--seed", "7", *options).exit_code == 0
    return options


def test_what_was_checked_is_said_with_its_counts(
    run: Run, settings: Settings, store: Store
) -> None:
    options = fill(run, settings)
    result = run("verify", *options)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Checked 8 responses, 2 interviews, " in result.stderr
    assert "2 versions and the file itself." in result.stderr
    assert "responses.sqlite3 holds." in result.stderr


def test_a_break_is_named_and_is_exit_1(
    run: Run, settings: Settings, store: Store, tmp_path: Path
) -> None:
    options = fill(run, settings)
    by_hand(
        tmp_path / "survey-data" / "responses.sqlite3",
        "DROP TRIGGER event_kept",
        "UPDATE event SET server_time = '2020-01-01' WHERE sequence = 2 AND subject = response_id",
    )
    result = run("verify", *options)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 6
    assert ", event 2: its hash is not that of what it says" in result.stdout
    assert "does not hold: 6 breaks, named above." in result.stderr


def test_without_a_database_the_next_step_is_named(run: Run, tmp_path: Path) -> None:
    result = run("verify")
    assert (result.exit_code, list(tmp_path.iterdir())) == (1, [])
    assert "There is no database at" in result.stderr
