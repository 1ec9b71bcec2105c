"""How far a report has come, and how long the rest will take."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import TypeVar

from survey_app.translations import gettext as _
from survey_app.translations import ngettext

Progress = Callable[[float, str], None]
"""Told the share done, from 0 to 1, and what is being done, in words."""

Thing = TypeVar("Thing")
STEP = 100
LEAST_SHARE = 0.03
LEAST_SECONDS = 2.0
"""Before so much is done and so long has passed, nobody can say how long the rest takes."""
MINUTE = 60
STEP_SECONDS = 5


def ignore(share: float, message: str) -> None:
    """Take no notice."""


@dataclass(kw_only=True)
class Forecast:
    """Tells progress on, and with it how long the rest will take if it goes on as up to now."""

    tell: Progress
    clock: Callable[[], float] = time.monotonic
    _begun: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin to measure."""
        self._begun = self.clock()

    def show(self, share: float, message: str) -> None:
        """Tell the share done and what is being done."""
        passed = self.clock() - self._begun
        if not LEAST_SHARE <= share < 1 or passed < LEAST_SECONDS:
            return self.tell(share, message)
        left = say_left(passed * (1 - share) / share)
        return self.tell(share, f"{message} · {left}")


def say_left(seconds: float) -> str:
    """Return how long something will still take, in words that do not flicker."""
    if seconds >= MINUTE:
        minutes = round(seconds / MINUTE)
        words = ngettext("about {count} minute left", "about {count} minutes left", minutes)
        return words.format(count=minutes)
    steps = max(1, ceil(seconds / STEP_SECONDS))
    return _("about {count} seconds left").format(count=STEP_SECONDS * steps)


class Meter:
    """Counts what is read, over all passes, and tells the share done every hundred things."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._message = ""
        self._read = 0
        self._total = 0
        self._row = 0
        self._rows = 0

    def expect(self, rows: int, passes: int = 1) -> None:
        """Say how many things are read and how often; until then the share is 0."""
        self._rows = rows
        self._total = rows * passes

    def start(self, message: str) -> None:
        """Say what is being done from now on."""
        self._message = message
        self._row = 0
        self._progress(self.share(), message)

    def share(self) -> float:
        """Return the share done, never quite 1 before the end."""
        return min(self._read / self._total, 0.99) if self._total else 0

    def watch(self, things: Iterable[Thing]) -> Iterator[Thing]:
        """Yield things and count them."""
        for thing in things:
            yield thing
            self._read += 1
            self._row += 1
            if self._read % STEP == 0:
                self._progress(self.share(), self._describe())

    def _describe(self) -> str:
        if not self._rows:
            return self._message
        rows = _("{row} of {rows} responses").format(row=f"{self._row:,}", rows=f"{self._rows:,}")
        return f"{self._message}: {rows}"
