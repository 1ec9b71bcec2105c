"""Groups compared: published values, how p is found, families of tests, and refusals."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.reports.statistics.comparisons import (
    adjust_family,
    compare_groups,
    compare_pairs,
    compare_two,
    find_p,
)
from survey_app.reports.statistics.holm import adjust_holm
from survey_app.reports.statistics.ranks import Group, rank_groups
from survey_app.reports.statistics.ranktests import (
    approximate_h,
    approximate_u,
)
from tests.reports.statistics.data import PIGLET, POOH, SPEAKERS, make_group
from tests.reports.statistics.ranking_by_hand import (
    Sample,
    rank,
)

PAIR = rank_groups(SPEAKERS[:2])


def test_mann_whitney_of_pooh_and_piglet_is_as_published() -> None:
    found = compare_two(*SPEAKERS[:2])
    assert found.statistic == 95
    assert found.p == pytest.approx(0.000238152, abs=5e-10)
    assert found.size.value == pytest.approx(0.90, abs=1e-12)
    assert approximate_u(PAIR) == pytest.approx(0.000471344068, abs=5e-13)
    assert approximate_u(PAIR, continuity=False) == pytest.approx(0.000406509879, abs=5e-13)
    assert "exact" in found.basis.method
    assert [each.mean_rank for each in found.groups] == [15, 6]


def test_kruskal_wallis_of_the_three_is_as_published() -> None:
    found = compare_groups(SPEAKERS)
    assert found.statistic == pytest.approx(16.84230769, abs=5e-9)
    assert approximate_h(rank_groups(SPEAKERS)) == pytest.approx(0.00022016047, abs=5e-12)
    assert found.size.value == pytest.approx(0.580769, abs=5e-7)
    assert (found.test, found.effect) == ("kruskal_wallis", "epsilon_squared")


def test_pairs_after_holm_are_as_published() -> None:
    rankings = [rank_groups(pair) for pair in itertools.combinations(SPEAKERS, 2)]
    adjusted = adjust_holm([approximate_u(each) for each in rankings])
    assert adjusted == pytest.approx((0.001414, 0.517378, 0.001655), abs=5e-7)


def test_pairs_are_a_family_of_exact_tests() -> None:
    found = compare_pairs(SPEAKERS)
    names = [tuple(group.name for group in each.groups) for each in found]
    assert names == [("Pooh", "Piglet"), ("Pooh", "Tigger"), ("Piglet", "Tigger")]
    assert tuple(each.adjusted for each in found) == adjust_holm([each.p for each in found])
    assert found[0].adjusted == pytest.approx(3 * 0.000238152, abs=2e-9)


@pytest.mark.parametrize(
    ("samples", "method"),
    [
        (([1, 2, 3, 4, 4], [2, 3, 3, 1, 1]), "exact"),
        (([1, 2, 3, 4] * 4, [2, 3, 3, 1] * 4, [1, 1, 4, 2] * 4), "19,999 random arrangements"),
        ((range(19), range(1000)), "large-sample"),
        (([1, 2, 3, 4] * 5, [2, 3, 3, 1] * 5), "large-sample"),
        (([1, 2, 3, 4] * 5, [2, 3, 3, 1] * 4), "exact"),
        (([1, 2, 3, 4] * 5, [2, 3, 3, 1] * 4, [1, 2] * 20_000), "random"),
    ],
)
def test_how_p_is_found_follows_the_smallest_group(
    samples: tuple[Sample, ...], method: str
) -> None:
    p, told = find_p(rank(*samples), approximate_h)
    assert method in told
    assert 0 < p <= 1


FEW = "No test is made with fewer than 5 answers in a group: b, c."
EQUAL = "Everyone in every group answered alike, so there is nothing to test."


@pytest.mark.parametrize(
    ("groups", "why"),
    [
        ([], "A comparison needs at least two groups."),
        ([make_group("a", [1, 2, 3, 4, 5])], "A comparison needs at least two groups."),
        (
            [
                make_group("a", [1, 2, 3, 4, 5]),
                make_group("b", [1, 2, 3, 4, None]),
                make_group("c", []),
            ],
            FEW,
        ),
        ([make_group("b", [None] * 9), make_group("c", [None] * 9)], FEW),
        ([make_group("a", [3] * 5), make_group("b", [3] * 50)], EQUAL),
    ],
)
def test_what_cannot_be_tested_has_a_sentence_and_no_p(groups: list[Group], why: str) -> None:
    found = [compare_groups(groups)] + ([compare_two(*groups)] if len(groups) == 2 else [])
    for each in found:
        assert (each.statistic, each.p, each.adjusted) == (None, None, None)
        assert (each.size.value, each.size.lower, each.size.upper) == (None, None, None)
        assert each.basis.why_none == why
        assert each.basis.caveat == ""


def test_missing_answers_are_left_out_and_counted() -> None:
    found = compare_two(make_group("a", [*POOH, None]), make_group("b", [*PIGLET, None, None]))
    assert (found.basis.n, found.basis.left_out) == (20, 3)
    assert [(each.name, each.n, each.left_out) for each in found.groups] == [
        ("a", 10, 1),
        ("b", 10, 2),
    ]
    assert found.p == compare_two(*SPEAKERS[:2]).p


def test_a_refused_test_is_not_of_the_family() -> None:
    made, refused = compare_two(*SPEAKERS[:2]), compare_groups(SPEAKERS[:1])
    assert [each.adjusted for each in adjust_family([made, refused, made])] == [
        pytest.approx(2 * (made.p or 0)),
        None,
        pytest.approx(2 * (made.p or 0)),
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from([None, 1, 2, 3, 4]), max_size=12), min_size=0, max_size=4))
def test_whatever_was_answered_there_is_a_test_or_a_sentence(
    samples: list[list[float | None]],
) -> None:
    found = compare_groups([make_group(f"g{place}", each) for place, each in enumerate(samples)])
    if found.p is None:
        assert found.basis.why_none
        return
    assert found.basis.why_none == ""
    assert 0 < found.p <= 1
    assert found.size.value is not None
    assert found.size.lower is not None
    assert found.size.upper is not None
    assert 0 <= found.size.lower <= found.size.upper <= 1 + 1e-9
    assert found.statistic is not None
    assert found.statistic >= 0
