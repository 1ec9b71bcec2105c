"""Groups compared item by item: each group's answers, a test where one may be made, its family."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from survey_app.definition.instrument import version_order
from survey_app.reports.group_points import GroupCount, GroupPoints, Line
from survey_app.reports.grouping import DELIVERY, VERSION, name_group, order_groups
from survey_app.reports.line_words import LineWords, find_lines, is_same_question
from survey_app.reports.responses import INTERVIEWER, SELF
from survey_app.reports.statistics.comparisons import (
    Comparison,
    adjust_family,
    compare_groups,
    compare_two,
)
from survey_app.reports.statistics.ranks import Group
from survey_app.reports.statistics.results import LEAST_IN_GROUP
from survey_app.reports.statistics.tallies import Tally
from survey_app.translations import gettext as _

PAIR = 2


@dataclass(frozen=True, kw_only=True)
class GroupAnswers:
    """The answers of one group to one item, by their place on the scale, which has `points`."""

    code: str
    name: str
    tally: Tally
    points: int


@dataclass(frozen=True, kw_only=True)
class ItemComparison:
    """One item in all groups that were asked it. Without a test `why_none` says why.

    `too_small` are the groups with too few answers to be in the test.
    """

    line: Line
    words: LineWords
    groups: tuple[GroupAnswers, ...]
    test: Comparison | None
    too_small: tuple[str, ...]
    why_none: str


@dataclass(frozen=True, kw_only=True)
class ComparedPool:
    """What is compared with each other: items over the same people, one family of tests.

    `delivery` is '' where the deliveries themselves are compared. `people` are how many
    there are in each group, by its name, and `outside` those in none, by reason.
    """

    delivery: str
    versions: tuple[str, ...]
    people: tuple[tuple[str, int], ...]
    outside: Mapping[str, int]
    items: tuple[ItemComparison, ...]


@dataclass(frozen=True)
class _Scope:
    """The counts of one pool: of its versions and deliveries alone."""

    counts: GroupPoints
    versions: tuple[str, ...]
    deliveries: tuple[str, ...]
    language: str

    def holds(self, version: str, delivery: str) -> bool:
        return version in self.versions and delivery in self.deliveries


def compare_pools(counts: GroupPoints, language: str) -> tuple[ComparedPool, ...]:
    """Return the comparisons of every pool, self-delivery first, newest first.

    Versions are pooled within one major version and one delivery, as Likert items are, but for
    what is compared: versions are compared over all, and deliveries with each other.
    """
    return tuple(_compare_pool(scope) for scope in _find_scopes(counts, language))


def _find_scopes(counts: GroupPoints, language: str) -> Iterator[_Scope]:
    by = counts.grouping.by
    seen = {(version, delivery) for version, delivery, _code in (*counts.groups, *counts.outside)}
    keys = {
        ("" if by == DELIVERY else delivery, 0 if by == VERSION else version_order(version)[0])
        for version, delivery in seen
    }
    for delivery, major in sorted(keys, key=lambda key: (key[0] == INTERVIEWER, -key[1])):
        versions = {
            version
            for version, driven in seen
            if delivery in {"", driven} and (by == VERSION or version_order(version)[0] == major)
        }
        yield _Scope(
            counts,
            tuple(sorted(versions, key=version_order, reverse=True)),
            (delivery,) if delivery else (SELF, INTERVIEWER),
            language,
        )


def _compare_pool(scope: _Scope) -> ComparedPool:
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
        items=_adjust(list(_compare_items(scope, codes))),
    )


def _adjust(items: Sequence[ItemComparison]) -> tuple[ItemComparison, ...]:
    """Return the comparisons with p adjusted over those of them that were tested."""
    adjusted = iter(adjust_family([item.test for item in items if item.test]))
    return tuple(replace(item, test=next(adjusted)) if item.test else item for item in items)


def _compare_items(scope: _Scope, codes: Sequence[str]) -> Iterator[ItemComparison]:
    by_version = {
        instrument.version: find_lines(instrument)
        for instrument in scope.counts.layout.instruments
        if instrument.version in scope.versions
    }
    newest: dict[Line, LineWords] = {}
    for lines in by_version.values():
        for line, words in lines.items():
            newest.setdefault(line, words)
    for line, words in newest.items():
        asked = {version: lines[line] for version, lines in by_version.items() if line in lines}
        groups = tuple(_find_groups(scope, codes, line, asked))
        # What was asked as probes has its numbers on the sheet Probes.
        if scope.deliveries != (INTERVIEWER,) or any(group.tally.n for group in groups):
            yield _compare_item(scope, line, words, groups, asked)


def _find_groups(
    scope: _Scope, codes: Sequence[str], line: Line, asked: Mapping[str, LineWords]
) -> Iterator[GroupAnswers]:
    """Yield the groups of which anyone was answering a version that has the item."""
    for code in codes:
        tally = Tally(counts={})
        points = 0
        for version, words in asked.items():
            for delivery in scope.deliveries:
                group = scope.counts.groups.get((version, delivery, code))
                if group is not None:
                    tally = _add(tally, group, line, words)
                    points = points or len(words.levels)
        if points:
            name = name_group(scope.counts.grouping, code, scope.language)
            yield GroupAnswers(code=code, name=name, tally=tally, points=points)


def _add(tally: Tally, group: GroupCount, line: Line, words: LineWords) -> Tally:
    """Return a tally with the answers of a group in one version, by place on its scale."""
    counts = dict(tally.counts)
    for place, (code, _text) in enumerate(words.levels, 1):
        counts[place] = counts.get(place, 0) + group.count(line, code)
    answered = sum(counts.values())
    return Tally(counts=counts, left_out=tally.n + tally.left_out + group.people - answered)


def _compare_item(
    scope: _Scope,
    line: Line,
    words: LineWords,
    groups: tuple[GroupAnswers, ...],
    asked: Mapping[str, LineWords],
) -> ItemComparison:
    large = tuple(group for group in groups if group.tally.n >= LEAST_IN_GROUP)
    why_none = ""
    if scope.counts.grouping.by == VERSION:
        why_none = _explain_change({group.code: asked[group.code] for group in large})
    test = None if why_none else _test(large if len(large) >= PAIR else groups)
    return ItemComparison(
        line=line,
        words=words,
        groups=groups,
        test=test,
        too_small=tuple(group.name for group in groups if group not in large),
        why_none=test.basis.why_none if test else why_none,
    )


def _test(groups: Sequence[GroupAnswers]) -> Comparison:
    ranked = [Group(name=group.name, tally=group.tally) for group in groups]
    return compare_two(*ranked) if len(ranked) == PAIR else compare_groups(ranked)


def _explain_change(asked: Mapping[str, LineWords]) -> str:
    """Say that an item was not the same in all versions; nothing where it was."""
    first = next(iter(asked.values()), None)
    if first is None or all(is_same_question(first, words) for words in asked.values()):
        return ""
    sentence = _(
        "The wording or the points of the scale are not the same in {versions}, so the answers are "
        "not tested against each other."
    )
    return sentence.format(versions=", ".join(asked))
