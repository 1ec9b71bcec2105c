"""The answers of each group to one item on a scale."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey_app.reports.group_points import GroupCount, Line
from survey_app.reports.group_scopes import Scope
from survey_app.reports.grouping import name_group
from survey_app.reports.line_words import LineWords
from survey_app.reports.statistics.tallies import Tally


@dataclass(frozen=True, kw_only=True)
class GroupAnswers:
    """The answers of one group to one item, by their place on the scale, which has `points`."""

    code: str
    name: str
    tally: Tally
    points: int


def find_groups(
    scope: Scope, codes: Sequence[str], line: Line, asked: Mapping[str, LineWords]
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
