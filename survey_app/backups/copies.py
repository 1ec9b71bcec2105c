"""Making a backup: a whole copy of a database, sealed with a passphrase if one is given.

SQLite copies a database into a file only, so that a copy that is to be sealed stands for a while as
it is. It does so beside the database, in a folder of its owner alone: never where the backup goes,
which may be a disk that leaves the house. Should the process be killed just then, the next start,
backup or restore there removes it.
"""

import os
from pathlib import Path
from typing import BinaryIO

from survey_app.backups.age import seal
from survey_app.backups.workplace import private_folder
from survey_app.storage.backup import backup, find_source, refuse_target
from survey_app.storage.pace import Pace, sync

PRIVATE_FILE = 0o600


def make_copy(url: str, target: Path, passphrase: str | None = None) -> None:
    """Write a copy of the database, as it is at one moment, to the new file ``target``.

    The file appears under its name only when it is whole and on disk. Raises FileExistsError,
    FileNotFoundError, StorageError (PostgreSQL; no package that seals) or OSError.
    """
    source = find_source(url)
    refuse_target(target)
    with private_folder(target.parent) as place:
        made = place / "copy"
        if passphrase is None:
            backup(url, made)
        else:
            _seal_copy(url, source, made, passphrase)
        refuse_target(target)
        made.rename(target)
        sync(target.parent)


def _seal_copy(url: str, source: Path, target: Path, passphrase: str) -> None:
    with private_folder(source.parent) as own:
        copy = own / "copy"
        backup(url, copy)
        with copy.open("rb") as plain, create_private(target) as content:
            if os.name != "nt":
                # From here on a kill leaves nothing: what has no name goes with its last reader.
                copy.unlink()
            seal(plain, content, passphrase, pace=Pace(target).keep)
    sync(target)


def create_private(path: Path) -> BinaryIO:
    """Create a file that only its owner may read, from its first byte on."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb")
