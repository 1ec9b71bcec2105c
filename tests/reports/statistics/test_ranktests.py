"""U and H by their definitions, and their large-sample p."""

import math
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.reports.statistics.ranktests import (
    approximate_h,
    approximate_u,
    compute_h,
    compute_u,
)
from tests.reports.statistics.ranking_by_hand import (
    compare_variances,
    count_wins,
    find_midranks,
    rank,
)

SAMPLES = st.lists(st.integers(1, 5), min_size=2, max_size=15)


@settings(deadline=None)
@given(SAMPLES, SAMPLES)
def test_u_counts_the_pairs_that_the_first_wins(first: list[int], second: list[int]) -> None:
    assert compute_u(rank(first, second)) == pytest.approx(count_wins(first, second), abs=1e-9)


@settings(deadline=None)
@given(
    st.lists(SAMPLES, min_size=2, max_size=4).filter(
        lambda all_: len({v for s in all_ for v in s}) > 1
    )
)
def test_h_is_the_variance_between_groups_and_its_p_that_of_chi_squared(
    samples: list[list[int]],
) -> None:
    ranking = rank(*samples)
    h = compare_variances(*samples)
    assert compute_h(ranking) == pytest.approx(h, abs=1e-9)
    # The tail of chi-squared in closed form, for 1, 2 and 3 degrees of freedom.
    single = math.erfc(math.sqrt(h / 2))
    tails = [single, math.exp(-h / 2), single + math.sqrt(2 * h / math.pi) * math.exp(-h / 2)]
    assert approximate_h(ranking) == pytest.approx(tails[len(samples) - 2], abs=1e-9)


@settings(deadline=None)
@given(SAMPLES, SAMPLES)
def test_the_large_sample_p_is_the_normal_tail_at_the_midranks_variance(
    first: list[int], second: list[int]
) -> None:
    values = [*first, *second]
    if len(set(values)) == 1:
        return
    pairs = len(first) * len(second)
    spread = math.sqrt(pairs / len(values) * statistics.variance(find_midranks(values)))
    z = max(abs(count_wins(first, second) - pairs / 2) - 0.5, 0) / spread
    expected = 2 * statistics.NormalDist().cdf(-z)
    assert approximate_u(rank(first, second)) == pytest.approx(expected, abs=1e-9)
