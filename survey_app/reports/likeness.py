"""Which questions of two groups can stand side by side, and both as one."""

from collections.abc import Mapping
from dataclasses import replace

from survey_app.definition.instrument import version_order
from survey_app.definition.shapes import Counts, Grid
from survey_app.reports.merging import merge_summaries
from survey_app.reports.panels import Compared
from survey_app.reports.summaries import Pool

Pools = Mapping[str, Pool]
"""Those in which a question's versions are pooled alike, by the code of the group."""


def list_compared(pool: Pool) -> tuple[str, ...]:
    """Return the questions of a pool that groups can be compared in: batteries and lists."""
    return tuple(each.item for each in pool.summaries if isinstance(each, Grid | Counts))


def find_compared(pool: Pool, item: str) -> Compared | None:
    """Return a question's answers in a pool, if it is a battery or a list."""
    for summary in pool.summaries:
        if summary.item == item and isinstance(summary, Grid | Counts):
            return summary
    return None


def is_answered(summary: Compared) -> bool:
    """Whether anybody gave an answer."""
    if isinstance(summary, Counts):
        return summary.n > 0
    return any(row.n for row in summary.rows)


def find_order(pool: Pool) -> tuple[int, ...]:
    """Return by what pools are put in order: their newest version."""
    return version_order(pool.instruments[0].version)


def is_alike(newest: Compared, other: Compared) -> bool:
    """Whether the same bars mean the same: points may not differ, options may be added."""
    if isinstance(newest, Grid) and isinstance(other, Grid):
        codes = [[code for code, _text in each.levels] for each in (newest, other)]
        return newest.direction == other.direction and codes[0] == codes[1]
    if isinstance(newest, Counts) and isinstance(other, Counts):
        return newest.multiple == other.multiple
    return False


def merge_compared(newer: Compared, older: Compared) -> Compared:
    """Return both as one, in the words of the newer; raise ReportError for what cannot be."""
    merged = merge_summaries(newer, older)
    assert isinstance(merged, Grid | Counts)
    return merged


def clear_counts(summary: Compared) -> Compared:
    """Return a summary that counts nobody."""
    if isinstance(summary, Counts):
        levels = tuple(replace(level, count=0) for level in summary.levels)
        return replace(summary, levels=levels, n=0, missing={})
    rows = (replace(row, counts=(0,) * len(row.counts), n=0, missing={}) for row in summary.rows)
    return replace(summary, rows=tuple(rows))
