"""What somebody did last, as the home page shows it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class RecentInterview:
    """An interview: open where ``finished`` is None."""

    id: str
    study: str
    participant: str
    started: str
    finished: str | None
    outcome: str | None
    is_test: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SentCount:
    """How many real responses to an instrument were sent, and how many at the last look.

    ``looked`` is the day of that look, None where there was none.
    """

    study: str
    instrument: str
    count: int
    seen: int
    looked: str | None
