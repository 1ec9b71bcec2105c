"""Counts and shares of every level, mean and standard deviation."""

import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.reports.statistics.distributions import compute_mean, distribute
from survey_app.reports.statistics.tallies import tally
from tests.reports.statistics.data import LEVELS, PIGLET


def test_every_level_has_its_count_and_share_in_the_instruments_order() -> None:
    found = distribute(tally([*PIGLET, None], LEVELS), LEVELS)
    assert [(each.level, each.count) for each in found.levels] == [
        (1, 1),
        (2, 6),
        (3, 2),
        (4, 1),
        (5, 0),
    ]
    assert [each.share for each in found.levels] == pytest.approx([0.1, 0.6, 0.2, 0.1, 0])
    assert (found.basis.n, found.basis.left_out) == (10, 1)


def test_a_value_that_is_no_level_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\[6\] are no levels"):
        distribute(tally([1, 6]), LEVELS)


def test_without_answers_every_level_is_there_and_has_no_share() -> None:
    found = distribute(tally([None, None], LEVELS), LEVELS)
    assert [(each.count, each.share) for each in found.levels] == [(0, None)] * 5
    assert found.basis.why_none == "Nobody answered, so there are no shares."


@settings(deadline=None)
@given(st.lists(st.integers(-10_000, 10_000).map(lambda n: n / 8), min_size=2, max_size=50))
def test_mean_and_deviation_are_those_of_the_standard_library(values: list[float]) -> None:
    found = compute_mean(tally(values))
    assert found.mean == pytest.approx(statistics.mean(values), abs=1e-9)
    assert found.deviation == pytest.approx(statistics.stdev(values), abs=1e-9)


def test_a_mean_of_ordered_levels_says_what_it_supposes() -> None:
    assert "equally far apart" in compute_mean(tally([1, 2])).basis.caveat
    assert compute_mean(tally([1, 2]), ordinal=False).basis.caveat == ""


@pytest.mark.parametrize(
    ("values", "mean", "deviation", "why"),
    [
        ([], None, None, "Nobody answered, so there is no mean."),
        ([None], None, None, "Nobody answered, so there is no mean."),
        ([4], 4, None, "One answer has no standard deviation."),
        ([4, 4, 4], 4, 0, ""),
    ],
)
def test_what_cannot_be_computed_has_a_sentence(
    values: list[float | None], mean: float | None, deviation: float | None, why: str
) -> None:
    found = compute_mean(tally(values))
    assert (found.mean, found.deviation, found.basis.why_none) == (mean, deviation, why)
