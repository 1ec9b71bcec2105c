"""Writing a big file beside people who answer: bit by bit, with the disk theirs in between."""

import os
import time
from contextlib import suppress
from pathlib import Path

STEP = 1024 * 1024
"""How many bytes are written before they are brought to disk. Left to the end, all go at once, and
whoever saves an answer meanwhile waits for them."""


class Pace:
    """Slows down whoever writes a file: the disk is left alone for as long as it was busy."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._done = 0

    def keep(self) -> int:
        """Bring to disk what was written since, if it is much, and wait; always returns 0.

        What cannot be brought to disk is told by whoever writes it.
        """
        with suppress(OSError):
            size = self._path.stat().st_size
            if size - self._done >= STEP:
                self._done = size
                begun = time.monotonic()
                sync(self._path)
                time.sleep(time.monotonic() - begun)
        # SQLite goes on with its work for as long as it is told 0.
        return 0


def sync(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
