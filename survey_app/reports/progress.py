"""How far a report has come."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[float, str], None]
"""Told the share done, from 0 to 1, and what is being done, in words."""

Thing = TypeVar("Thing")
STEP = 100


def ignore(share: float, message: str) -> None:
    """Take no notice."""


class Meter:
    """Counts what is read, over all passes, and tells the share done every hundred things."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._message = ""
        self._read = 0
        self._total = 0

    def expect(self, total: int) -> None:
        """Say how many things will have been read in the end; until then the share is 0."""
        self._total = total

    def start(self, message: str) -> None:
        """Say what is being done from now on."""
        self._message = message
        self._progress(self.share(), message)

    def share(self) -> float:
        """Return the share done, never quite 1 before the end."""
        return min(self._read / self._total, 0.99) if self._total else 0

    def watch(self, things: Iterable[Thing]) -> Iterator[Thing]:
        """Yield things and count them."""
        for thing in things:
            yield thing
            self._read += 1
            if self._read % STEP == 0:
                self._progress(self.share(), self._message)
