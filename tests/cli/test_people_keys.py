"""The key of the names by command: said where it is, changed, and told about where it is not right."""

from pathlib import Path

import pytest

from survey_app import first_start
from survey_app.cli.preparing import make_databases
from survey_app.settings import Settings
from survey_app.storage.people.keys import new_key, read_keys, write_keys
from survey_app.storage.people.register import People, Person
from survey_app.storage.people.upgrade import MIGRATIONS
from survey_app.storage.store import Store
from tests.cli.conftest import Run
from tests.storage.scenes import by_hand
from tests.storage.test_withdrawn_people import upgrade

ADA = Person(id="1f", study="ami", name="Ada Canary", email="canary@example.org")


@pytest.fixture
def here(run: Run, settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation with a name that the commands find."""
    assert store.studies.list()
    first_start.prepare_people(settings)
    with People(settings.people, settings.people_key_file) as people:
        people.keep(ADA)
    monkeypatch.setenv("SURVEY_APP_DATA", str(settings.data))
    return settings


def test_a_backup_of_names_stays_encrypted_and_says_where_the_key_is(
    run: Run, here: Settings, tmp_path: Path
) -> None:
    result = run("backup", "copy", "--people", "names")
    assert result.exit_code == 0
    (key,) = read_keys(here.people_key_file)
    assert f"the key ({key.id}) is not in it. It is in {here.people_key_file}" in result.stderr
    assert "keep a copy of that file apart from the backup" in result.stderr
    for name in ("copy", "names"):
        content = (tmp_path / name).read_bytes().lower()
        assert b"canary" not in content
        assert key.material not in content
    here.people_key_file.unlink()
    again = run("backup", "copy2", "--people", "names2").stderr
    assert f"encrypted with the key {key.id}. The key of the names is not at" in again


def test_a_backup_of_names_in_clear_says_so(run: Run, here: Settings, tmp_path: Path) -> None:
    file = here.data / "people.sqlite3"
    for each in here.data.glob("people.sqlite3*"):
        each.unlink()
    upgrade(file, MIGRATIONS, "0002")
    assert "The names in it are in clear" in run("backup", "copy", "--people", "names").stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "The key of the names is not at"), ("wrong", "holds another one")],
)
def test_a_backup_is_not_restored_without_its_key(
    run: Run,
    here: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: str | None,
    said: str,
) -> None:
    run("backup", "copy", "--people", "names")
    place, key = tmp_path / "elsewhere", tmp_path / "another.key"
    monkeypatch.setenv("SURVEY_APP_DATA", str(place))
    monkeypatch.setenv("SURVEY_APP_PEOPLE_KEY", str(key))
    if content is not None:
        write_keys(key, (new_key(),))
    result = run("restore", "copy", "--people", "names")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "names cannot be restored." in result.stderr
    assert said in result.stderr
    assert "the one that was in use when the backup was made" in result.stderr
    assert not place.exists()
    monkeypatch.setenv("SURVEY_APP_PEOPLE_KEY", str(here.people_key_file))
    assert run("restore", "copy", "--people", "names").exit_code == 0
    assert "Ada Canary" in run("people", "list").stdout


def test_a_backup_in_clear_of_before_is_encrypted_as_it_is_restored(
    run: Run, here: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("backup", "copy")
    upgrade(tmp_path / "names", MIGRATIONS, "0002")
    by_hand(
        tmp_path / "names",
        "INSERT INTO person VALUES ('1f', 'ami', 'Ada Canary', '', '', '', '', '', '', '', '', 0)",
    )
    place = tmp_path / "elsewhere"
    monkeypatch.setenv("SURVEY_APP_DATA", str(place))
    result = run("restore", "copy", "--people", "names")
    assert result.exit_code == 0, result.stderr
    assert f"The names open with the key in {place / 'people.key'}." in result.stderr
    assert "Ada Canary" in run("people", "list").stdout
    files = [each for each in place.iterdir() if b"Canary" in each.read_bytes()]
    assert files == []


def test_the_key_is_changed_and_the_earlier_one_kept_or_destroyed(run: Run, here: Settings) -> None:
    (first,) = read_keys(here.people_key_file)
    result = run("people", "rekey")
    assert (result.exit_code, result.stdout) == (0, "")
    (second,) = read_keys(here.people_key_file)
    aside = here.people_key_file.with_name(f"people.key.before-{first.id}")
    assert read_keys(aside) == (first,)
    assert f"1 entry is encrypted under the new key {second.id}" in result.stderr
    assert f"The earlier key is in {aside}: names in backups from before" in result.stderr
    again = run("people", "rekey", "--destroy-earlier")
    assert "The earlier key is destroyed here." in again.stderr
    assert second not in read_keys(here.people_key_file)
    assert sorted(here.data.glob("*.before-*")) == [aside]
    assert "Ada Canary" in run("people", "list").stdout


@pytest.mark.parametrize("words", [("list",), ("rekey",)])
def test_without_the_key_a_command_says_where_it_should_be(
    run: Run, here: Settings, words: tuple[str, ...]
) -> None:
    here.people_key_file.unlink()
    result = run("people", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"is not at {here.people_key_file}. Copy it there" in result.stderr
    write_keys(here.people_key_file, (new_key(),))
    assert "holds another one" in run("people", *words).stderr
    assert "holds another one" in run("drill", "--people").stderr


def test_the_server_starts_without_the_key_and_says_so(
    here: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    here.people_key_file.unlink()
    make_databases(here)
    told = capsys.readouterr().err
    assert f"The key of the names is not at {here.people_key_file}." in told
    assert "All else goes on." in told
    assert not here.people_key_file.exists(), "a new one would open nothing"


def test_a_start_with_names_of_before_says_that_they_are_encrypted_now(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    path = settings.data / "people.sqlite3"
    upgrade(path, MIGRATIONS, "0002")
    by_hand(
        path,
        "INSERT INTO person VALUES ('1f', 'ami', 'Ada Canary', '', '', '', '', '', '', '', '', 0)",
    )
    make_databases(settings)
    told = capsys.readouterr().err
    assert f"Their key is in {settings.people_key_file}: keep a copy of it apart" in told
    assert "Backups that were made before have them in clear" in told
    assert b"Canary" not in b"".join(each.read_bytes() for each in settings.data.glob("people*"))
    make_databases(settings)
    assert "encrypted from now on" not in capsys.readouterr().err
