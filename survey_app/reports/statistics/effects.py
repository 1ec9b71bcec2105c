"""How large a difference between groups is, with an interval."""

from collections.abc import Iterator
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from survey_app.reports.statistics.ranks import Ranking
from survey_app.reports.statistics.ranktests import compute_h, compute_u
from survey_app.reports.statistics.results import CONFIDENCE, Estimate
from survey_app.translations import gettext as _

RESAMPLES = 1_999
SEED = 1935
_CELLS = 2_000_000

_Counts = NDArray[np.int64]


def estimate_rank_biserial(ranking: Ranking, confidence: float = CONFIDENCE) -> Estimate:
    """Return 2U/(n₁n₂) − 1, positive where the first of two groups is higher.

    The share of pairs that the first wins less the share that it loses, so Cliff's delta: Cliff
    (1993), Psychological Bulletin 114, doi:10.1037/0033-2909.114.3.494; Kerby (2014),
    doi:10.2466/11.IT.3.1. The interval is that of `compute_newcombe_interval`.
    """
    first, second = ranking.sizes
    theta = compute_u(ranking) / (first * second)
    lower, upper = compute_newcombe_interval(theta, first, second, confidence)
    return Estimate(
        value=2 * theta - 1,
        lower=2 * lower - 1,
        upper=2 * upper - 1,
        confidence=confidence,
        method=_("Newcombe’s interval (2006, method 5)"),
    )


def compute_newcombe_interval(
    theta: float, first: int, second: int, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Return an interval for θ = U/(mn), between 0 and 1 and of some width at 0 and 1 as well.

    The θ for which |θ̂ − θ| = z·√V(θ), where V(θ) = θ(1−θ)/(mn) · (1 + s(1−θ)/(2−θ) + sθ/(1+θ)) and
    s = (m+n)/2 − 1: method 5 of Newcombe (2006), "Confidence intervals for an effect size measure
    based on the Mann-Whitney statistic. Part 2", Statistics in Medicine 25, doi:10.1002/sim.2324,
    on the variance of Hanley & McNeil (1982), Radiology 143, doi:10.1148/radiology.143.1.7063747.
    A closed form is taken over a bootstrap, which has no width where one group wins every pair.
    """
    return (
        _find_lower(theta, first, second, confidence),
        1 - _find_lower(1 - theta, first, second, confidence),
    )


def _find_lower(theta: float, first: int, second: int, confidence: float) -> float:
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    spare = (first + second) / 2 - 1
    nearest = theta - 1e-9  # at 1 itself the variance is 0, and 1 would pass for its own limit
    if nearest <= 0:
        return 0.0

    def miss(limit: float) -> float:
        shape = 1 + spare * (1 - limit) / (2 - limit) + spare * limit / (1 + limit)
        return (theta - limit) ** 2 - z * z * limit * (1 - limit) / (first * second) * shape

    return float(brentq(miss, 0.0, nearest, xtol=1e-15, rtol=1e-14))


def estimate_epsilon_squared(
    ranking: Ranking,
    confidence: float = CONFIDENCE,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Estimate:
    """Return ε² = H / (N − 1), from 0 to 1: what share of the ranks' variance the groups explain.

    Kelley (1935); Tomczak & Tomczak (2014), "The need to report effect size estimates revisited",
    Trends in Sport Sciences 21. The interval is a percentile bootstrap (Efron & Tibshirani 1993,
    chapter 13): each group is drawn anew from its own answers, `resamples` times with `seed`. As
    ε² cannot be negative, the interval lies somewhat high where the groups hardly differ.
    """
    drawn = np.sort(np.concatenate(list(_draw_effects(ranking, resamples, seed))))
    # With 1,999 resamples these are the 50th from either end.
    place = max(round((resamples + 1) * (1 - confidence) / 2), 1)
    return Estimate(
        value=compute_h(ranking) / (ranking.n - 1),
        lower=float(drawn[place - 1]),
        upper=float(drawn[-place]),
        confidence=confidence,
        method=_("percentile bootstrap, {count} resamples, seed {seed}").format(
            count=f"{resamples:,}", seed=seed
        ),
    )


def draw_resamples(ranking: Ranking, resamples: int, seed: int) -> Iterator[_Counts]:
    """Yield tables of counts (resample x group x value), each group drawn from its own answers."""
    random = np.random.default_rng(seed)
    block = max(_CELLS // (len(ranking.sizes) * len(ranking.ties)), 1)
    for start in range(0, resamples, block):
        drawn = min(block, resamples - start)
        tables = [
            random.multinomial(size, np.array(row) / size, size=drawn)
            for row, size in zip(ranking.counts, ranking.sizes, strict=True)
        ]
        yield np.stack(tables, axis=1)


def _draw_effects(ranking: Ranking, resamples: int, seed: int) -> Iterator[NDArray[np.float64]]:
    """Yield ε² of the resamples; 0 where all answers of one are equal."""
    n, sizes = ranking.n, np.array(ranking.sizes)
    for tables in draw_resamples(ranking, resamples, seed):
        ties = tables.sum(axis=1)
        ranks = ties.cumsum(axis=1) - (ties - 1) / 2
        sums = (tables * ranks[:, np.newaxis, :]).sum(axis=2)
        between = 12 / (n * (n + 1)) * (sums**2 / sizes).sum(axis=1) - 3 * (n + 1)
        varying = 1 - (ties.astype(np.float64) ** 3 - ties).sum(axis=1) / (n**3 - n)
        heights = np.zeros(len(tables))
        np.divide(between, varying, out=heights, where=varying > 0)
        yield np.maximum(heights, 0) / (n - 1)
