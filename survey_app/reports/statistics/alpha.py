"""Cronbach's alpha and its companions, from covariances alone."""

from math import sqrt

import numpy as np
from scipy.special import fdtri

from survey_app.reports.statistics.covariances import LEAST, Covariances, Matrix
from survey_app.reports.statistics.results import CONFIDENCE, Figure
from survey_app.translations import gettext as _

_NOTHING = 1e-12


def compute_alpha(covariances: Covariances) -> Figure:
    """Return Cronbach's alpha, k/(k−1) · (1 − Σσᵢᵢ/Σσᵢⱼ), which may be negative.

    Cronbach (1951), "Coefficient alpha and the internal structure of tests", Psychometrika 16,
    doi:10.1007/BF02310555.
    """
    if why_none := _explain_no_alpha(covariances):
        return Figure(value=None, why_none=why_none)
    return Figure(value=_find_alpha(np.array(covariances.matrix)))


def compute_feldt_interval(
    alpha: float, n: int, k: int, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Return Feldt's interval for an alpha of k items and n respondents.

    1 − (1−α)·F(1−γ/2) to 1 − (1−α)·F(γ/2), with n−1 and (n−1)(k−1) degrees of freedom and
    1 − γ the confidence: Feldt (1965), Psychometrika 30, doi:10.1007/BF02289499; Feldt, Woodruff &
    Salih (1987), Applied Psychological Measurement 11, doi:10.1177/014662168701100107. Raise
    ValueError for fewer than two of either.
    """
    if n < LEAST or k < LEAST:
        raise ValueError(f"an interval needs two respondents and two items, not {n} and {k}")
    tail = (1 - confidence) / 2
    freedom = (n - 1, (n - 1) * (k - 1))
    lower, upper = (1 - (1 - alpha) * float(fdtri(*freedom, p)) for p in (1 - tail, tail))
    return lower, upper


def compute_standardised_alpha(covariances: Covariances) -> Figure:
    """Return k·r̄ / (1 + (k−1)·r̄), alpha of items brought to equal variance (as psych)."""
    mean = compute_mean_correlation(covariances)
    if mean.value is None:
        return mean
    k = len(covariances.items)
    below = 1 + (k - 1) * mean.value
    if below <= _NOTHING:
        return Figure(value=None, why_none=_("The answers to the items cancel each other out."))
    return Figure(value=k * mean.value / below)


def compute_mean_correlation(covariances: Covariances) -> Figure:
    """Return r̄, the mean of Pearson's correlations between each two items."""
    if why_none := _explain_no_pairs(covariances):
        return Figure(value=None, why_none=why_none)
    matrix = np.array(covariances.matrix)
    if alike := _find_alike(covariances):
        return Figure(value=None, why_none=_say_alike(alike))
    deviations = np.sqrt(np.diag(matrix))
    correlations = matrix / np.outer(deviations, deviations)
    return _as_correlation(float(correlations[np.triu_indices(len(matrix), 1)].mean()))


def compute_item_rest(covariances: Covariances, place: int) -> Figure:
    """Return the correlation of an item with the sum of the others.

    Cureton (1966), "Corrected item-test correlations", Psychometrika 31, doi:10.1007/BF02289461:
    σ(i, rest) / √(σᵢᵢ·σ(rest, rest)), from the covariances alone.
    """
    if why_none := _explain_no_pairs(covariances):
        return Figure(value=None, why_none=why_none)
    matrix = np.array(covariances.matrix)
    own = float(matrix[place, place])
    if own <= 0:
        return Figure(value=None, why_none=_say_alike(covariances.items[place]))
    rest = _drop(matrix, place).sum()
    if rest <= _NOTHING * np.trace(matrix):
        return Figure(
            value=None, why_none=_("The sum of the other items is the same for everyone.")
        )
    return _as_correlation(float((matrix[place].sum() - own) / sqrt(own * rest)))


def compute_alpha_without(covariances: Covariances, place: int) -> Figure:
    """Return alpha of the other items, over the same respondents: *alpha if dropped*."""
    if why_none := _explain_no_pairs(covariances):
        return Figure(value=None, why_none=why_none)
    rest = _drop(np.array(covariances.matrix), place)
    if len(rest) < LEAST:
        return Figure(
            value=None, why_none=_("With one item less there is one left: alpha needs two.")
        )
    if why_none := _explain_no_variance(rest):
        return Figure(value=None, why_none=why_none)
    return Figure(value=_find_alpha(rest))


def _find_alpha(matrix: Matrix) -> float:
    k = len(matrix)
    return float(k / (k - 1) * (1 - np.trace(matrix) / matrix.sum()))


def _drop(matrix: Matrix, place: int) -> Matrix:
    return np.delete(np.delete(matrix, place, axis=0), place, axis=1)


def _explain_no_alpha(covariances: Covariances) -> str:
    return _explain_no_pairs(covariances) or _explain_no_variance(np.array(covariances.matrix))


def _explain_no_pairs(covariances: Covariances) -> str:
    if len(covariances.items) < LEAST:
        return _("One item is no scale: alpha needs at least two.")
    if covariances.n < LEAST:
        return _("Fewer than two respondents count, so nothing can be said about the scale.")
    return covariances.explain_thin_pair()


def _explain_no_variance(matrix: Matrix) -> str:
    if np.trace(matrix) <= 0:
        return _("Everyone answered alike, so there is no variance to share.")
    if matrix.sum() <= _NOTHING * np.trace(matrix):
        return _("The answers to the items cancel each other out: is one of them to be reversed?")
    if matrix.sum() > len(matrix) * np.trace(matrix) * (1 + _NOTHING):
        return _say_contradiction()
    return ""


def _as_correlation(value: float) -> Figure:
    """Return a correlation but for the rounding of a computer; covariances of pairs may give none.

    Each of them may rest on other respondents, and then nothing holds their quotient within 1.
    """
    if abs(value) > 1 + _NOTHING:
        return Figure(value=None, why_none=_say_contradiction())
    return Figure(value=min(max(value, -1.0), 1.0))


def _say_contradiction() -> str:
    return _(
        "The pairs of items rest on different respondents and contradict each other: count only "
        "those who answered every item."
    )


def _find_alike(covariances: Covariances) -> str | None:
    items = enumerate(covariances.items)
    return next((item for place, item in items if covariances.matrix[place][place] <= 0), None)


def _say_alike(item: str) -> str:
    return _("Everyone answered {item} alike, so it correlates with nothing.").format(item=item)
