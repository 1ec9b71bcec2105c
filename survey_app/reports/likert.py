"""Distributions and statistics of items that share a scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from survey_app.definition.shapes import Direction, Grid, GridRow
from survey_app.definition.text import Text

TOP = 2
"""How many of a scale's highest points are counted together."""


@dataclass(frozen=True, kw_only=True)
class LikertRow:
    """One item on its scale: how many chose each point, in the scale's order.

    `percents` are of `n`, those who chose any; `median` is a place on the scale, 1 the first
    point. Without answers `percents` is empty and `median` None.
    """

    item: str
    row: str
    question: Text
    text: Text
    levels: tuple[tuple[str, Text], ...]
    direction: Direction
    counts: tuple[int, ...]
    percents: tuple[float, ...]
    n: int
    median: float | None
    missing: Mapping[str, int]


def make_likert_rows(grid: Grid) -> tuple[LikertRow, ...]:
    """Return the statistics of a battery, one for each of its items."""
    return tuple(
        LikertRow(
            item=grid.item,
            row=row.row,
            question=grid.text,
            text=row.text,
            levels=grid.levels,
            direction=grid.direction,
            counts=row.counts,
            percents=compute_percents(row.counts),
            n=row.n,
            median=compute_median(row.counts),
            missing=row.missing,
        )
        for row in grid.rows
    )


def count_top(grid: Grid, row: GridRow) -> int | None:
    """Return how many chose one of the two highest points; None where that says nothing.

    A scale needs more points than these, and one with two directions both of them on one side.
    """
    points = len(grid.levels) // 2 if grid.direction == "bipolar" else len(grid.levels) - 1
    return sum(row.counts[-TOP:]) if points >= TOP else None


def sort_by_top(grid: Grid) -> Grid:
    """Return a battery in the order of its two highest points, the largest share first.

    Rows of the same share stand by that of the highest point alone, and then as they were asked;
    rows without an answer stand last.
    """

    def find_place(row: GridRow) -> tuple[float, float]:
        shares = (sum(row.counts[-TOP:]), row.counts[-1])
        top, highest = (count / row.n if row.n else -1 for count in shares)
        return -top, -highest

    return replace(grid, rows=tuple(sorted(grid.rows, key=find_place)))


def compute_percents(counts: Sequence[int]) -> tuple[float, ...]:
    """Return 100 · count / n for each count, unrounded; nothing if n is 0."""
    n = sum(counts)
    return tuple(100 * count / n for count in counts) if n else ()


def compute_median(counts: Sequence[int]) -> float | None:
    """Return the median place on an ordered scale, 1 the first point; None for no answers.

    Type 2 of Hyndman & Fan (1996), "Sample quantiles in statistical packages", The American
    Statistician 50(4): the middle answer, or the mean of the two middle ones, so that the median
    of an ordered scale is a point or half-way between two.
    """
    n = sum(counts)
    if n == 0:
        return None
    lower, upper = (_find_place(counts, rank) for rank in ((n + 1) // 2, n // 2 + 1))
    return (lower + upper) / 2


def _find_place(counts: Sequence[int], rank: int) -> int:
    """Return the place of the answer that stands at `rank` when all are put in order."""
    passed = 0
    for place, count in enumerate(counts, 1):
        passed += count
        if passed >= rank:
            return place
    raise ValueError(f"there is no answer at rank {rank} of {passed}")
