"""What deleted text leaves behind in SQLite's write-ahead log, and emptying that.

A deleted row is overwritten in the database's file (`secure_delete`), but the log still holds the
pages of before until a checkpoint cuts it to nothing. That cannot be while somebody reads an older
moment, as an export does; then it is tried again and again, and nobody's saving waits for it.
"""

import sqlite3
import threading
import time
from contextlib import closing, nullcontext

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from survey_app.storage.writer import Waiting

PATIENCE = 3.0
"""Seconds for which a caller waits."""
PAUSE = 0.02
"""Seconds between two attempts of a caller that waits; one takes the write lock for a moment."""
PAUSES = (1.0, 2.0, 5.0)
"""Seconds between the attempts that follow; the last goes on until one succeeds."""


class Traces:
    """The traces that one database's write-ahead log may hold of what was deleted.

    A thread that waits does so within a block of `waiting`.
    """

    def __init__(self, engine: Engine, waiting: Waiting = nullcontext) -> None:
        self._engine = engine
        self._waiting = waiting
        self._lock = threading.Lock()
        self._remain = False
        self._closed = threading.Event()
        self._later: threading.Thread | None = None

    @property
    def remain(self) -> bool:
        """Whether the log could not be emptied yet, which goes on being tried."""
        return self._remain

    def erase(self) -> bool:
        """Empty the log; return whether it is empty. If not, it is tried until it is.

        Everything that was deleted and committed before is then in no file of the database. On a
        server's database, which has no such log, there is nothing to do.
        """
        if self._engine.dialect.name != "sqlite":
            return True
        until = time.monotonic() + PATIENCE
        with self._waiting():
            while not self._attempt():
                if time.monotonic() >= until or self._closed.wait(PAUSE):
                    self._go_on_later()
                    return False
        return True

    def close(self) -> None:
        """Try no more. Who lets go of a database last empties the log by that."""
        self._closed.set()
        if self._later is not None:
            self._later.join()

    def _attempt(self) -> bool:
        with self._lock:
            try:
                self._remain = not self._checkpoint()
            except (sqlite3.Error, SQLAlchemyError):  # such as a disk without room
                self._remain = True
            return not self._remain

    def _checkpoint(self) -> bool:
        # Without the wait: a checkpoint that waits for readers makes those that write wait for it.
        with closing(self._engine.raw_connection()) as source:
            cursor = source.cursor()
            (wait,) = cursor.execute("PRAGMA busy_timeout").fetchone()
            cursor.execute("PRAGMA busy_timeout=0")
            try:
                busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                cursor.execute(f"PRAGMA busy_timeout={wait}")
        return not busy

    def _go_on_later(self) -> None:
        with self._lock:
            if self._closed.is_set() or (self._later is not None and self._later.is_alive()):
                return
            self._later = threading.Thread(target=self._go_on, daemon=True)
            self._later.start()

    def _go_on(self) -> None:
        pauses = iter(PAUSES)
        pause = next(pauses)
        while not self._closed.wait(pause) and not self._attempt():
            pause = next(pauses, pause)
