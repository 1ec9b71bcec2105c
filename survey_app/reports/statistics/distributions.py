"""How an item's answers are spread: each level's count and share, mean and standard deviation."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from survey_app.reports.statistics.results import Basis
from survey_app.reports.statistics.tallies import Tally
from survey_app.translations import gettext as _


@dataclass(frozen=True, kw_only=True)
class LevelShare:
    """One level: how many chose it and their share of those who answered; None if nobody did."""

    level: float
    count: int
    share: float | None


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """All levels of an item in the instrument's order, those that nobody chose too."""

    levels: tuple[LevelShare, ...]
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Mean:
    """Arithmetic mean and standard deviation in the item's own values; None where undefined."""

    mean: float | None
    deviation: float | None
    basis: Basis


def distribute(tally: Tally, levels: Sequence[float]) -> Distribution:
    """Return the count and share (count / n, unrounded) of each of the instrument's `levels`.

    Raise ValueError if the tally counts a value that is no level: shares of n would not add up.
    """
    if strangers := [value for value, _count in tally.ordered if value not in levels]:
        raise ValueError(f"{strangers} are no levels of this item, which has {list(levels)}")
    counts = [(level, tally.counts.get(level, 0)) for level in levels]
    return Distribution(
        levels=tuple(
            LevelShare(level=level, count=count, share=count / tally.n if tally.n else None)
            for level, count in counts
        ),
        basis=tally.basis(
            _("share of those who answered"),
            why_none="" if tally.n else _("Nobody answered, so there are no shares."),
        ),
    )


def compute_mean(tally: Tally, *, ordinal: bool = True) -> Mean:
    """Return Σx/n and √(Σ(x−x̄)²/(n−1)).

    For levels in order (`ordinal`) the caveat says what a mean supposes; that it may be reported
    all the same is argued by Norman (2010), "Likert scales, levels of measurement and the 'laws'
    of statistics", Advances in Health Sciences Education 15, doi:10.1007/s10459-010-9222-y.
    """
    n = tally.n
    mean = fsum(value * count for value, count in tally.ordered) / n if n else None
    deviation = None
    if mean is not None and n > 1:
        squares = fsum(count * (value - mean) ** 2 for value, count in tally.ordered)
        deviation = sqrt(squares / (n - 1))
    basis = tally.basis(
        _("arithmetic mean, standard deviation with n − 1"),
        caveat=_("A mean treats the steps of the scale as equally far apart.") if ordinal else "",
        why_none=_explain_mean(n),
    )
    return Mean(mean=mean, deviation=deviation, basis=basis)


def _explain_mean(n: int) -> str:
    if n == 0:
        return _("Nobody answered, so there is no mean.")
    return _("One answer has no standard deviation.") if n == 1 else ""
