"""Groups put in one order: the midranks that Mann-Whitney and Kruskal-Wallis rest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from survey_app.reports.statistics.tallies import Tally


@dataclass(frozen=True, kw_only=True)
class Group:
    """The answers of one group to one item."""

    name: str
    tally: Tally


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """A table of counts, a row for each group and a column for each value that was answered.

    Values are in order, so answers in one column are tied. Ranks are doubled, since the midrank of
    tied answers may end in a half and whole numbers compare exactly.
    """

    counts: tuple[tuple[int, ...], ...]

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """How many answers each group has."""
        return tuple(map(sum, self.counts))

    @cached_property
    def n(self) -> int:
        """How many answers there are."""
        return sum(self.sizes)

    @cached_property
    def ties(self) -> tuple[int, ...]:
        """How many answers share each value."""
        return tuple(map(sum, zip(*self.counts, strict=True)))

    @cached_property
    def doubled_ranks(self) -> tuple[int, ...]:
        """Twice the midrank of each value: twice those up to it, less those at it, and one."""
        return tuple(
            2 * upto - tied + 1 for tied, upto in zip(self.ties, accumulate(self.ties), strict=True)
        )

    @cached_property
    def doubled_sums(self) -> tuple[int, ...]:
        """Twice the rank sum of each group."""
        return tuple(
            sum(count * rank for count, rank in zip(row, self.doubled_ranks, strict=True))
            for row in self.counts
        )

    @cached_property
    def tied(self) -> int:
        """Σ(t³ − t) over the values: what the corrections for ties are made of."""
        return sum(tied**3 - tied for tied in self.ties)


def rank_groups(groups: Sequence[Group]) -> Ranking:
    """Return the groups' answers in one order."""
    tallies = [group.tally.counts for group in groups]
    answered = {value for group in groups for value, _count in group.tally.ordered}
    values = sorted(answered)
    return Ranking(
        counts=tuple(tuple(counts.get(value, 0) for value in values) for counts in tallies)
    )
