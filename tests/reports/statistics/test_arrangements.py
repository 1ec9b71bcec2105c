"""The p of all arrangements, ties included, and of drawn ones."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from survey_app.reports.statistics.arrangements import draw_p, find_exact_p
from survey_app.reports.statistics.ranks import rank_groups
from tests.reports.statistics.data import PIGLET, POOH, SPEAKERS
from tests.reports.statistics.ranking_by_hand import (
    compare_variances,
    find_midranks,
    list_arrangements,
    rank,
)

SMALL_SAMPLES = st.lists(st.integers(1, 4), min_size=1, max_size=4)


EVERY_STEP = 10**9


PAIR = rank_groups(SPEAKERS[:2])


def test_the_exact_p_counts_every_arrangement_where_scipys_forgets_the_ties() -> None:
    ranks = [round(2 * each) for each in find_midranks([*POOH, *PIGLET])]
    seen, middle = abs(sum(ranks[:10]) - 210), 210
    sums = [abs(sum(chosen) - middle) for chosen in itertools.combinations(ranks, 10)]
    expected = sum(each >= seen for each in sums) / len(sums)
    assert len(sums) == math.comb(20, 10)
    assert find_exact_p(PAIR) == pytest.approx(expected, abs=1e-15)
    without_ties = float(mannwhitneyu(POOH, PIGLET, method="exact").pvalue)
    assert without_ties == pytest.approx(0.000205677, abs=5e-10)
    assert without_ties < expected


@settings(deadline=None)
@given(st.lists(SMALL_SAMPLES, min_size=2, max_size=3))
def test_the_exact_p_is_that_of_all_arrangements_one_by_one(samples: list[list[int]]) -> None:
    values = [value for sample in samples for value in sample]
    if len(values) > 9 or len(set(values)) == 1:
        return
    seen = compare_variances(*samples)
    heights = [
        compare_variances(*each) for each in list_arrangements(values, list(map(len, samples)))
    ]
    expected = sum(height >= seen - 1e-9 for height in heights) / len(heights)
    assert find_exact_p(rank(*samples), EVERY_STEP) == pytest.approx(expected, abs=1e-9)


@settings(deadline=None)
@given(st.permutations(range(3)))
def test_p_does_not_depend_on_the_order_of_the_groups(order: list[int]) -> None:
    samples = ([1, 2, 2, 3], [3, 3, 4], [1, 1, 4, 4, 4])
    expected = find_exact_p(rank(*samples), EVERY_STEP)
    assert find_exact_p(rank(*(samples[place] for place in order)), EVERY_STEP) == expected


@pytest.mark.parametrize(
    "samples", [(POOH, PIGLET), ([1, 2, 2, 3, 4], [2, 2, 3, 3, 4, 4], [1] * 5)]
)
def test_drawn_arrangements_come_near_to_all_of_them(samples: tuple[list[int], ...]) -> None:
    draws = 50_000
    exact = find_exact_p(rank(*samples), EVERY_STEP)
    drawn = draw_p(rank(*samples), draws, seed=7)
    assert exact is not None
    error = 5 * math.sqrt(exact * (1 - exact) / draws) + 1 / draws
    assert drawn == pytest.approx(exact, abs=error)
    assert draw_p(rank(*samples), draws, seed=7) == drawn
    assert draw_p(rank(*samples), draws, seed=8) != drawn


def test_a_drawn_p_is_never_nought() -> None:
    found = draw_p(rank([1] * 15, [2] * 15, [3] * 15), draws=99)
    assert found == pytest.approx(0.01)
