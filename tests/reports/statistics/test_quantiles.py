"""Quartiles with their type named."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.reports.statistics.quantiles import QuantileType, find_quartiles
from survey_app.reports.statistics.tallies import tally
from tests.reports.statistics.data import LEVELS, POOH

ANSWERS = st.lists(st.integers(1, 5), min_size=1, max_size=60)
NUMPY_NAMES = {
    QuantileType.AVERAGED: "averaged_inverted_cdf",
    QuantileType.EXCLUSIVE: "weibull",
    QuantileType.INCLUSIVE: "linear",
}


@pytest.mark.parametrize(
    ("kind", "quartiles"),
    [
        (QuantileType.AVERAGED, (4, 4, 5)),
        (QuantileType.EXCLUSIVE, (4, 4, 5)),
        (QuantileType.INCLUSIVE, (4, 4, 4.75)),
    ],
)
def test_poohs_quartiles_are_as_published(
    kind: QuantileType, quartiles: tuple[float, float, float]
) -> None:
    found = find_quartiles(tally(POOH, LEVELS), kind)
    assert (found.lower, found.median, found.upper) == quartiles
    assert found.type is kind
    assert f"type {kind.value}" in found.basis.method


@settings(deadline=None)
@given(
    st.lists(st.integers(-50, 50).map(lambda n: n / 4), min_size=1), st.sampled_from(QuantileType)
)
def test_quartiles_are_those_of_numpy(values: list[float], kind: QuantileType) -> None:
    found = find_quartiles(tally(values), kind)
    # NumPy's names stand for the same types of Hyndman & Fan.
    expected = [
        float(np.quantile(values, share, method=NUMPY_NAMES[kind]))  # type: ignore[call-overload]
        for share in (0.25, 0.5, 0.75)
    ]
    assert [found.lower, found.median, found.upper] == pytest.approx(expected, abs=1e-9)


@settings(deadline=None)
@given(ANSWERS)
def test_of_ordered_levels_quartiles_are_levels_or_half_way_between(answers: list[int]) -> None:
    found = find_quartiles(tally(answers))
    assert found.type is QuantileType.AVERAGED
    for quartile in (found.lower, found.median, found.upper):
        assert quartile is not None
        assert float(quartile * 2).is_integer()


@settings(deadline=None)
@given(ANSWERS, st.sampled_from(QuantileType))
def test_quartiles_are_in_order_within_the_answers(answers: list[int], kind: QuantileType) -> None:
    found = find_quartiles(tally(answers), kind)
    assert found.lower is not None
    assert found.median is not None
    assert found.upper is not None
    assert min(answers) <= found.lower <= found.median <= found.upper <= max(answers)


@pytest.mark.parametrize("kind", QuantileType)
def test_one_answer_and_equal_answers_are_their_own_quartiles(kind: QuantileType) -> None:
    for answers in ([3], [3, 3, 3, 3]):
        found = find_quartiles(tally(answers), kind)
        assert (found.lower, found.median, found.upper) == (3, 3, 3)


@pytest.mark.parametrize("kind", QuantileType)
def test_without_answers_there_is_a_sentence_and_no_median(kind: QuantileType) -> None:
    found = find_quartiles(tally([None], LEVELS), kind)
    assert (found.lower, found.median, found.upper) == (None, None, None)
    assert found.basis.why_none == "Nobody answered, so there is no median."
