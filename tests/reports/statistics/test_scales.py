"""Scores of scales: reversal by the instrument's bounds, missing answers by a named rule."""

import math
import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.definition.analysis import MissingRule, ScaleScore, Scoring
from survey_app.reports.statistics.scales import (
    Score,
    align_block,
    align_row,
    reverse,
    score_block,
    score_row,
)

ITEMS = ("calm", "tense", "rested")
BOUNDS = dict.fromkeys(ITEMS, (1.0, 6.0))


def make_design(
    scoring: Scoring = "mean", rule: MissingRule = "complete", turned: str = "tense"
) -> ScaleScore:
    return ScaleScore(
        name="rest", items=ITEMS, bounds=BOUNDS, reverse=(turned,), score=scoring, missing=rule
    )


def test_an_item_from_1_to_6_is_turned_by_7_less_the_answer() -> None:
    assert [reverse(value, (1, 6)) for value in (1, 2, 6)] == [6, 5, 1]


def test_the_bounds_are_the_instruments_although_nobody_used_them() -> None:
    assert [reverse(value, (0, 10)) for value in (4, 5)] == [6, 5]


@settings(deadline=None)
@given(st.integers(-5, 5), st.integers(0, 10), st.data())
def test_reversal_twice_is_the_answer_itself(low: int, width: int, data: st.DataObject) -> None:
    value = data.draw(st.integers(low, low + width))
    bounds = (low, low + width)
    assert reverse(reverse(value, bounds), bounds) == value


def test_an_answer_outside_the_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="7 is not between 1 and 6"):
        reverse(7, (1, 6))


def test_only_the_reversed_items_are_turned_and_blanks_stay() -> None:
    assert align_row(make_design(), [1, 1, None]) == (1, 6, None)
    assert align_row(make_design(), [2, None, 3]) == (2, None, 3)


@pytest.mark.parametrize(
    ("rule", "row", "mean", "total"),
    [
        ("complete", (5, 2, 6), 16 / 3, 16),
        ("complete", (5, 2, None), None, None),
        ("half", (5, 2, None), 5, 15),
        ("half", (5, None, None), None, None),
        ("available", (4, None, None), 4, 12),
        ("available", (None, None, None), None, None),
        ("half", (None, None, None), None, None),
    ],
)
def test_who_gets_a_score_is_by_the_rule(
    rule: MissingRule, row: tuple[float | None, ...], mean: float | None, total: float | None
) -> None:
    answered = sum(value is not None for value in row)
    for scoring, value in (("mean", mean), ("sum", total)):
        design = make_design("mean" if scoring == "mean" else "sum", rule)
        assert score_row(design, row) == Score(value=value, answered=answered, of=3)


@settings(deadline=None)
@given(st.lists(st.integers(1, 6), min_size=3, max_size=3))
def test_a_complete_score_is_the_mean_and_the_sum_of_what_is_turned(row: list[int]) -> None:
    turned = [row[0], 7 - row[1], row[2]]
    assert score_row(make_design(), row).value == pytest.approx(statistics.mean(turned), abs=1e-9)
    assert score_row(make_design("sum"), row).value == pytest.approx(sum(turned), abs=1e-9)


ROWS = st.lists(
    st.lists(st.none() | st.integers(1, 6).map(float), min_size=3, max_size=3),
    min_size=1,
    max_size=6,
)
SCORINGS: tuple[Scoring, ...] = ("mean", "sum")
RULES: tuple[MissingRule, ...] = ("complete", "half", "available")


@settings(deadline=None)
@given(ROWS, st.sampled_from(RULES), st.sampled_from(SCORINGS))
def test_many_respondents_are_turned_and_scored_as_each_alone(
    rows: list[list[float | None]], rule: MissingRule, scoring: Scoring
) -> None:
    design = make_design(scoring, rule)
    block = np.array([[math.nan if each is None else each for each in row] for row in rows])
    aligned = align_block(design, block)
    shown = [tuple(None if math.isnan(each) else each for each in row) for row in aligned.tolist()]
    assert shown == [align_row(design, row) for row in rows]
    for score, row in zip(score_block(design, aligned).tolist(), rows, strict=True):
        alone = score_row(design, row).value
        assert math.isnan(score) if alone is None else score == pytest.approx(alone, abs=1e-12)


def test_in_a_block_an_answer_outside_the_bounds_counts_as_none() -> None:
    aligned = align_block(make_design(), np.array([[7.0, 0.0, 6.0]]))
    assert [math.isnan(each) for each in aligned[0].tolist()] == [True, True, False]
