"""Bringing a backup back: into a new place, brought up to date and checked, whole or not at all."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from survey_app.backups.age import is_sealed, unseal
from survey_app.backups.copies import create_private
from survey_app.backups.errors import BackupError, WrongPassphrase
from survey_app.backups.workplace import PRIVATE_FOLDER, private_folder
from survey_app.storage.engine import open_engine
from survey_app.storage.errors import WrongDatabase
from survey_app.storage.pace import sync
from survey_app.storage.upgrade import Migrations
from survey_app.storage.verification import open_unchanged

BESIDE = ("", "-wal", "-shm", "-journal")
"""What belongs to an SQLite file: its log would be written into another file of its name."""

_MAGIC = b"SQLite format 3\0"
_HEAD_BYTES = 100
_LARGEST_PAGE = 65_536

_MISSING = "{file} is no backup of {what}. Check which file it is."


@dataclass(frozen=True, kw_only=True)
class Part:
    """One file of a backup, the database it becomes, and what says whether it holds.

    ``what`` is in it, in words. ``upgrade`` brings it up to date. ``check`` raises a StorageError
    where it does not hold.
    """

    file: Path
    target: Path
    migrations: Migrations
    upgrade: Callable[[Engine], object]
    what: str
    check: Callable[[Engine], None]


def restore(parts: list[Part], passphrase: str | None) -> None:
    """Make the databases of a backup's files; none of them stands under its name before all hold.

    Raises FileExistsError for a database that is there, FileNotFoundError, WrongPassphrase,
    BackupError for a file that is no whole backup or of a newer program, OSError.
    """
    for part in parts:
        refuse_present(part.target)
        if not part.file.is_file():
            raise FileNotFoundError(f"There is no file {part.file}. Check its name.")
    with ExitStack() as stack:
        made = [(_prepare(stack, part, passphrase), part.target) for part in parts]
        for copy, target in made:
            refuse_present(target)
            copy.rename(target)
            sync(target.parent)


def refuse_present(target: Path) -> None:
    """Raise FileExistsError where a database, or what belongs to one of its name, is there."""
    for ending in BESIDE:
        beside = target.with_name(target.name + ending)
        if beside.exists():
            raise FileExistsError(
                f"{beside} exists already and is left as it is. Restore into a new place with "
                "--database or SURVEY_APP_DATA, or end the server and move what is there away."
            )


def _prepare(stack: ExitStack, part: Part, passphrase: str | None) -> Path:
    """Return the database in a private folder beside its place: up to date, checked, on disk."""
    stack.enter_context(_new_folder(part.target.parent))
    copy = stack.enter_context(private_folder(part.target.parent)) / part.target.name
    fetch(part.file, copy, passphrase)
    refuse_foreign(part.file, copy, part.migrations, part.what)
    engine = open_engine(f"sqlite:///{copy}")
    try:
        part.upgrade(engine)
        part.check(engine)
    finally:
        engine.dispose()
    sync(copy)
    return copy


@contextmanager
def _new_folder(folder: Path) -> Iterator[None]:
    """Make the folder for its owner alone, if there is none; nothing stays of it on a failure."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    try:
        yield
    finally:
        for each in made:
            if each.is_dir() and not any(each.iterdir()):
                each.rmdir()


def fetch(file: Path, copy: Path, passphrase: str | None) -> None:
    """Write a backup's content, unsealed, into the new file ``copy``, its owner's alone."""
    with file.open("rb") as source, create_private(copy) as target:
        if not is_sealed(file):
            shutil.copyfileobj(source, target)
            return
        try:
            unseal(source, target, passphrase or "")
        except WrongPassphrase:
            raise
        except BackupError as error:
            raise BackupError(f"{file} cannot be opened. {error}") from error


def refuse_foreign(file: Path, copy: Path, migrations: Migrations, what: str) -> None:
    """Raise BackupError, naming ``file``, unless ``copy`` is a whole database of ours."""
    _refuse_cut(file, copy, what)
    engine = open_unchanged(copy)
    try:
        state = migrations.state(engine)
    except WrongDatabase as error:
        raise BackupError(_MISSING.format(file=file, what=what)) from error
    finally:
        engine.dispose()
    if state == "newer":
        raise BackupError(
            f"{file} was made by a newer version of this program. Install that version or a newer "
            "one and restore it there, or take a backup from before."
        )
    if state == "empty":
        raise BackupError(_MISSING.format(file=file, what=what))


def _refuse_cut(file: Path, copy: Path, what: str) -> None:
    """SQLite writes how many pages a file has into its head (www.sqlite.org/fileformat2.html)."""
    with copy.open("rb") as content:
        head = content.read(_HEAD_BYTES)
    if not head.startswith(_MAGIC):
        raise BackupError(_MISSING.format(file=file, what=what))
    page = int.from_bytes(head[16:18], "big")
    should = int.from_bytes(head[28:32], "big") * (_LARGEST_PAGE if page == 1 else page)
    size = copy.stat().st_size
    if len(head) < _HEAD_BYTES or size < should:
        raise BackupError(
            f"{file} is cut short: {size:,} of {should:,} bytes are there. Copy it again from "
            "where it is kept, or take another backup."
        )
