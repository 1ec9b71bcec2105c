"""Counts of a question whose versions call it otherwise, or have other codes for the same.

The database has what each version asked. What is counted together has one key, the newest, and by
a stated crosswalk one set of codes.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from survey_app.definition.lineage import NO_LINEAGE, Lineage
from survey_app.storage.records import Selection, Spread, ValueCount
from survey_app.storage.store.desk import Desk

Count = Callable[[Selection, str], list[ValueCount]]
"""Counts what a selection's responses have stored under a key."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question of the newest key in a selection of versions that ask it.

    `codes` says by version what its codes are counted as.
    """

    desk: Desk
    selection: Selection
    key: str
    lineage: Lineage = NO_LINEAGE
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def translate(self, version: str, code: str) -> str:
        """Return what a version's code is counted as."""
        return self.codes.get(version, {}).get(code, code)

    def count(self, count: Count) -> list[ValueCount]:
        """Return what is counted over all versions, by the codes that they are counted as."""
        return [
            replace(each, code=self.translate(each.version, each.code)) if each.code else each
            for key, selection in self._list_names()
            for each in count(selection, key)
        ]

    def spread(self) -> Spread | None:
        """Return how the numbers are spread, None if there are none."""
        names = self._list_names()
        if len(names) == 1:
            return self.desk.numbers(names[0][1], names[0][0])
        values = Counter[float]()
        for each in self.count(self.desk.values):
            if each.code is not None:
                values[float(each.code)] += each.count
        return spread_values(values) if values else None

    def _list_names(self) -> list[tuple[str, Selection]]:
        """Return each key under which it was asked, with the versions that asked it so."""
        names: dict[str, list[str]] = {}
        for version in self.selection.versions:
            asked = self.lineage.find_asked(version, self.key)
            names.setdefault(asked, []).append(version)
        return [
            (key, replace(self.selection, versions=tuple(versions)))
            for key, versions in names.items()
        ]


def spread_values(values: Mapping[float, int]) -> Spread:
    """Return how numbers are spread that are given with how often each was answered."""
    ordered = sorted(values.items())
    n = sum(values.values())
    return Spread(
        n=n,
        minimum=ordered[0][0],
        lower_quartile=_find_quantile(ordered, n, 0.25),
        median=_find_quantile(ordered, n, 0.5),
        upper_quartile=_find_quantile(ordered, n, 0.75),
        maximum=ordered[-1][0],
        mean=math.fsum(value * count for value, count in ordered) / n,
    )


def _find_quantile(ordered: list[tuple[float, int]], n: int, share: float) -> float:
    """Return a quantile of type 7 (Hyndman & Fan 1996), as Spread has them."""
    place = share * (n - 1)
    low = math.floor(place)
    first, second = _find_at(ordered, low), _find_at(ordered, min(low + 1, n - 1))
    return first + (place - low) * (second - first)


def _find_at(ordered: list[tuple[float, int]], place: int) -> float:
    """Return the value at a place, counted from 0."""
    for value, count in ordered:
        if place < count:
            return value
        place -= count
    raise IndexError(place)
