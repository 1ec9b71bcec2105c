"""One server to one SQLite file: a lock beside it, which ends with the server, however that ends.

All writes of a server pass one thread; two servers on one file would keep each other waiting and
each believe that it alone gives out the lease of an interview. Other commands read and write beside
a server and ask for no lock. PostgreSQL takes any number of servers, so that nothing is locked.

The operating system keeps the lock and takes it back when the last process that holds the file is
gone: on POSIX `flock`, which workers of the server share; on Windows a locked byte.
"""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ENDING = ".server"
PRIVATE_FILE = 0o600
WATCH_SECONDS = 0.5
PATIENCE_SECONDS = 2.0
LOCKED_BYTE = 1 << 30
"""Far behind what is written, since Windows lets nobody read what is locked."""

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        os.lseek(file, LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class AlreadyServed(Exception):  # noqa: N818 - the name says what happened
    """Another server has the database; `address` is where it answers, if that is known."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


@contextmanager
def hold_database(database: Path, address: str) -> Iterator[None]:
    """Be the one server of an SQLite file, telling others the address at which it answers.

    Raises AlreadyServed while another is, OSError where no file can be made beside the database.
    """
    beside = database.resolve()
    file = os.open(
        beside.with_name(beside.name + ENDING), os.O_RDWR | os.O_CREAT, mode=PRIVATE_FILE
    )
    try:
        try:
            _lock_patiently(file)
        except OSError as error:
            raise AlreadyServed(_read(file)) from error
        os.ftruncate(file, 0)
        os.write(file, address.encode())
        yield
    finally:
        os.close(file)


def _lock_patiently(file: int) -> None:
    """Lock, waiting a little for the worker of a server that was killed to end as well."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            _lock(file)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def _read(file: int) -> str:
    os.lseek(file, 0, os.SEEK_SET)
    return os.read(file, 1_000).decode(errors="replace").strip()


def end_with_parent() -> None:
    """End this process soon after the one that started it: a killed server leaves no worker.

    What was acknowledged is on the disk, so that nothing is lost by ending at once. On Windows a
    process is not told of its parent's end, and nothing happens.
    """
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True, name="parent").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os._exit(1)
