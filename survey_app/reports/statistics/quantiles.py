"""Median and quartiles, with their type named."""

from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate

from survey_app.reports.statistics.results import Basis
from survey_app.reports.statistics.tallies import Tally
from survey_app.translations import gettext as _


class QuantileType(IntEnum):
    """Types of Hyndman & Fan (1996): three of the nine in use."""

    AVERAGED = 2
    """On a level or half-way between two: for ordered levels (SAS's default)."""
    EXCLUSIVE = 6
    """As SPSS and Excel's QUARTILE.EXC."""
    INCLUSIVE = 7
    """As R, NumPy and Excel's QUARTILE.INC."""


@dataclass(frozen=True, kw_only=True)
class Quartiles:
    """Lower quartile, median and upper quartile in the item's own values; None without answers."""

    lower: float | None
    median: float | None
    upper: float | None
    type: QuantileType
    basis: Basis


def find_quartiles(tally: Tally, kind: QuantileType = QuantileType.AVERAGED) -> Quartiles:
    """Return the quartiles of an item.

    Hyndman & Fan (1996), "Sample quantiles in statistical packages", The American Statistician
    50(4), doi:10.1080/00031305.1996.10473566. With x(j) the j-th smallest of n answers and
    p = q/4: type 2 is x(⌈np⌉), or the mean of x(np) and x(np+1) where np is whole; type 6
    interpolates at the place (n+1)p, kept within 1 and n; type 7 at (n−1)p + 1.
    """
    found = [_find_quartile(tally, quarter, kind) if tally.n else None for quarter in (1, 2, 3)]
    lower, median, upper = found
    basis = tally.basis(
        _("quartiles of type {type} (Hyndman & Fan 1996)").format(type=int(kind)),
        why_none="" if tally.n else _("Nobody answered, so there is no median."),
    )
    return Quartiles(lower=lower, median=median, upper=upper, type=kind, basis=basis)


def _find_quartile(tally: Tally, quarter: int, kind: QuantileType) -> float:
    """Return a quartile; places are in quarters of a rank, so that whole ones are seen exactly."""
    n = tally.n
    match kind:
        case QuantileType.AVERAGED:
            rank, rest = divmod(n * quarter, 4)
            low, high = (rank, rank + 1) if rest == 0 else (rank + 1, rank + 1)
            return _find_middle(tally, low, high, 2)
        case QuantileType.EXCLUSIVE:
            place = min(max((n + 1) * quarter, 4), 4 * n)
        case QuantileType.INCLUSIVE:
            place = (n - 1) * quarter + 4
    rank, rest = divmod(place, 4)
    return _find_middle(tally, rank, min(rank + 1, n), rest)


def _find_middle(tally: Tally, low: int, high: int, quarters: int) -> float:
    """Return what lies `quarters` of the way from one rank's answer to another's."""
    first, second = _find_ranked(tally, low), _find_ranked(tally, high)
    return first + (second - first) * quarters / 4


def _find_ranked(tally: Tally, rank: int) -> float:
    passed = accumulate(count for _value, count in tally.ordered)
    return next(
        value for (value, _count), upto in zip(tally.ordered, passed, strict=True) if upto >= rank
    )
