"""The answers of each group to one item on a scale."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey_app.reports.group_points import GroupCount, Line
from survey_app.reports.group_scopes import Scope
from survey_app.reports.grouping import VERSION, name_group
from survey_app.reports.line_words import LineWords
from survey_app.reports.recoding import find_crosswalks
from survey_app.reports.statistics.tallies import Tally


@dataclass(frozen=True, kw_only=True)
class GroupAnswers:
    """The answers of one group to one item, by their place on the scale, which has `points`.

    Where they are `hidden`, so that they tell of nobody, they are none.
    """

    code: str
    name: str
    tally: Tally
    points: int
    hidden: bool = False


def find_groups(
    scope: Scope, codes: Sequence[str], line: Line, asked: Mapping[str, LineWords]
) -> Iterator[GroupAnswers]:
    """Yield the groups of which anyone was answering a version that has the item."""
    places = _find_places(scope, line, asked)
    newest = next(iter(asked.values()))
    by_version = scope.counts.grouping.by == VERSION
    for code in codes:
        tally = Tally(counts={})
        points = 0
        for version, words in asked.items():
            for delivery in scope.deliveries:
                group = scope.counts.groups.get((version, delivery, code))
                if group is not None:
                    tally = _add(tally, group, line, places[version])
                    points = points or len((words if by_version else newest).levels)
        if points:
            name = name_group(scope.counts.grouping, code, scope.language)
            yield GroupAnswers(code=code, name=name, tally=tally, points=points)


def _find_places(
    scope: Scope, line: Line, asked: Mapping[str, LineWords]
) -> dict[str, dict[str, int]]:
    """Return by version the place of each code on its scale, of older ones by their crosswalk.

    Where versions themselves are compared each has its own.
    """
    places = {
        version: {code: place for place, (code, _text) in enumerate(words.levels, 1)}
        for version, words in asked.items()
    }
    if scope.counts.grouping.by == VERSION:
        return places
    crosswalks = find_crosswalks(scope.counts.layout, asked, (line[0],))
    for (version, _item), crosswalk in crosswalks.items():
        newer = {code: place for place, code in enumerate(crosswalk.newest.codes(), 1)}
        places[version] = {code: newer[crosswalk.translate(code)] for code in places[version]}
    return places


def _add(tally: Tally, group: GroupCount, line: Line, places: Mapping[str, int]) -> Tally:
    """Return a tally with the answers of a group in one version, by place on its scale."""
    counts = dict(tally.counts)
    before = sum(counts.values())
    for code, place in places.items():
        counts[place] = counts.get(place, 0) + group.count(line, code)
    answered = sum(counts.values()) - before
    return Tally(counts=counts, left_out=tally.left_out + group.people - answered)
