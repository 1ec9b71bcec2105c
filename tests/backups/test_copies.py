"""A sealed backup leaves nothing unsealed behind, not even when its process is killed."""

import sys
from functools import partial
from pathlib import Path

import pytest

from survey_app.backups.age import is_sealed
from survey_app.backups.copies import make_copy
from survey_app.backups.restoration import fetch
from survey_app.backups.workplace import private_folder, sweep
from survey_app.storage.errors import StorageError
from survey_app.storage.store import Store
from tests.backups.killed import NEVER, killed_at
from tests.storage.scenes import begin, change, save

PASSPHRASE = "a passphrase that is long enough"
CANARY = b"a sentence nobody else would write"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no fork and no modes")


def list_files(folder: Path) -> list[str]:
    return sorted(str(each.relative_to(folder)) for each in folder.rglob("*"))


@POSIX
def test_wherever_it_is_killed_nothing_unsealed_is_left_where_it_goes(
    store: Store,
    url: str,
    path: Path,
    tmp_path: Path,
) -> None:
    """Beside the database a copy may stay until the next start; what is its owner's alone."""
    save(store, begin(store), CANARY.decode(), change(1))
    store.close()
    own = list_files(tmp_path)
    for step in range(1, NEVER):
        disk = tmp_path / f"disk {step}"
        disk.mkdir()
        target = disk / "copy"
        seal_it = partial(make_copy, url, target, PASSPHRASE)
        was_killed = killed_at(step, seal_it, within=str(tmp_path))
        for file in disk.rglob("*"):
            assert file.is_dir() or CANARY not in file.read_bytes()
        for folder in tmp_path.glob(".*-partial"):
            assert folder.stat().st_mode & 0o777 == 0o700
            assert all(each.stat().st_mode & 0o777 == 0o600 for each in folder.iterdir())
        assert not target.exists() or is_sealed(target)
        sweep(tmp_path)
        sweep(disk)
        assert list_files(disk) in ([], ["copy"])
        if not was_killed:
            assert step > 10, "there are that many steps at least"
            fetch(target, tmp_path / "opened", PASSPHRASE)
            assert CANARY in (tmp_path / "opened").read_bytes()
            (tmp_path / "opened").unlink()
            break
        target.unlink(missing_ok=True)
        disk.rmdir()
    assert [name for name in list_files(tmp_path) if "disk" not in name] == own


def test_who_works_in_a_folder_keeps_it(tmp_path: Path) -> None:
    with private_folder(tmp_path) as mine:
        (mine / "half").touch()
        with private_folder(tmp_path) as other:
            assert other != mine
        sweep(tmp_path)
        assert (mine / "half").exists()
    assert list_files(tmp_path) == []


@POSIX
def test_what_a_killed_process_left_is_removed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / ".0123.survey-app-partial"
    left.mkdir()
    (left / "half").touch()
    (tmp_path / ".git").mkdir()
    with private_folder(tmp_path):
        assert not left.exists()
    assert list_files(tmp_path) == [".git"]


def test_a_sealed_copy_replaces_no_file(url: str, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("precious")
    with pytest.raises(FileExistsError, match="Choose a new name"):
        make_copy(url, tmp_path / "there", PASSPHRASE)
    assert (tmp_path / "there").read_text() == "precious"


def test_postgresql_has_a_tool_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="pg_dump"):
        make_copy("postgresql://db/survey", tmp_path / "copy", PASSPHRASE)
    assert list_files(tmp_path) == []
