"""A source in which every question has one key, the newest, whatever each version called it.

So a renamed question is one set of columns, and whoever counts needs to know nothing of it. What
each version called it stays known (`Layout.lineage`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from survey_app.definition.lineage import Lineage, rename_items, trace
from survey_app.reports.dataset import Layout, make_layout
from survey_app.reports.responses import ItemMarkRow, MarkRow, NoteRow, ResponseRow, Source

Found = TypeVar("Found")
Names = Mapping[str, Mapping[str, str]]
"""The newest keys of the questions that a version calls otherwise, by version and by its key."""

NONE: Mapping[str, str] = {}


def harmonise(source: Source) -> Source:
    """Return the source with the newest keys; one that has them already as it is."""
    if source.lineage is not None:
        return source
    every = {each.version: each for each in (*source.known, *source.instruments)}
    lineage = trace(every.values())
    pooled = replace(source, pooling=source.pooling.follow(lineage), lineage=lineage)
    names = _by_version(lineage)
    if not names:
        return pooled
    return replace(
        pooled,
        instruments=tuple(rename_items(each, lineage) for each in source.instruments),
        responses=_adapt(source.responses, lambda row: _rename_response(row, names)),
        marks=_adapt(source.marks, lambda row: _rename_mark(row, names)),
        item_marks=_adapt(source.item_marks, lambda row: _rename_mark(row, names)),
        notes=_adapt(source.notes, lambda row: _rename_note(row, names)),
    )


def lay_out(source: Source) -> Layout:
    """Return the layout of a harmonised source; raise ReportError as `make_layout`."""
    assert source.lineage is not None
    return make_layout(source.instruments, source.pooling, source.lineage)


def _by_version(lineage: Lineage) -> Names:
    names: dict[str, dict[str, str]] = {}
    for (version, key), newest in lineage.newest.items():
        names.setdefault(version, {})[key] = newest
    return names


def _adapt(
    read: Callable[[], Iterator[Found]], change: Callable[[Found], Found]
) -> Callable[[], Iterator[Found]]:
    return lambda: map(change, read())


def _rename_response(row: ResponseRow, names: Names) -> ResponseRow:
    newest = names.get(row.version, NONE)
    if not newest:
        return row
    return replace(
        row,
        answers={newest.get(key, key): each for key, each in row.answers.items()},
        item_states={newest.get(key, key): each for key, each in row.item_states.items()},
    )


Marked = TypeVar("Marked", MarkRow, ItemMarkRow)


def _rename_mark(row: Marked, names: Names) -> Marked:
    newest = names.get(row.version, NONE).get(row.item)
    return row if newest is None else replace(row, item=newest)


def _rename_note(row: NoteRow, names: Names) -> NoteRow:
    newest = names.get(row.version or "", NONE).get(row.item or "")
    return row if newest is None else replace(row, item=newest)
