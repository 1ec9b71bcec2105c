"""A backup is whole, whoever writes meanwhile."""

import os
import sqlite3
import stat
import threading
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from survey_app.storage.backup import backup
from survey_app.storage.errors import StorageError
from survey_app.storage.pace import STEP
from survey_app.storage.store import Store
from tests.storage.scenes import begin, by_hand, change, save

KIB = 1024


def test_a_backup_beside_a_writer_is_whole(store: Store, url: str, tmp_path: Path) -> None:
    response = begin(store)
    stop, saved = threading.Event(), threading.Semaphore(0)

    def keep_writing() -> None:
        sequence = 0
        while not stop.is_set():
            sequence += 1
            save(store, response, f"text {sequence}", change(sequence, base=sequence))
            saved.release()

    writing = threading.Thread(target=keep_writing)
    writing.start()
    try:
        for number in range(5):
            saved.acquire(timeout=60)
            backup(url, tmp_path / f"{number}.sqlite")
    finally:
        stop.set()
        writing.join()
    for number in range(5):
        assert _is_whole(tmp_path / f"{number}.sqlite")


def test_a_backup_is_a_database_that_opens(store: Store, url: str, tmp_path: Path) -> None:
    response = begin(store)
    save(store, response, "agree", change(1))
    backup(url, tmp_path / "copy.sqlite")
    with Store(f"sqlite:///{tmp_path / 'copy.sqlite'}") as copy:
        assert copy.responses.find(response) == store.responses.find(response)
        assert copy.responses.verify_chain(response) is None


def test_a_backup_is_its_owners_alone(store: Store, url: str, tmp_path: Path) -> None:
    backup(url, tmp_path / "copy.sqlite")
    mode = stat.S_IMODE((tmp_path / "copy.sqlite").stat().st_mode)
    assert mode == (0o600 if os.name == "posix" else mode)


def test_a_big_backup_goes_to_the_disk_bit_by_bit(
    url: str, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it at once would hold up whoever saves an answer just then."""
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {8 * KIB})"
    by_hand(
        path, "CREATE TABLE big (b)", f"{numbers} INSERT INTO big SELECT randomblob(1000) FROM n"
    )
    sizes, fsync = [0], os.fsync

    def note(handle: int) -> None:
        sizes.append(os.fstat(handle).st_size)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", note)
    backup(url, tmp_path / "copy.sqlite")
    whole = (tmp_path / "copy.sqlite").stat().st_size
    on_the_way = [size for size in sizes if 0 < size < whole]
    assert len(on_the_way) >= 4
    assert max(later - size for size, later in pairwise(on_the_way)) < 2 * STEP


def test_a_backup_never_replaces_a_file(url: str, tmp_path: Path) -> None:
    target = tmp_path / "copy.sqlite"
    target.write_text("precious")
    with pytest.raises(FileExistsError, match="Choose a new name"):
        backup(url, target)
    assert target.read_text() == "precious"


@pytest.mark.parametrize(
    ("database", "target", "sentence"),
    [("absent.sqlite", "copy.sqlite", "no database"), ("", "absent/copy.sqlite", "no folder")],
)
def test_what_is_not_there_is_named(
    url: str, tmp_path: Path, database: str, target: str, sentence: str
) -> None:
    source = f"sqlite:///{tmp_path / database}" if database else url
    with pytest.raises(FileNotFoundError, match=sentence):
        backup(source, tmp_path / target)
    assert not list(tmp_path.glob("**/*copy*"))


def test_postgresql_has_a_tool_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="pg_dump"):
        backup("postgresql://db/survey", tmp_path / "copy")


def _is_whole(path: Path) -> bool:
    """Every revision of the response has its event, and SQLite finds nothing wrong."""
    with closing(sqlite3.connect(path)) as connection:
        check = connection.execute("PRAGMA integrity_check").fetchone()[0]
        revision = connection.execute("SELECT revision FROM response").fetchone()[0]
        events = connection.execute("SELECT count(*) FROM event").fetchone()[0]
        payloads = connection.execute("SELECT count(*) FROM event_payload").fetchone()[0]
    return bool(check == "ok" and events == payloads == revision + 1)
