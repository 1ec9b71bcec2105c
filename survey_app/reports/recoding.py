"""Older codes counted as newer ones, by a crosswalk that was stated for a question.

Only what is counted is recoded. The data keep what was answered.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from survey_app.definition.items.base import Item
from survey_app.definition.shapes import Counts, Grid, GridRow, Level, Summary
from survey_app.reports.dataset import Layout


@dataclass(frozen=True, kw_only=True)
class Crosswalk:
    """What an older version's codes are counted as, and the newer question that has those."""

    codes: Mapping[str, str]
    newest: Item

    def translate(self, code: str) -> str:
        """Return what a code is counted as."""
        return self.codes.get(code, code)


def find_crosswalk(layout: Layout, version: str, item: str) -> Crosswalk | None:
    """Return the crosswalk of a version's question; None where its codes count as themselves."""
    division = layout.divide(item)
    if version not in division.led:
        return None
    asking = (each for each in division.find_group(version) if item in each.items_by_key)
    newest = next(asking, None)
    if newest is None or newest.version == version:
        return None
    codes = division.codes.get(version, {})
    return Crosswalk(codes=codes, newest=newest.items_by_key[item])


def find_crosswalks(
    layout: Layout, versions: Iterable[str], items: Collection[str]
) -> dict[tuple[str, str], Crosswalk]:
    """Return the crosswalks of several versions and questions, by version and question."""
    return {
        (version, item): crosswalk
        for version in versions
        for item in items
        if (crosswalk := find_crosswalk(layout, version, item)) is not None
    }


def recode_summary(summary: Summary, crosswalk: Crosswalk) -> Summary:
    """Return a summary by the newer codes; a scale's in the newer scale's order and words."""
    shape = crosswalk.newest.summarise([])
    match summary, shape:
        case Counts(), Counts():
            return _recode_counts(summary, shape, crosswalk)
        case Grid(), Grid():
            codes = [code for code, _text in summary.levels]
            rows = (_recode_row(row, codes, shape, crosswalk) for row in summary.rows)
            return replace(
                summary, levels=shape.levels, direction=shape.direction, rows=tuple(rows)
            )
    return summary


def _recode_counts(summary: Counts, shape: Counts, crosswalk: Crosswalk) -> Counts:
    newer = {level.code: level.text for level in shape.levels}
    counts: Counter[str] = Counter()
    levels: dict[str, Level] = {}
    for level in summary.levels:
        code = crosswalk.translate(level.code)
        counts[code] += level.count
        levels.setdefault(code, replace(level, code=code, text=newer.get(code, level.text)))
    return replace(
        summary,
        levels=tuple(replace(level, count=counts[code]) for code, level in levels.items()),
    )


def _recode_row(row: GridRow, codes: list[str], shape: Grid, crosswalk: Crosswalk) -> GridRow:
    counts: Counter[str] = Counter()
    for code, count in zip(codes, row.counts, strict=True):
        counts[crosswalk.translate(code)] += count
    return replace(row, counts=tuple(counts[code] for code, _text in shape.levels))
