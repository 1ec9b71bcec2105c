"""Distributions and medians of items on a scale."""

import pytest

from survey_app.definition.shapes import Grid, GridRow
from survey_app.definition.text import Text
from survey_app.reports.likert import compute_median, compute_percents, make_likert_rows


@pytest.mark.parametrize(
    ("counts", "median"),
    [
        ((0, 0, 0, 0), None),
        ((0, 1, 0, 0), 2),
        ((1, 1, 0, 0), 1.5),
        ((1, 0, 0, 1), 2.5),
        ((3, 2, 1, 0), 1.5),
        ((4, 2, 1, 0), 1),
        ((0, 0, 0, 9), 4),
        # Pooh in Mangiafico's rcompanion data, 3 5 4 4 4 4 4 4 5 5: median 4.
        ((0, 0, 1, 6, 3), 4),
        # Piglet, 2 4 2 2 1 2 3 2 2 3: median 2.
        ((1, 6, 2, 1, 0), 2),
    ],
)
def test_the_median_is_a_point_of_the_scale_or_half_way_between_two(
    counts: tuple[int, ...], median: float | None
) -> None:
    assert compute_median(counts) == median


@pytest.mark.parametrize(
    ("counts", "percents"),
    [((1, 3), (25, 75)), ((0, 2), (0, 100)), ((0, 0), ()), ((1, 1, 1), (100 / 3,) * 3)],
)
def test_percents_are_of_those_who_answered(
    counts: tuple[int, ...], percents: tuple[float, ...]
) -> None:
    assert compute_percents(counts) == pytest.approx(percents)


def test_each_row_keeps_its_base_and_its_blanks() -> None:
    text = Text.plain("words")
    row = GridRow(row="a", text=text, counts=(1, 2), n=3, missing={"unanswered": 4})
    grid = Grid(
        item="g", text=text, levels=(("1", text), ("2", text)), direction="unipolar", rows=(row,)
    )
    (found,) = make_likert_rows(grid)
    assert (found.n, found.median, found.missing) == (3, 2, {"unanswered": 4})
