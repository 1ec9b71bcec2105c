"""Folders for what is half made: their owner's alone, gone afterwards, and found after a kill.

Whoever works in one holds a lock on it, which ends with the process, however that ends. One that
nobody holds was left by a process that was killed, and is removed by the next.
"""

import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ENDING = ".survey-app-partial"
PRIVATE_FOLDER = 0o700
ABANDONED_SECONDS = 24 * 3600
"""After so long one counts as left on Windows, where a folder cannot be locked."""

if sys.platform == "win32":

    def _hold(_folder: Path) -> int | None:
        return None

    def _is_left(folder: Path) -> bool:
        return folder.stat().st_mtime < time.time() - ABANDONED_SECONDS

else:
    import fcntl

    def _hold(folder: Path) -> int | None:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            raise
        return handle

    def _is_left(folder: Path) -> bool:
        try:
            handle = _hold(folder)
        except OSError:
            return False
        if handle is not None:
            os.close(handle)
        return True


@contextmanager
def private_folder(beside: Path) -> Iterator[Path]:
    """Give a new folder within the folder ``beside``, on the same disk, for the block's time.

    Removes what killed processes left there. Raises OSError.
    """
    sweep(beside)
    folder = beside / f".{secrets.token_hex(4)}{ENDING}"
    folder.mkdir(mode=PRIVATE_FOLDER)
    handle = _hold(folder)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def sweep(place: Path) -> None:
    """Remove what processes that were killed have left half made in a folder."""
    for folder in place.glob(f".*{ENDING}") if place.is_dir() else ():
        with suppress(OSError):
            if folder.is_dir() and _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)
