"""One common factor by maximum likelihood, and omega."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.reports.statistics.covariances import (
    Covariances,
    Matrix,
    compute_covariances,
)
from survey_app.reports.statistics.factor import compute_omega, fit_one_factor
from survey_app.reports.statistics.missing import Treatment
from tests.reports.statistics.data import ATTITUDE, ATTITUDE_ITEMS, Rows


def make_covariances(matrix: Matrix, n: int = 100) -> Covariances:
    size = len(matrix)
    return Covariances(
        items=tuple(f"i{place}" for place in range(size)),
        matrix=tuple(tuple(map(float, row)) for row in matrix),
        pairs=((n,) * size,) * size,
        n=n,
        left_out=0,
        treatment=Treatment.LISTWISE,
    )


def fit_by_expectation(matrix: Matrix, rounds: int = 5_000) -> tuple[Matrix, Matrix]:
    """The same model by the EM algorithm of Rubin & Thayer (1982), on covariances."""
    loadings, own = np.sqrt(np.diag(matrix) / 2), np.diag(matrix) / 2
    for _round in range(rounds):
        weights = np.linalg.solve(np.outer(loadings, loadings) + np.diag(own), loadings)
        shared = matrix @ weights
        loadings = shared / (1 - weights @ loadings + weights @ shared)
        own = np.diag(matrix) - loadings * shared
    return loadings, own


def test_attitude_has_the_omega_that_others_find() -> None:
    """semTools on lavaan prints 0.856326837; its search ends within 5e-8 of the optimum."""
    omega = compute_omega(fit_one_factor(compute_covariances(ATTITUDE_ITEMS, ATTITUDE)))
    assert omega.value == pytest.approx(0.856326837, abs=5e-8)


def test_attitude_is_fitted_as_another_algorithm_fits_it() -> None:
    covariances = compute_covariances(ATTITUDE_ITEMS, ATTITUDE)
    factor = fit_one_factor(covariances)
    loadings, own = fit_by_expectation(np.array(covariances.matrix))
    assert factor.loadings == pytest.approx(loadings, rel=1e-9)
    assert factor.uniquenesses == pytest.approx(own, rel=1e-9)
    expected = loadings.sum() ** 2 / (loadings.sum() ** 2 + own.sum())
    assert compute_omega(factor).value == pytest.approx(expected, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0.4, 0.9), st.floats(0.5, 3), st.sampled_from([1, 1, 1, -1])),
        min_size=3,
        max_size=8,
    )
)
def test_what_one_factor_made_is_found_again(items: list[tuple[float, float, int]]) -> None:
    loadings = np.array([share * scale * sign for share, scale, sign in items])
    own = np.array([(1 - share**2) * scale**2 for share, scale, _sign in items])
    factor = fit_one_factor(make_covariances(np.outer(loadings, loadings) + np.diag(own)))
    turned = loadings * np.sign(loadings @ np.array(factor.loadings))
    assert factor.loadings == pytest.approx(turned, abs=1e-6)
    expected = loadings.sum() ** 2 / (loadings.sum() ** 2 + own.sum())
    assert compute_omega(factor).value == pytest.approx(expected, abs=1e-6)


def test_items_without_anything_in_common_have_omega_0() -> None:
    omega = compute_omega(fit_one_factor(make_covariances(np.diag([1.0, 2.0, 3.0, 4.0]))))
    assert omega.value == pytest.approx(0, abs=1e-9)


IMPROPER = np.array([[1, 0.8, 0.8], [0.8, 1, 0.4], [0.8, 0.4, 1]])
IMPOSSIBLE = np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])


@pytest.mark.parametrize(
    ("matrix", "why"),
    [
        (np.eye(2), "Omega needs at least three items."),
        (np.diag([1.0, 0.0, 1.0]), "An item that everyone answered alike has no share"),
        (np.ones((3, 3)), "One of these items can be told from the others"),
        (IMPOSSIBLE, "One of these items can be told from the others"),
        (IMPROPER, "The fit of one factor is improper"),
    ],
)
def test_what_cannot_be_fitted_has_a_sentence(matrix: Matrix, why: str) -> None:
    factor = fit_one_factor(make_covariances(matrix))
    assert (factor.loadings, factor.uniquenesses) == ((), ())
    omega = compute_omega(factor)
    assert omega.value is None
    assert omega.why_none.startswith(why)


def test_as_few_respondents_as_items_give_no_factor() -> None:
    rows: Rows = [[1, 2, 3], [2, 1, 5], [4, 4, 1]]
    factor = fit_one_factor(compute_covariances(("a", "b", "c"), rows))
    assert factor.why_none.startswith("One of these items can be told from the others")
