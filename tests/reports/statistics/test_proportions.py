"""Shares with Wilson's interval."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.reports.statistics.proportions import (
    compute_wilson,
    estimate_share,
    estimate_top_boxes,
)
from survey_app.reports.statistics.tallies import tally

COUNTS = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [(0, 0, 25.9), (1, 1.6, 37.7), (5, 21.3, 72.0), (7, 35.4, 84.8), (11, 74.1, 100)],
)
def test_wilson_for_eleven_respondents_is_as_published(
    count: int, lower: float, upper: float
) -> None:
    found = compute_wilson(count, 11)
    assert [round(100 * end, 1) for end in found] == [lower, upper]


@settings(deadline=None)
@given(COUNTS, st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_wilsons_ends_are_where_the_score_test_is_just_not_rejected(
    share: tuple[int, int], confidence: float
) -> None:
    count, n = share
    z2 = NormalDist().inv_cdf((1 + confidence) / 2) ** 2 / n
    p = count / n
    # (p − π)² = z²·π(1 − π)/n, solved as a polynomial in π
    roots = sorted(np.roots([1 + z2, -2 * p - z2, p * p]).real)
    assert compute_wilson(count, n, confidence) == pytest.approx(roots, abs=1e-9)


@settings(deadline=None)
@given(COUNTS)
def test_wilson_stays_within_0_and_1_and_holds_the_share(share: tuple[int, int]) -> None:
    count, n = share
    lower, upper = compute_wilson(count, n)
    assert 0 <= lower <= count / n <= upper <= 1
    assert lower < upper
    assert compute_wilson(n - count, n) == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


@pytest.mark.parametrize(("count", "n"), [(0, 0), (2, 1), (-1, 3)])
def test_what_is_no_share_is_refused(count: int, n: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        compute_wilson(count, n)


@pytest.mark.parametrize(("boxes", "count"), [(1, 2), (2, 5), (3, 6)])
def test_top_boxes_are_the_highest_levels_of_the_instrument(boxes: int, count: int) -> None:
    answers = tally([4, 4, 3, 3, 3, 2, 1, None], levels=(1, 2, 3, 4))
    found = estimate_top_boxes(answers, (1, 2, 3, 4), boxes)
    assert (found.count, found.basis.n, found.basis.left_out) == (count, 7, 1)
    assert found.share.value == pytest.approx(count / 7)
    assert (found.share.lower, found.share.upper) == compute_wilson(count, 7)


def test_the_top_follows_the_order_of_the_scale_and_not_the_size_of_codes() -> None:
    found = estimate_top_boxes(tally([1, 1, 2]), levels=(3, 2, 1), boxes=1)
    assert found.count == 2


@pytest.mark.parametrize("boxes", [0, 4])
def test_all_of_a_scale_is_no_top(boxes: int) -> None:
    with pytest.raises(ValueError, match="has no top"):
        estimate_top_boxes(tally([1]), (1, 2, 3, 4), boxes)


def test_below_twenty_answers_the_counts_come_first() -> None:
    assert "counts before" in estimate_share(1, tally([1] * 19)).basis.caveat
    assert estimate_share(1, tally([1] * 20)).basis.caveat == ""


def test_without_answers_there_is_a_sentence_and_no_share() -> None:
    found = estimate_share(0, tally([None, None]))
    assert (found.share.value, found.share.lower, found.share.upper) == (None, None, None)
    assert found.basis.why_none == "Nobody answered, so there is no share."
    assert found.basis.left_out == 2
