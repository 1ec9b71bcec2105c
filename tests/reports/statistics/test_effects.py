"""Effect sizes with their intervals."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.reports.statistics.effects import (
    compute_newcombe_interval,
    draw_resamples,
    estimate_epsilon_squared,
    estimate_rank_biserial,
)
from survey_app.reports.statistics.ranks import Ranking, rank_groups
from survey_app.reports.statistics.ranktests import compute_h
from tests.reports.statistics.data import SPEAKERS, make_group

SIZES = st.integers(1, 200)


@settings(deadline=None)
@given(st.integers(1, 999), SIZES, SIZES)
def test_newcombes_limits_are_roots_of_a_polynomial(theta: int, first: int, second: int) -> None:
    """(θ̂ − θ)²·mn·(2−θ)(1+θ) = z²θ(1−θ)·((2−θ)(1+θ) + s(1−θ)(1+θ) + sθ(2−θ)), in θ."""
    t = np.polynomial.Polynomial([0, 1])
    seen, spare = theta / 1000, (first + second) / 2 - 1
    z2 = NormalDist().inv_cdf(0.975) ** 2
    shape = (2 - t) * (1 + t) + spare * (1 - t) * (1 + t) + spare * t * (2 - t)
    whole = (seen - t) ** 2 * (first * second) * (2 - t) * (1 + t) - z2 * t * (1 - t) * shape
    real = [float(root.real) for root in whole.roots() if abs(root.imag) < 1e-7]
    lower = max(root for root in real if 0 <= root <= seen)
    upper = min(root for root in real if seen <= root <= 1)
    found = compute_newcombe_interval(seen, first, second)
    assert found == pytest.approx((lower, upper), abs=1e-9)


@settings(deadline=None)
@given(st.integers(0, 100), SIZES, SIZES)
def test_the_interval_holds_the_value_and_is_the_same_from_either_side(
    theta: int, first: int, second: int
) -> None:
    seen = theta / 100
    lower, upper = compute_newcombe_interval(seen, first, second)
    assert 0 <= lower <= seen <= upper <= 1
    assert lower < upper
    mirrored = compute_newcombe_interval(1 - seen, second, first)
    assert mirrored == pytest.approx((1 - upper, 1 - lower), abs=1e-9)


def test_where_one_group_wins_every_pair_the_interval_still_has_a_width() -> None:
    ranking = rank_groups([make_group("a", [4] * 6), make_group("b", [1] * 6)])
    found = estimate_rank_biserial(ranking)
    assert (found.value, found.upper) == (1, 1)
    assert found.lower is not None
    assert found.lower < 0.9
    # At θ̂ = 1 one factor 1 − θ falls out: 1 − θ = z²θ/(mn)·(1 + s(1−θ)/(2−θ) + sθ/(1+θ)).
    limit, z2 = (found.lower + 1) / 2, NormalDist().inv_cdf(0.975) ** 2
    shape = 1 + 5 * (1 - limit) / (2 - limit) + 5 * limit / (1 + limit)
    assert 1 - limit == pytest.approx(z2 * limit / 36 * shape, abs=1e-9)


def test_a_higher_confidence_gives_a_wider_interval() -> None:
    narrow, wide = (compute_newcombe_interval(0.7, 10, 12, each) for each in (0.8, 0.99))
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_epsilon_squareds_interval_is_that_of_the_resamples_one_by_one() -> None:
    ranking = rank_groups(SPEAKERS)
    found = estimate_epsilon_squared(ranking, resamples=199, seed=3)
    effects = []
    for block in draw_resamples(ranking, 199, 3):
        for table in block:
            counts = tuple(tuple(map(int, row)) for row in table if sum(row))
            assert tuple(map(sum, counts)) == ranking.sizes
            drawn = Ranking(counts=counts)
            effects.append(compute_h(drawn) / 29 if max(drawn.ties) < 30 else 0.0)
    effects.sort()
    assert len(effects) == 199
    # 2.5 % of 200 places from either end
    assert (found.lower, found.upper) == pytest.approx((effects[4], effects[-5]), abs=1e-9)
    assert found.method == "percentile bootstrap, 199 resamples, seed 3"


def test_the_same_seed_gives_the_same_interval() -> None:
    ranking = rank_groups(SPEAKERS)
    assert estimate_epsilon_squared(ranking) == estimate_epsilon_squared(ranking)
    assert estimate_epsilon_squared(ranking) != estimate_epsilon_squared(ranking, seed=1)


def test_groups_apart_explain_all_variance_and_groups_alike_none() -> None:
    apart = rank_groups([make_group(str(level), [level] * 6) for level in (1, 2, 3)])
    found = estimate_epsilon_squared(apart)
    assert (found.value, found.lower, found.upper) == pytest.approx((1, 1, 1))
    alike = rank_groups([make_group(name, [1, 2, 3, 4, 5]) for name in "ab"])
    nought = estimate_epsilon_squared(alike)
    assert nought.value == pytest.approx(0)
    assert nought.upper is not None
    assert 0 < nought.upper < 1


def test_resamples_in_which_everyone_is_alike_count_as_no_difference() -> None:
    ranking = rank_groups([make_group("a", [1, 1, 1, 1, 2]), make_group("b", [1] * 5)])
    found = estimate_epsilon_squared(ranking)
    assert found.lower == 0
    assert found.upper is not None
    assert math.isfinite(found.upper)
