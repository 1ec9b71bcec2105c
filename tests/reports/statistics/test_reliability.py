"""Reliability of a scale: published values, independent formulas, and what cannot be said."""

import math
import statistics
from collections.abc import Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from survey_app.reports.statistics.alpha import compute_feldt_interval, compute_standardised_alpha
from survey_app.reports.statistics.covariances import compute_covariances
from survey_app.reports.statistics.missing import Treatment
from survey_app.reports.statistics.reliability import (
    Reliability,
    assess_covariances,
    assess_reliability,
)
from survey_app.reports.statistics.results import Figure
from tests.reports.statistics.data import (
    ATTITUDE,
    ATTITUDE_ITEMS,
    WIDE_ITEMS,
    WIDE_MISSING,
    Rows,
)

COMPLETE = st.integers(2, 5).flatmap(
    lambda k: st.lists(
        st.lists(st.integers(1, 6).map(float), min_size=k, max_size=k), min_size=3, max_size=25
    )
)


def columns_named(columns: Sequence[object]) -> list[str]:
    return [f"i{place}" for place in range(len(columns))]


def value_of(figure: Figure) -> float:
    assert figure.value is not None
    assert figure.why_none == ""
    return figure.value


def find_alpha(columns: Sequence[Sequence[float]]) -> float:
    """Alpha from the raw answers: variances of the items and of their sum."""
    totals = [sum(row) for row in zip(*columns, strict=True)]
    own = sum(map(statistics.variance, columns))
    k = len(columns)
    return float(k / (k - 1) * (1 - own / statistics.variance(totals)))


def find_f_share(f: float, d1: int, d2: int) -> float:
    """The share of an F distribution below f: the incomplete beta as a continued fraction."""
    x, a, b = d1 * f / (d1 * f + d2), d1 / 2, d2 / 2
    if x > (a + 1) / (a + b + 2):
        return 1 - find_f_share(1 / f, d2, d1)
    tail = 1.0
    for m in range(300, 0, -1):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        tail = 1 + even / (1 + odd / tail)
    first = -(a + b) * x / (a + 1)
    front = a * math.log(x) + b * math.log1p(-x) - math.log(a)
    beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    return math.exp(front - beta) / (1 + first / tail)


def test_attitude_is_as_published() -> None:
    found = assess_reliability(ATTITUDE_ITEMS, ATTITUDE)
    assert found.alpha.value == pytest.approx(0.8431427696, abs=5e-11)
    assert found.alpha.lower == pytest.approx(0.739375686, abs=5e-10)
    assert found.alpha.upper == pytest.approx(0.915773072, abs=5e-10)
    assert found.standardised.value == pytest.approx(0.8390838030, abs=5e-11)
    assert found.mean_correlation.value == pytest.approx(0.4269066426, abs=5e-11)
    assert [round(value_of(each.alpha_if_dropped), 6) for each in found.items] == [
        *(0.809760, 0.796917, 0.827848, 0.803031, 0.795387, 0.863872, 0.840465),
    ]
    assert [round(value_of(each.item_rest), 6) for each in found.items] == [
        *(0.671262, 0.742110, 0.560711, 0.714445, 0.786276, 0.265034, 0.460811),
    ]
    assert (found.basis.n, found.basis.left_out, found.basis.caveat) == (30, 0, "")


@pytest.mark.parametrize(
    ("n", "lower", "upper"),
    [(11, 0.522, 0.939), (30, 0.659, 0.894), (100, 0.731, 0.856), (300, 0.762, 0.834)],
)
def test_feldts_interval_of_five_items_is_as_published(n: int, lower: float, upper: float) -> None:
    found = compute_feldt_interval(0.80, n, 5)
    assert [round(end, 3) for end in found] == [lower, upper]


@pytest.mark.parametrize("n", [2, 9, 30, 400])
@pytest.mark.parametrize("k", [2, 5, 11])
def test_feldts_interval_cuts_an_f_distribution_where_it_should(n: int, k: int) -> None:
    lower, upper = compute_feldt_interval(0.7, n, k, 0.9)
    freedom = (n - 1, (n - 1) * (k - 1))
    assert find_f_share((1 - lower) / 0.3, *freedom) == pytest.approx(0.95, abs=1e-9)
    assert find_f_share((1 - upper) / 0.3, *freedom) == pytest.approx(0.05, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(COMPLETE)
def test_every_figure_is_what_the_raw_answers_give(rows: list[list[float]]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    totals = [sum(row) for row in rows]
    assume(all(len(set(column)) > 1 for column in columns) and len(set(totals)) > 1)
    covariances = compute_covariances(columns_named(columns), rows)
    found = assess_covariances(covariances)
    assert found.alpha.value == pytest.approx(find_alpha(columns), rel=1e-9, abs=1e-9)
    pairs = [
        statistics.correlation(columns[i], columns[j])
        for i in range(len(columns))
        for j in range(i)
    ]
    assert found.mean_correlation.value == pytest.approx(statistics.mean(pairs), abs=1e-9)
    for place, item in enumerate(found.items):
        others = [column for at, column in enumerate(columns) if at != place]
        rest = [sum(row) for row in zip(*others, strict=True)]
        if len(set(rest)) == 1:
            assert (item.item_rest.value, item.item_rest.why_none) == (
                None,
                "The sum of the other items is the same for everyone.",
            )
            continue
        expected = statistics.correlation(columns[place], rest)
        assert item.item_rest.value == pytest.approx(expected, abs=1e-9)
        if len(others) > 1:
            dropped = find_alpha(others)
            assert item.alpha_if_dropped.value == pytest.approx(dropped, rel=1e-9, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(COMPLETE)
def test_standardised_alpha_is_alpha_of_standardised_answers(rows: list[list[float]]) -> None:
    columns = [list(column) for column in zip(*rows, strict=True)]
    assume(all(len(set(column)) > 1 for column in columns))
    scaled = [[value / statistics.stdev(column) for value in column] for column in columns]
    totals = [sum(row) for row in zip(*scaled, strict=True)]
    assume(statistics.variance(totals) > 1e-6)
    covariances = compute_covariances(columns_named(columns), rows)
    found = compute_standardised_alpha(covariances)
    assert found.value == pytest.approx(find_alpha(scaled), rel=1e-9, abs=1e-9)


@settings(max_examples=8, deadline=None)
@given(st.permutations(range(7)))
def test_alpha_does_not_depend_on_the_order_of_items(order: list[int]) -> None:
    rows = [[row[place] for place in order] for row in ATTITUDE]
    found = assess_reliability([ATTITUDE_ITEMS[place] for place in order], rows)
    known = assess_reliability(ATTITUDE_ITEMS, ATTITUDE)
    assert found.alpha.value == pytest.approx(known.alpha.value, abs=1e-12)
    assert found.omega.value == pytest.approx(known.omega.value, abs=1e-9)
    by_item = {each.item: each.item_rest.value for each in known.items}
    for each in found.items:
        assert each.item_rest.value == pytest.approx(by_item[each.item], abs=1e-12)


def test_listwise_takes_the_n_of_those_who_count() -> None:
    """Nine of twelve answered everything; an interval for twelve (.581-.933) is too narrow."""
    found = assess_reliability(WIDE_ITEMS, WIDE_MISSING)
    assert (found.basis.n, found.basis.left_out) == (9, 3)
    assert found.basis.treatment is Treatment.LISTWISE
    assert found.alpha.value == pytest.approx(0.8016949152542373, abs=1e-12)
    assert found.alpha.lower == pytest.approx(0.533, abs=5e-4)
    assert found.alpha.upper == pytest.approx(0.947, abs=5e-4)
    assert found.alpha.value is not None
    assert compute_feldt_interval(found.alpha.value, 12, 11)[0] == pytest.approx(0.581, abs=5e-4)


def test_pairwise_is_as_published_and_its_interval_is_for_the_smallest_number_of_pairs() -> None:
    found = assess_reliability(WIDE_ITEMS, WIDE_MISSING, Treatment.PAIRWISE)
    assert found.alpha.value == pytest.approx(0.732660835, abs=5e-10)
    assert (found.basis.n, found.basis.left_out) == (12, 0)
    assert found.basis.treatment is Treatment.PAIRWISE
    assert found.alpha.value is not None
    expected = compute_feldt_interval(found.alpha.value, 10, 11)
    assert (found.alpha.lower, found.alpha.upper) == pytest.approx(expected)
    assert found.alpha.method.endswith("10")
    assert "different respondents, 10 to 12 of them" in found.basis.caveat


def list_figures(found: Reliability) -> list[Figure]:
    alpha = Figure(value=found.alpha.value, why_none=found.basis.why_none)
    whole = [alpha, found.standardised, found.mean_correlation, found.omega]
    return whole + [
        figure for each in found.items for figure in (each.item_rest, each.alpha_if_dropped)
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from([None, 1.0, 2.0, 3.0]), min_size=4, max_size=4), max_size=12),
    st.sampled_from([Treatment.LISTWISE, Treatment.PAIRWISE]),
)
def test_whatever_was_answered_each_figure_is_a_number_or_a_sentence(
    rows: Rows, treatment: Treatment
) -> None:
    found = assess_reliability("abcd", rows, treatment)
    for figure in list_figures(found):
        assert (figure.value is None) == bool(figure.why_none)
        assert figure.value is None or (math.isfinite(figure.value) and figure.value <= 1 + 1e-9)
    for correlation in (found.mean_correlation, *(each.item_rest for each in found.items)):
        assert correlation.value is None or -1 <= correlation.value <= 1
    if found.alpha.value is not None:
        assert found.alpha.lower is not None
        assert found.alpha.upper is not None
        assert found.alpha.lower <= found.alpha.value + 1e-9
        assert found.alpha.lower <= found.alpha.upper <= 1 + 1e-9


def test_pairs_that_contradict_each_other_give_no_number_beyond_1() -> None:
    none = None
    rows: Rows = [
        [1, 1, none],
        [9, 9, none],
        [none, 5, 5],
        [none, 5, 6],
        [5, none, 1],
        [6, none, 9],
    ]
    rows += [[5, none, none], [none, 5, none], [none, none, 5]] * 9
    found = assess_reliability("abc", rows, Treatment.PAIRWISE)
    assert "contradict each other" in found.mean_correlation.why_none
    assert "contradict each other" in found.basis.why_none


def test_with_few_respondents_the_interval_is_to_be_read_first() -> None:
    caveat = assess_reliability(ATTITUDE_ITEMS, ATTITUDE[:11]).basis.caveat
    assert caveat == "With n = 11 read the interval before the value."


def test_an_item_that_was_not_turned_is_named_and_alpha_may_be_negative() -> None:
    rows: Rows = [[1, 6, 2, 1], [2, 4, 2, 2], [3, 3, 4, 4], [5, 2, 5, 4], [6, 1, 6, 6]]
    two = assess_reliability(("calm", "tense"), [row[:2] for row in rows[1:]])
    assert two.alpha.value is not None
    assert two.alpha.value < 0
    found = assess_reliability(("calm", "tense", "rested", "glad"), rows)
    assert "to be reversed: tense." in found.basis.caveat


NOBODY = "Fewer than two respondents count, so nothing can be said about the scale."
ONE_ITEM = "One item is no scale: alpha needs at least two."
ALIKE = "Everyone answered alike, so there is no variance to share."
CANCEL = "The answers to the items cancel each other out: is one of them to be reversed?"


@pytest.mark.parametrize("treatment", [Treatment.LISTWISE, Treatment.PAIRWISE])
@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], NOBODY),
        ([[1, 2]], NOBODY),
        ([[None, None]] * 5, NOBODY),
        ([[3, 3]] * 5, ALIKE),
        ([[3, 1]] * 5, ALIKE),
        ([[1, 5], [2, 4], [4, 2]], CANCEL),
        ([[1], [2], [3]], ONE_ITEM),
        ([[None], [None]], ONE_ITEM),
    ],
)
def test_what_cannot_be_said_has_a_sentence(rows: Rows, why: str, treatment: Treatment) -> None:
    items = ("a", "b")[: len(rows[0]) if rows else 2]
    found = assess_reliability(items, rows, treatment)
    assert (found.alpha.value, found.alpha.lower, found.alpha.upper) == (None, None, None)
    assert found.basis.why_none == why
    for figure in (found.standardised, found.mean_correlation, found.omega):
        assert (figure.value is None) == bool(figure.why_none)
    for item in found.items:
        assert item.alpha_if_dropped.value is None
        assert item.alpha_if_dropped.why_none
        assert (item.item_rest.value is None) == bool(item.item_rest.why_none)


def test_no_items_at_all_are_no_scale() -> None:
    found = assess_reliability((), [(), ()])
    assert (found.alpha.value, found.items, found.basis.why_none) == (None, (), ONE_ITEM)


def test_a_pair_that_nobody_answered_together_is_named() -> None:
    rows: Rows = [[1, None, 2], [None, 2, 3], [2, None, 4], [None, 3, 3]]
    found = assess_reliability(("a", "b", "c"), rows, Treatment.PAIRWISE)
    assert found.basis.why_none == "Fewer than two answered both a and b."
    assert found.omega.why_none == "Fewer than two answered both a and b."


def test_an_item_that_everyone_answered_alike_leaves_alpha_but_has_no_correlation() -> None:
    rows: Rows = [[1, 2, 3], [2, 2, 3], [3, 4, 3], [5, 5, 3], [6, 6, 3]]
    found = assess_reliability(("calm", "rested", "same"), rows)
    columns = [[float(row[place] or 0) for row in rows] for place in range(3)]
    assert found.alpha.value == pytest.approx(find_alpha(columns), abs=1e-9)
    why = "Everyone answered same alike, so it correlates with nothing."
    assert found.items[2].item_rest == Figure(value=None, why_none=why)
    assert found.standardised == found.mean_correlation == Figure(value=None, why_none=why)
    assert "no share in a common factor" in found.omega.why_none


def test_the_same_item_twice_is_alpha_1_and_no_factor() -> None:
    rows: Rows = [[1, 1, 2], [2, 2, 2], [3, 3, 5], [5, 5, 4]]
    twins = assess_reliability(("a", "again"), [row[:2] for row in rows])
    assert (twins.alpha.value, twins.alpha.lower) == pytest.approx((1, 1))
    assert twins.omega.why_none == "Omega needs at least three items."
    three = assess_reliability(("a", "again", "b"), rows)
    assert three.omega.why_none.startswith("One of these items can be told from the others")


@pytest.mark.parametrize(("n", "k"), [(1, 5), (5, 1)])
def test_an_interval_needs_two_of_each(n: int, k: int) -> None:
    with pytest.raises(ValueError, match="two respondents and two items"):
        compute_feldt_interval(0.5, n, k)
