"""What is counted of many responses at once."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class KindCount:
    """How many responses there are of one kind."""

    version: str
    delivery: str
    language: str
    state: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCount:
    """How many responses were begun on a day (in UTC), and how many were sent on it."""

    day: str
    begun: int
    sent: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ValueCount:
    """How often something was stored for a row of an item.

    Of ``code`` (a value as stored, without its quotes) and ``reason`` (why there is none) at most
    one is given; neither is where any value counts. ``place`` is that of a code in a rank.
    """

    version: str
    delivery: str
    count: int
    row: str = ""
    code: str | None = None
    reason: str | None = None
    place: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class TouchedCount:
    """How many responses have an answer, a mark of a probe, or a note on an item or its part."""

    answers: int
    marks: int
    notes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionCount:
    """Of ``begun`` responses of a version, how many reached a section and how many saved it."""

    version: str
    section: str
    begun: int
    reached: int
    saved: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """The distribution of a number: quartiles of type 7, as R, NumPy and Excel's INC have them."""

    n: int
    minimum: float
    lower_quartile: float
    median: float
    upper_quartile: float
    maximum: float
    mean: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedResponse:
    """One response in a list; ``changed`` is a date where it is anonymous or withdrawn."""

    id: str
    version: str
    delivery: str
    source: str
    language: str
    state: str
    is_test: bool
    changed: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ProfileCount:
    """How many responses of a version have the same answers stored under some keys.

    Each is an item, its row, its value as JSON and the reason for none.
    """

    version: str
    answers: tuple[tuple[str, str, str | None, str | None], ...]
    count: int
