"""What is posted, as it comes in, and starting anew where all that is left is waiting for it.

A thread reads a post for as long as the network takes to bring it, and a telephone that went out of
reach in the middle of one may never end it. The server has threads to spare for that. Once none is
left, nobody would be answered ever again; so the process ends, and the one that watches over it
starts another, as after any failure: what was acknowledged is on the disk, and pages ask again.
"""

import os
import sys
import time
from threading import Thread, get_ident
from typing import Any

PATIENCE = 60.0
"""Seconds for which every thread has waited before the server starts anew."""
PAUSE = 5.0
"""Seconds between two looks at that."""


class Inflow:
    """The posts that are coming in, and since when each thread waits for one."""

    def __init__(self) -> None:
        self._since: dict[int, float] = {}

    def watch(self, body: Any) -> "Incoming":
        """Return a post's body, whose reading is noted."""
        return Incoming(body, self._since)

    def count_stalled(self, patience: float) -> int:
        """Return how many threads have waited for more than so many seconds."""
        now = time.monotonic()
        return sum(now - since > patience for since in [*self._since.values()])

    def end_when_stalled(self, threads: int) -> None:
        """End this process once so many threads, which are all that there are, are stalled."""
        Thread(target=self._look, args=(threads,), daemon=True, name="inflow").start()

    def _look(self, threads: int) -> None:
        while self.count_stalled(PATIENCE) < threads:
            time.sleep(PAUSE)
        sys.stderr.write(
            "Every thread waits for a post that does not come, so the server starts anew.\n"
        )
        sys.stderr.flush()
        os._exit(1)


class Incoming:
    """A post's body, read as servers hand it over."""

    def __init__(self, body: Any, since: dict[int, float]) -> None:
        self._body = body
        self._since = since

    def read(self, size: int = -1) -> bytes:
        """Return so many bytes, or all; fewer where no more will come."""
        thread = get_ident()
        self._since[thread] = time.monotonic()
        try:
            # Some servers know no other word for all of it than none.
            found: bytes = self._body.read() if size < 0 else self._body.read(size)
            return found
        finally:
            del self._since[thread]
