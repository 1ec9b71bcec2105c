"""Whether groups differ in an ordered item: two or more at a time, and over a family of tests."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from survey_app.reports.statistics.arrangements import DRAWS, SEED, draw_p, find_exact_p
from survey_app.reports.statistics.effects import (
    estimate_epsilon_squared,
    estimate_rank_biserial,
)
from survey_app.reports.statistics.holm import adjust_holm
from survey_app.reports.statistics.missing import Treatment
from survey_app.reports.statistics.ranks import Group, Ranking, rank_groups
from survey_app.reports.statistics.ranktests import (
    approximate_h,
    approximate_u,
    compute_h,
    compute_u,
)
from survey_app.reports.statistics.results import (
    CONFIDENCE,
    LEAST_IN_GROUP,
    SMALL,
    Basis,
    Estimate,
)
from survey_app.translations import gettext as _

_TWO = 2

Test = Literal["mann_whitney", "kruskal_wallis"]
Effect = Literal["rank_biserial", "epsilon_squared"]


@dataclass(frozen=True, kw_only=True)
class GroupRank:
    """One of the groups compared; `mean_rank` is its place among all answers, 1 the lowest."""

    name: str
    n: int
    left_out: int
    mean_rank: float | None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A test of groups: U of the first group or H, its p, and the size of the effect.

    `adjusted` is the p after Holm where the test is one of a family. Without a test all four are
    None, and `basis.why_none` says why.
    """

    test: Test
    groups: tuple[GroupRank, ...]
    statistic: float | None
    p: float | None
    adjusted: float | None = None
    effect: Effect
    size: Estimate
    basis: Basis


@dataclass(frozen=True)
class _Kind:
    """One of the two tests: how its parts are computed."""

    test: Test
    effect: Effect
    compute: Callable[[Ranking], float]
    approximate: Callable[[Ranking], float]
    estimate: Callable[[Ranking, float], Estimate]


_MANN_WHITNEY = _Kind(
    "mann_whitney", "rank_biserial", compute_u, approximate_u, estimate_rank_biserial
)
_KRUSKAL_WALLIS = _Kind(
    "kruskal_wallis", "epsilon_squared", compute_h, approximate_h, estimate_epsilon_squared
)


def compare_two(first: Group, second: Group, *, confidence: float = CONFIDENCE) -> Comparison:
    """Return Mann-Whitney's test of two groups with the rank-biserial correlation."""
    return _compare(_MANN_WHITNEY, (first, second), confidence)


def compare_groups(groups: Sequence[Group], *, confidence: float = CONFIDENCE) -> Comparison:
    """Return Kruskal-Wallis's test of groups with epsilon squared."""
    return _compare(_KRUSKAL_WALLIS, groups, confidence)


def compare_pairs(
    groups: Sequence[Group], *, confidence: float = CONFIDENCE
) -> tuple[Comparison, ...]:
    """Return Mann-Whitney's test of each two groups, p adjusted by Holm over all of them."""
    return adjust_family(
        [compare_two(*pair, confidence=confidence) for pair in combinations(groups, 2)]
    )


def adjust_family(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Return tests, such as those of all items of a battery, with p adjusted by Holm over them.

    A test that was not made is not of the family.
    """
    adjusted = adjust_holm([each.p for each in comparisons])
    return tuple(replace(each, adjusted=p) for each, p in zip(comparisons, adjusted, strict=True))


def find_p(ranking: Ranking, approximate: Callable[[Ranking], float]) -> tuple[float, str]:
    """Return a p and how it was found.

    Where every group has 20 answers or more, by the large-sample distribution with its correction
    for ties. Where one is smaller, exactly over all arrangements of the answers, or over random
    ones where there are too many to count.
    """
    if min(ranking.sizes) < SMALL:
        if (exact := find_exact_p(ranking)) is not None:
            return exact, _("exact p over all arrangements of the answers, ties included")
        if (drawn := draw_p(ranking)) is not None:
            sentence = _("p over {count} random arrangements of the answers, seed {seed}")
            return drawn, sentence.format(count=f"{DRAWS:,}", seed=SEED)
    return approximate(ranking), _("large-sample p, corrected for ties")


def _compare(kind: _Kind, groups: Sequence[Group], confidence: float) -> Comparison:
    ranking = rank_groups(groups)
    why_none = _explain_no_test(groups, ranking)
    if why_none:
        nothing = Estimate(value=None, lower=None, upper=None, confidence=confidence, method="")
        basis = _describe(kind, groups, "", why_none)
        return Comparison(
            test=kind.test,
            groups=_place_groups(groups, ranking),
            statistic=None,
            p=None,
            effect=kind.effect,
            size=nothing,
            basis=basis,
        )
    p, method = find_p(ranking, kind.approximate)
    return Comparison(
        test=kind.test,
        groups=_place_groups(groups, ranking),
        statistic=kind.compute(ranking),
        p=p,
        effect=kind.effect,
        size=kind.estimate(ranking, confidence),
        basis=_describe(kind, groups, method, ""),
    )


def _place_groups(groups: Sequence[Group], ranking: Ranking) -> tuple[GroupRank, ...]:
    return tuple(
        GroupRank(
            name=group.name,
            n=size,
            left_out=group.tally.left_out,
            mean_rank=doubled / 2 / size if size else None,
        )
        for group, size, doubled in zip(groups, ranking.sizes, ranking.doubled_sums, strict=True)
    )


def _describe(kind: _Kind, groups: Sequence[Group], method: str, why_none: str) -> Basis:
    name = _("Mann–Whitney") if kind is _MANN_WHITNEY else _("Kruskal–Wallis")
    return Basis(
        n=sum(group.tally.n for group in groups),
        left_out=sum(group.tally.left_out for group in groups),
        treatment=Treatment.AVAILABLE,
        method=f"{name}, {method}" if method else name,
        caveat="" if why_none else _("Exploratory: read the effect and its interval before p."),
        why_none=why_none,
    )


def _explain_no_test(groups: Sequence[Group], ranking: Ranking) -> str:
    if len(groups) < _TWO:
        return _("A comparison needs at least two groups.")
    small = [group.name for group in groups if group.tally.n < LEAST_IN_GROUP]
    if small:
        sentence = _("No test is made with fewer than {least} answers in a group: {groups}.")
        return sentence.format(least=LEAST_IN_GROUP, groups=", ".join(small))
    if len(ranking.ties) < _TWO:
        return _("Everyone in every group answered alike, so there is nothing to test.")
    return ""
