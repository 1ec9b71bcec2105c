"""One common factor by maximum likelihood, and McDonald's omega from it."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize, root

from survey_app.reports.statistics.covariances import Covariances, Matrix
from survey_app.reports.statistics.results import Figure
from survey_app.translations import gettext as _

LEAST_ITEMS = 3
LOWEST = 0.005
"""The least share of an item's variance that is its own; at it the solution is improper."""
_SINGULAR = 1e-8
_NEAR = 1e-3


@dataclass(frozen=True, kw_only=True)
class OneFactor:
    """Loadings and own variances in the items' units; both empty, with `why_none`, if none fit."""

    loadings: tuple[float, ...] = ()
    uniquenesses: tuple[float, ...] = ()
    why_none: str = ""


def fit_one_factor(covariances: Covariances) -> OneFactor:
    """Return the factor model Σ = λλ′ + diag(θ) that fits best by maximum likelihood.

    Minimises log|Σ| + tr(SΣ⁻¹): Jöreskog (1967), "Some contributions to maximum likelihood factor
    analysis", Psychometrika 32, doi:10.1007/BF02289658. For given shares ψ of each item's own
    variance, the loadings are in closed form the first eigenvector of ψ^-½ R ψ^-½, so the search
    is over ψ alone, on correlations (the fit does not depend on units), as R's `factanal` does it.
    """
    matrix = np.array(covariances.matrix, dtype=np.float64)
    if why_none := _explain_no_fit(covariances, matrix):
        return OneFactor(why_none=why_none)
    deviations = np.sqrt(np.diag(matrix))
    correlations = matrix / np.outer(deviations, deviations)
    if float(np.linalg.eigvalsh(correlations)[0]) < _SINGULAR:
        return OneFactor(
            why_none=_(
                "One of these items can be told from the others, so no factor can be fitted."
            )
        )
    if float(np.abs(correlations - np.eye(len(correlations))).max()) < _SINGULAR:
        # With nothing in common any one item could be the factor, so there is no best fit.
        return OneFactor(
            loadings=(0.0,) * len(matrix), uniquenesses=tuple(map(float, deviations**2))
        )
    shares = _search(correlations)
    if float(shares.min()) < LOWEST * 1.01:
        return OneFactor(
            why_none=_(
                "The fit of one factor is improper: it leaves an item no variance of its own."
            )
        )
    loadings = _find_loadings(shares, correlations) * deviations
    return OneFactor(
        loadings=tuple(map(float, loadings)),
        uniquenesses=tuple(map(float, shares * deviations**2)),
    )


def compute_omega(factor: OneFactor) -> Figure:
    """Return McDonald's omega (Σλ)² / ((Σλ)² + Σθ) of a one-factor fit.

    McDonald (1999), "Test theory: a unified treatment", chapter 6: the share of a sum score's
    variance that is due to what the items have in common. It is psych's `omega.tot` only where
    that fits one factor; by default it fits three.
    """
    if factor.why_none:
        return Figure(value=None, why_none=factor.why_none)
    common = sum(factor.loadings) ** 2
    return Figure(value=common / (common + sum(factor.uniquenesses)))


def _explain_no_fit(covariances: Covariances, matrix: Matrix) -> str:
    if len(covariances.items) < LEAST_ITEMS:
        return _("Omega needs at least three items.")
    if why_none := covariances.explain_thin_pair():
        return why_none
    if not np.diag(matrix).all():
        return _("An item that everyone answered alike has no share in a common factor.")
    return ""


def _search(correlations: Matrix) -> Matrix:
    """Return the shares ψ at the minimum, to the last digits that a computer holds."""
    size = len(correlations)
    start = (1 - 0.5 / size) / np.diag(np.linalg.inv(correlations))
    found = minimize(
        _discrepancy,
        np.clip(start, LOWEST, 1),
        args=(correlations,),
        jac=_gradient,
        method="L-BFGS-B",
        bounds=[(LOWEST, 1.0)] * size,
        options={"ftol": 1e-10, "gtol": 1e-6, "maxiter": 1000},
    )
    shares = np.asarray(found.x, dtype=np.float64)
    if float(shares.min()) < LOWEST * 1.01 or float(shares.max()) >= 1:
        return shares
    # Near the minimum the function is flat, but its slope is not: the last digits come from it.
    polished = np.asarray(root(_gradient, shares, args=(correlations,), tol=1e-14).x)
    return polished if float(np.abs(polished - shares).max()) < _NEAR else shares


def _discrepancy(shares: Matrix, correlations: Matrix) -> float:
    """Return the function to minimise but for a constant, with the loadings of these shares."""
    roots = np.sqrt(shares)
    rest = np.linalg.eigvalsh(correlations / np.outer(roots, roots))[:-1]
    return float(-np.sum(np.log(rest) - rest) + len(shares) - 1)


def _gradient(shares: Matrix, correlations: Matrix) -> Matrix:
    loadings = _find_loadings(shares, correlations)
    return np.asarray((loadings**2 + shares - np.diag(correlations)) / shares**2)


def _find_loadings(shares: Matrix, correlations: Matrix) -> Matrix:
    roots = np.sqrt(shares)
    values, vectors = np.linalg.eigh(correlations / np.outer(roots, roots))
    first = vectors[:, -1] * np.sqrt(max(float(values[-1]) - 1, 0.0)) * roots
    return np.asarray(first if first.sum() >= 0 else -first)
