"""How often each value was answered: all that statistics of a single item need.

Counts are made in one pass, in Python or in SQL, and stay small however many respond.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from survey_app.reports.statistics.missing import Treatment
from survey_app.reports.statistics.results import Basis


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counts by value and how many respondents have none; levels that nobody chose count 0."""

    counts: Mapping[float, int]
    left_out: int = 0

    @cached_property
    def n(self) -> int:
        """How many answered."""
        return sum(self.counts.values())

    @cached_property
    def ordered(self) -> tuple[tuple[float, int], ...]:
        """The values that were answered at all, from the lowest up, each with its count."""
        return tuple(sorted((value, count) for value, count in self.counts.items() if count))

    def basis(self, method: str, *, caveat: str = "", why_none: str = "") -> Basis:
        """Return what a statistic of this item rests on: everyone who answered it."""
        return Basis(
            n=self.n,
            left_out=self.left_out,
            treatment=Treatment.AVAILABLE,
            method=method,
            caveat=caveat,
            why_none=why_none,
        )


def tally(values: Iterable[float | None], levels: Iterable[float] = ()) -> Tally:
    """Count values, None being a missing answer.

    `levels` are those of the instrument, in its order. Raise ValueError for a value that is none
    of them, since levels are never made up from the data.
    """
    found = Counter(values)
    left_out = found.pop(None, 0)
    counts: dict[float, int] = dict.fromkeys(levels, 0)
    strangers = sorted(value for value in found if value is not None and value not in counts)
    if counts and strangers:
        raise ValueError(f"{strangers} are no levels of this item, which has {list(counts)}")
    counts.update({value: count for value, count in found.items() if value is not None})
    return Tally(counts=counts, left_out=left_out)
