"""The statistics of Mann-Whitney and Kruskal-Wallis and their large-sample p."""

from math import erfc, sqrt

from scipy.special import chdtrc

from survey_app.reports.statistics.ranks import Ranking


def compute_u(ranking: Ranking) -> float:
    """Return U = R₁ − n₁(n₁+1)/2 of the first of two groups: pairs that it wins, ties as halves.

    Mann & Whitney (1947), "On a test of whether one of two random variables is stochastically
    larger than the other", Annals of Mathematical Statistics 18, doi:10.1214/aoms/1177730491.
    """
    first, _second = ranking.sizes
    return ranking.doubled_sums[0] / 2 - first * (first + 1) / 2


def approximate_u(ranking: Ranking, *, continuity: bool = True) -> float:
    """Return the two-sided p of U by the normal distribution, as R's `wilcox.test`.

    z = (|U − n₁n₂/2| − ½) / √(n₁n₂/12 · (N + 1 − Σ(t³−t)/(N(N−1)))); the ½ is the correction for
    continuity: Lehmann (1975), "Nonparametrics", section 1.3-4. Not all answers may be equal.
    """
    first, second = ranking.sizes
    n = ranking.n
    variance = first * second / 12 * (n + 1 - ranking.tied / (n * (n - 1)))
    distance = abs(compute_u(ranking) - first * second / 2) - (0.5 if continuity else 0)
    return erfc(max(distance, 0.0) / sqrt(2 * variance))


def compute_h(ranking: Ranking) -> float:
    """Return H = (12/(N(N+1)) · ΣRⱼ²/nⱼ − 3(N+1)) / (1 − Σ(t³−t)/(N³−N)).

    Kruskal & Wallis (1952), "Use of ranks in one-criterion variance analysis", Journal of the
    American Statistical Association 47, doi:10.1080/01621459.1952.10483441. Not all answers may be
    equal.
    """
    n = ranking.n
    pairs = zip(ranking.doubled_sums, ranking.sizes, strict=True)
    squares = sum((doubled / 2) ** 2 / size for doubled, size in pairs)
    uncorrected = 12 / (n * (n + 1)) * squares - 3 * (n + 1)
    return max(uncorrected / (1 - ranking.tied / (n**3 - n)), 0.0)


def approximate_h(ranking: Ranking) -> float:
    """Return the p of H by the chi-squared distribution with one degree less than groups."""
    return float(chdtrc(len(ranking.sizes) - 1, compute_h(ranking)))
