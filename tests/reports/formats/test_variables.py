"""Names that are whole, short enough and each there once; decimals as they were written."""

import pytest

from survey_app.reports.formats.gathering import count_decimals
from survey_app.reports.formats.variables import find_name

LONG = "a" * 32


@pytest.mark.parametrize(
    ("name", "taken", "found"),
    [
        ("why", {"why"}, "why_given"),
        ("why", {"why", "why_given"}, "why_given2"),
        ("why", {"why_given", "why_given2"}, "why_given3"),
        (LONG, {LONG}, f"{LONG[:26]}_given"),
        (LONG, {f"{LONG[:26]}_given"}, f"{LONG[:25]}_given2"),
    ],
)
def test_a_name_with_an_ending_is_one_that_nothing_has(
    name: str, taken: set[str], found: str
) -> None:
    assert find_name(name, "_given", taken) == found
    assert found in taken


@pytest.mark.parametrize(
    ("number", "decimals"),
    [(1.5, 1), (0.125, 3), (100.0, 0), (1e-07, 7), (1e22, 0), (-2.25, 2), (0.0, 0)],
)
def test_decimals_are_counted_as_written(number: float, decimals: int) -> None:
    assert count_decimals(number) == decimals
