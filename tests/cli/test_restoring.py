"""`restore` makes of a backup what was backed up, sealed or not, and says each step."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey_app import first_start
from survey_app.cli import main
from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.cli.conftest import Run
from tests.cli.test_verifying import fill
from tests.storage.scenes import by_hand

PASSPHRASE = "five words that nobody guesses"
BREAK = (
    "DROP TRIGGER event_kept",
    "UPDATE event SET server_time = '2020-01-01' WHERE sequence = 2 AND subject = response_id",
)


@pytest.fixture
def filled(run: Run, settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation with responses and interviews, and a place to restore into."""
    fill(run, settings)
    first_start.prepare_people(settings)
    monkeypatch.setenv("SURVEY_APP_DATABASE", settings.database)
    monkeypatch.setenv("SURVEY_APP_PEOPLE", settings.people)
    return settings


@pytest.fixture
def elsewhere(filled: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the next commands keep their data; the backups `copy` and `names` were made before."""
    monkeypatch.delenv("SURVEY_APP_DATABASE")
    monkeypatch.delenv("SURVEY_APP_PEOPLE")
    monkeypatch.setenv("SURVEY_APP_DATA", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("SURVEY_APP_PEOPLE_KEY", str(filled.people_key_file))
    return tmp_path / "elsewhere"


def export(run: Run, *words: str) -> str:
    result = run("export", "ami-survey", "--include-test", "--format", "json", *words)
    assert result.exit_code == 0, result.stderr
    return Path(result.stdout.strip()).read_text(encoding="utf-8")


@pytest.mark.parametrize("sealed", [False, True])
def test_a_backup_is_restored_and_exports_the_same(
    *,
    run: Run,
    filled: Settings,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    sealed: bool,
) -> None:
    if sealed:
        monkeypatch.setenv("SURVEY_APP_BACKUP_PASSPHRASE", PASSPHRASE)
    before = export(run)
    options = ("--encrypt",) if sealed else ()
    assert run("backup", "copy", "--people", "names", *options).exit_code == 0
    assert (b"SQLite" in Path("copy").read_bytes()[:6]) is not sealed
    place: Path = request.getfixturevalue("elsewhere")
    result = run("restore", "copy", "--people", "names")
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    assert "Checked 8 responses, 2 interviews, " in result.stderr
    assert f"Restored the names to {place / 'people.sqlite3'}." in result.stderr
    assert f"Restored the responses to {place / 'responses.sqlite3'}." in result.stderr
    assert export(run) == before
    assert run("verify").exit_code == run("verify", "copy").exit_code == 0
    assert sorted(each.name for each in place.iterdir()) == ["people.sqlite3", "responses.sqlite3"]
    again = run("restore", "copy")
    assert again.exit_code == 1
    assert "responses.sqlite3 exists already and is left as it is." in again.stderr


def test_a_passphrase_is_asked_for_twice_to_seal_and_once_to_open(
    run: Run, filled: Settings
) -> None:
    def type_in(words: str, *typed: str) -> Result:
        lines = "".join(f"{line}\n" for line in typed)
        return CliRunner().invoke(main, words.split(), input=lines)

    sealed = type_in("backup copy --encrypt", PASSPHRASE, "a slip", PASSPHRASE, PASSPHRASE)
    assert sealed.exit_code == 0, sealed.stderr
    assert PASSPHRASE not in sealed.output
    wrong = type_in("verify copy", "another that is wrong")
    assert wrong.exit_code == 1
    assert "Error: This is not the passphrase that it was sealed with." in wrong.stderr
    assert type_in("verify copy", PASSPHRASE).exit_code == 0


@pytest.mark.parametrize("given", ["", "short"])
def test_without_a_good_passphrase_nothing_is_written(
    run: Run, filled: Settings, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv("SURVEY_APP_BACKUP_PASSPHRASE", given)
    result = run("backup", "copy", "--encrypt")
    assert result.exit_code == 1
    said = "soon guessed" if given else "No passphrase was given. Type one, or set SURVEY_APP"
    assert said in result.stderr
    assert not Path("copy").exists()


def test_what_does_not_hold_is_restored_only_if_that_is_wanted(
    run: Run, filled: Settings, elsewhere: Path
) -> None:
    by_hand(Path(filled.database.removeprefix("sqlite:///")), *BREAK)
    assert run("backup", "copy", "--database", filled.database).exit_code == 0
    assert run("verify", "copy").exit_code == 1
    refused = run("restore", "copy")
    assert (refused.exit_code, elsewhere.exists()) == (1, False)
    assert "event 2: its hash" in refused.stdout
    assert "nothing was restored. Take another backup, or add --even-broken" in refused.stderr
    taken = run("restore", "copy", "--even-broken")
    assert (taken.exit_code, (elsewhere / "responses.sqlite3").exists()) == (0, True)
    assert "copy does not hold, as named above; it is restored as it is." in taken.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("restore", "absent"), "There is no file absent. Check its name."),
        (("verify", "absent"), "There is no file absent. Check its name."),
        (("verify", "text"), "text is no backup of the responses. Check which file it is."),
        (("restore", "text"), "text is no backup of the responses. Check which file it is."),
        (
            ("restore", "text", "--database", "postgresql://host/name"),
            "What pg_dump wrote, pg_restore brings back.",
        ),
    ],
)
def test_what_cannot_be_restored_is_said(
    run: Run, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    (tmp_path / "text").write_text("recipes", encoding="utf-8")
    result = run(*words)
    assert result.exit_code in {1, 2}
    assert sentence in result.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["text"]
