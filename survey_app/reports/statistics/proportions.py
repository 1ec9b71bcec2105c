"""Shares of respondents with their intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from survey_app.reports.statistics.results import CONFIDENCE, SMALL, Basis, Estimate
from survey_app.reports.statistics.tallies import Tally
from survey_app.translations import gettext as _


@dataclass(frozen=True, kw_only=True)
class Proportion:
    """`count` of `basis.n` respondents; `share` is between 0 and 1."""

    count: int
    share: Estimate
    basis: Basis


def compute_wilson(count: int, n: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return Wilson's score interval for `count` of `n`, both ends between 0 and 1.

    (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), without continuity correction: Wilson
    (1927), "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22, doi:10.1080/01621459.1927.10502953. Chosen for small n
    after Brown, Cai & DasGupta (2001), Statistical Science 16, doi:10.1214/ss/1009213286. Raise
    ValueError unless 0 <= count <= n and n > 0.
    """
    if not 0 <= count <= n or n == 0:
        raise ValueError(f"{count} of {n} is no share")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = count / n
    middle = share + z * z / (2 * n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # At 0 and at n of n the formula gives 0 and 1, but for the rounding of a computer.
    lower = 0.0 if count == 0 else (middle - reach) / (1 + z * z / n)
    upper = 1.0 if count == n else (middle + reach) / (1 + z * z / n)
    return lower, upper


def estimate_share(count: int, tally: Tally, confidence: float = CONFIDENCE) -> Proportion:
    """Return `count` of those whom `tally` counts, with Wilson's interval."""
    n = tally.n
    lower, upper = compute_wilson(count, n, confidence) if n else (None, None)
    share = Estimate(
        value=count / n if n else None,
        lower=lower,
        upper=upper,
        confidence=confidence,
        method=_("Wilson’s score interval"),
    )
    few = _("With fewer than {least} answers, read the counts before the percentage.")
    basis = tally.basis(
        _("share of those who answered"),
        caveat=few.format(least=SMALL) if 0 < n < SMALL else "",
        why_none="" if n else _("Nobody answered, so there is no share."),
    )
    return Proportion(count=count, share=share, basis=basis)


def estimate_top_boxes(
    tally: Tally, levels: Sequence[float], boxes: int = 2, confidence: float = CONFIDENCE
) -> Proportion:
    """Return how many chose one of the `boxes` highest of the instrument's `levels`.

    `levels` are in the scale's order. One box is *top box*, two are *top-2 box*. Raise ValueError
    unless the scale has more levels than that.
    """
    if not 0 < boxes < len(levels):
        raise ValueError(f"a scale of {len(levels)} levels has no top {boxes} boxes")
    count = sum(tally.counts.get(level, 0) for level in levels[-boxes:])
    return estimate_share(count, tally, confidence)
