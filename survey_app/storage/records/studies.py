"""Studies, their protocol, and the instruments they deliver."""

from dataclasses import dataclass
from datetime import date, timedelta

from survey_app.storage.records.values import (
    Admission,
    Delivery,
    Erased,
    Json,
    Stage,
)

REMINDED = 30
"""Days before the end of keeping from which on somebody is reminded of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class InstrumentVersionRecord:
    """A version of an instrument with its whole definition as it was published.

    ``state`` is ``draft``, ``published`` or ``retired``. Of a draft, ``published_by`` and
    ``published_at`` say who stored it and when, and ``trial`` whether it may be tried now.
    """

    name: str
    version: str
    state: str
    format: int
    fingerprint: str
    definition: dict[str, Json]
    note: str
    published_by: str
    published_at: str
    trial: bool = False
    retired_by: str | None = None
    retired_at: str | None = None
    retirement: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Publication:
    """What came of publishing: the version as it stands, and whether this published it.

    ``erased`` is how many trial responses went, ``followed`` the studies that ask it from now on
    in the place of the versions before it.
    """

    version: InstrumentVersionRecord
    fresh: bool
    erased: int
    followed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StudyRecord:
    """A study; ``anonymous`` cannot change once it has responses.

    ``admission`` says who may begin a response: whoever comes (``open``), or who has a code
    (``invitation``). Days are such as ``2026-11-22``, or None. From ``opens`` to ``closes``, both
    included, people may begin, and ``grace_days`` longer go on; from ``freeze_on`` on results hold
    what was counted before; after ``retain_until`` what ``afterwards`` says is erased. In groups by
    a quasi-identifier counts under ``smallest_count`` are hidden; None is what the installation
    says.
    """

    id: str
    slug: str
    title: str
    anonymous: bool
    contact: str
    created: str
    admission: Admission = "open"
    opens: str | None = None
    closes: str | None = None
    grace_days: int = 0
    freeze_on: str | None = None
    retain_until: str | None = None
    afterwards: Erased = "answers"
    smallest_count: int | None = None

    @property
    def last_day(self) -> str | None:
        """The last day on which those who began may go on, None without an end."""
        if self.closes is None:
            return None
        return (date.fromisoformat(self.closes) + timedelta(self.grace_days)).isoformat()

    def stage(self, day: str) -> Stage:
        """Return where the study stands on a day."""
        if self.opens is not None and day < self.opens:
            return "before"
        if self.closes is None or day <= self.closes:
            return "open"
        return "grace" if day <= (self.last_day or "") else "over"

    def is_frozen(self, day: str) -> bool:
        """Whether results are made by then, so that a withdrawal does not reach all of them."""
        return self.freeze_on is not None and day >= self.freeze_on

    def days_kept(self, day: str) -> int | None:
        """Return for how many days more everything is kept; under 0 when it is overdue."""
        if self.retain_until is None:
            return None
        return (date.fromisoformat(self.retain_until) - date.fromisoformat(day)).days

    def is_reminded(self, day: str) -> bool:
        """Whether the end of keeping is near enough, or over, for somebody to be reminded."""
        left = self.days_kept(day)
        return left is not None and left <= REMINDED


@dataclass(frozen=True, kw_only=True, slots=True)
class HiddenCounts:
    """Under which count a study hides small ones, since somebody said so, and why."""

    least: int
    who: str
    at: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProtocolEntry:
    """One row of a study's protocol: which version is delivered how, in which place."""

    instrument: str
    version: str
    delivery: Delivery
    position: int
    open: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OverviewRow:
    """How many responses there are of one kind."""

    study: str
    instrument: str
    version: str
    delivery: Delivery
    state: str
    is_test: bool
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PoolingRecord:
    """A pooling rule of a study's instrument, with the reason for it, and who added it when."""

    id: str
    study: str
    instrument: str
    rule: dict[str, Json]
    note: str
    added_by: str
    added_at: str
