"""Holm's adjustment over a family of tests."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.reports.statistics.holm import adjust_holm

P_VALUES = st.lists(st.floats(0, 1), max_size=12)


def test_a_worked_example() -> None:
    # Smallest first: 0.01·4, 0.02·3, 0.03·2, 0.04·1; none below the one before it.
    assert adjust_holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx([0.06, 0.04, 0.06, 0.06])


def test_a_test_that_was_not_made_is_not_of_the_family() -> None:
    assert adjust_holm([None, 0.02, None, 0.03]) == pytest.approx([None, 0.04, None, 0.04])
    assert adjust_holm([None]) == (None,)
    assert adjust_holm([]) == ()


@settings(deadline=None)
@given(P_VALUES)
def test_it_is_the_closed_test_of_all_intersections(p_values: list[float]) -> None:
    """Adjusted p: the largest Bonferroni p of the sets that hold the test, as Holm proved."""
    for place, found in enumerate(adjust_holm(p_values)):
        p = p_values[place]
        # The worst set holds the test itself and all that are not smaller than a given one.
        sets = [[q for q in p_values if q >= least] for least in p_values if least <= p]
        expected = max(min(1.0, min(each) * len(each)) for each in sets)
        assert found == pytest.approx(expected, abs=1e-9)


@settings(deadline=None)
@given(P_VALUES)
def test_it_keeps_the_order_and_never_lowers_a_p(p_values: list[float]) -> None:
    adjusted = adjust_holm(p_values)
    pairs = sorted(zip(p_values, adjusted, strict=True))
    for p, found in pairs:
        assert found is not None
        assert p <= found <= 1
    assert [found for _p, found in pairs] == sorted(found or 0 for _p, found in pairs)


@settings(deadline=None)
@given(P_VALUES)
def test_it_does_not_depend_on_the_order_of_the_tests(p_values: list[float]) -> None:
    backwards = adjust_holm(p_values[::-1])
    assert adjust_holm(p_values) == backwards[::-1]
