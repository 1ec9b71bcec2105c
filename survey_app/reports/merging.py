"""Summaries of several batches or versions as one."""

from collections import Counter
from collections.abc import Iterable, Mapping

from survey_app.definition.shapes import Counts, Grid, GridRow, Level, Summary, Texts
from survey_app.definition.text import Text
from survey_app.reports.responses import ReportError


def merge_summaries(newer: Summary, older: Summary) -> Summary:
    """Return both as one in the words of the newer; what only the older has stands last.

    Raise ReportError for what cannot be added up: different shapes, and distributions of numbers,
    whose quartiles need the numbers themselves.
    """
    match newer, older:
        case Counts(), Counts():
            return _merge_counts(newer, older)
        case Grid(), Grid():
            return _merge_grids(newer, older)
        case Texts(), Texts():
            return Texts(
                item=newer.item,
                text=newer.text,
                n=newer.n + older.n,
                missing=add_up(newer.missing, older.missing),
            )
    raise ReportError(
        f"The versions ask '{newer.item}' in ways that cannot be counted together: report them "
        "one by one."
    )


def add_up(*counts: Mapping[str, int]) -> dict[str, int]:
    """Return the sums of counts by key."""
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return dict(total)


def _merge_counts(newer: Counts, older: Counts) -> Counts:
    texts = {level.code: level.text for level in (*older.levels, *newer.levels)}
    counts = add_up(*({level.code: level.count} for level in (*newer.levels, *older.levels)))
    codes = _join((level.code for level in newer.levels), (level.code for level in older.levels))
    return Counts(
        item=newer.item,
        text=newer.text,
        levels=tuple(Level(code=code, text=texts[code], count=counts[code]) for code in codes),
        n=newer.n + older.n,
        multiple=newer.multiple,
        missing=add_up(newer.missing, older.missing),
    )


def _merge_grids(newer: Grid, older: Grid) -> Grid:
    texts = {**dict(older.levels), **dict(newer.levels)}
    codes = _join(dict(newer.levels), dict(older.levels))
    new_rows = {row.row: row for row in newer.rows}
    old_rows = {row.row: row for row in older.rows}
    rows = []
    for key in _join(new_rows, old_rows):
        parts = [(newer, new_rows.get(key)), (older, old_rows.get(key))]
        rows.append(_merge_rows([(grid, row) for grid, row in parts if row is not None], codes))
    return Grid(
        item=newer.item,
        text=newer.text,
        levels=tuple((code, texts[code]) for code in codes),
        direction=newer.direction,
        rows=tuple(rows),
    )


def _merge_rows(parts: list[tuple[Grid, GridRow]], codes: tuple[str, ...]) -> GridRow:
    counts = add_up(*(_count_by_code(grid.levels, row) for grid, row in parts))
    first = parts[0][1]
    return GridRow(
        row=first.row,
        text=first.text,
        counts=tuple(counts.get(code, 0) for code in codes),
        n=sum(row.n for _grid, row in parts),
        missing=add_up(*(row.missing for _grid, row in parts)),
    )


def _count_by_code(levels: tuple[tuple[str, Text], ...], row: GridRow) -> dict[str, int]:
    return dict(zip((code for code, _text in levels), row.counts, strict=True))


def _join(newer: Iterable[str], older: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*newer, *older)))
