"""A whole copy of a database, made beside whoever writes to it."""

import errno
import os
import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

from survey_app.storage.engine import open_engine, with_driver
from survey_app.storage.errors import StorageError, StoreFull
from survey_app.storage.failures import as_storage_error
from survey_app.storage.pace import Pace, sync

STATEMENT_STEPS = 50
"""After so many of SQLite's own steps, a few rows, is looked how much was written."""


def backup(url: str, target: Path) -> None:
    """Write a copy of the database, as it is at one moment, to the new file ``target``.

    The file appears under its name only when it is whole and on disk. Raises FileExistsError for
    a target that is there already, FileNotFoundError for a database or folder that is not there,
    StorageError for PostgreSQL, which has a tool of its own, OSError where there is no room.
    """
    find_source(url)
    refuse_target(target)
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}.partial")
    try:
        _copy(url, partial)
        partial.rename(target)
        sync(target.parent)
    finally:
        partial.unlink(missing_ok=True)


def find_source(url: str) -> Path:
    """Return the file of a database that can be copied; raises as `backup` does."""
    address = with_driver(url)
    if address.get_backend_name() != "sqlite":
        raise StorageError(
            "A PostgreSQL database is not copied from here. Use its own tool: pg_dump -Fc."
        )
    source = Path(address.database or "")
    if not source.is_file():
        raise FileNotFoundError(f"There is no database {source}. Check its address.")
    return source


def refuse_target(target: Path) -> None:
    """Raise FileExistsError or FileNotFoundError where no new file can be made."""
    if target.exists():
        raise FileExistsError(f"{target} exists already. Choose a new name for the backup.")
    if not target.parent.is_dir():
        raise FileNotFoundError(f"There is no folder {target.parent}. Create it first.")


def _copy(url: str, partial: Path) -> None:
    # Only its owner may read a copy, from its first byte on; SQLite fills an empty file.
    partial.touch(mode=0o600)
    engine = open_engine(url)
    try:
        with closing(engine.raw_connection()) as connection:
            driver = connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.set_progress_handler(Pace(partial).keep, STATEMENT_STEPS)
            driver.execute("VACUUM INTO ?", (str(partial),))
    except sqlite3.OperationalError as error:
        if isinstance(as_storage_error(error), StoreFull):
            # What is full is the copy's disk, not the database's.
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(partial.parent)) from error
        raise
    finally:
        engine.dispose()
    sync(partial)
