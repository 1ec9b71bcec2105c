"""Groups compared item by item: each group's answers, a test where one may be made, its family."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from survey_app.reports.group_answers import find_groups
from survey_app.reports.group_points import GroupPoints, Line
from survey_app.reports.group_scopes import Scope, find_scopes
from survey_app.reports.grouping import name_group, order_groups
from survey_app.reports.item_comparisons import ItemComparison, compare_item
from survey_app.reports.line_words import LineWords, find_lines
from survey_app.reports.responses import INTERVIEWER
from survey_app.reports.statistics.comparisons import adjust_family


@dataclass(frozen=True, kw_only=True)
class ComparedPool:
    """What is compared with each other: items over the same people, one family of tests.

    `delivery` is '' where the deliveries themselves are compared. `people` are how many
    there are in each group, by its name, and `outside` those in none, by reason. `protected` is the
    least count that is shown where groups might tell who answered, with `rest` in no group shown.
    """

    delivery: str
    versions: tuple[str, ...]
    people: tuple[tuple[str, int], ...]
    outside: Mapping[str, int]
    items: tuple[ItemComparison, ...]
    protected: int = 0
    rest: int = 0


def compare_pools(counts: GroupPoints, language: str) -> tuple[ComparedPool, ...]:
    """Return the comparisons of every pool, in the order of `find_scopes`."""
    return tuple(_compare_pool(scope) for scope in find_scopes(counts, language))


def _compare_pool(scope: Scope) -> ComparedPool:
    counts = scope.counts
    people: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for (version, delivery, code), group in counts.groups.items():
        people[code] += group.people if scope.holds(version, delivery) else 0
    for (version, delivery, reason), number in counts.outside.items():
        outside[reason] += number if scope.holds(version, delivery) else 0
    codes = order_groups(counts.grouping, +people)
    return ComparedPool(
        delivery="" if len(scope.deliveries) > 1 else scope.deliveries[0],
        versions=scope.versions,
        people=tuple(
            (name_group(counts.grouping, code, scope.language), people[code]) for code in codes
        ),
        outside=dict(+outside),
        items=adjust(list(_compare_items(scope, codes))),
    )


def adjust(items: Sequence[ItemComparison]) -> tuple[ItemComparison, ...]:
    """Return the comparisons with p adjusted over those of them that were tested."""
    adjusted = iter(adjust_family([item.test for item in items if item.test]))
    return tuple(replace(item, test=next(adjusted)) if item.test else item for item in items)


def _compare_items(scope: Scope, codes: Sequence[str]) -> Iterator[ItemComparison]:
    by_version = {
        instrument.version: find_lines(instrument)
        for instrument in scope.counts.layout.instruments
        if instrument.version in scope.versions
    }
    newest: dict[Line, LineWords] = {}
    for lines in by_version.values():
        for line, words in lines.items():
            if line[0] in scope.items:
                newest.setdefault(line, words)
    for line, words in newest.items():
        asked = {version: lines[line] for version, lines in by_version.items() if line in lines}
        groups = tuple(find_groups(scope, codes, line, asked))
        # What was asked as probes has its numbers on the sheet Probes.
        if scope.deliveries != (INTERVIEWER,) or any(group.tally.n for group in groups):
            yield compare_item(scope, line, words, groups, asked)
