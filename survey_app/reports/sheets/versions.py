"""The sheet Versions: one row for each version, what it is, what came in and what is new in it."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from survey_app.definition.column_changes import (
    Change,
    ColumnChange,
    compare_columns,
    compare_options,
)
from survey_app.definition.instrument import Instrument
from survey_app.reports.counting import CellCounts, VersionCount
from survey_app.reports.dataset import Layout
from survey_app.reports.moments import read_moment
from survey_app.reports.responses import IN_PROGRESS, INTERVIEWER, SELF, SUBMITTED, WITHDRAWN
from survey_app.spreadsheets.sheet import Header, Row, Sheet, Value

STATES = tuple(
    (delivery, state)
    for delivery in (SELF, INTERVIEWER)
    for state in (SUBMITTED, IN_PROGRESS, WITHDRAWN)
)
CHANGES: Mapping[str, tuple[Change, ...]] = {
    "columns_added": ("added",),
    "columns_retired": ("retired",),
    "columns_reworded": ("reworded",),
    "columns_asked_differently": ("asked", "retyped"),
}
NAMES_WIDTH = 36
HEADERS = (
    Header(name="version", width=10),
    Header(name="published", width=20),
    Header(name="changes", width=50, wrap=True),
    Header(name="languages", width=12),
    Header(name="responses", width=12),
    *(Header(name=f"{delivery}_{state}", width=24) for delivery, state in STATES),
    Header(name="first_day", width=12),
    Header(name="last_day", width=12),
    Header(name="compared_with", width=16),
    *(Header(name=f"n_{name}", width=len(name) + 6) for name in CHANGES),
    Header(name="n_options_added", width=18),
    Header(name="n_options_retired", width=20),
    *(Header(name=name, width=NAMES_WIDTH, wrap=True) for name in CHANGES),
    Header(name="options_added", width=NAMES_WIDTH, wrap=True),
    Header(name="options_retired", width=NAMES_WIDTH, wrap=True),
    Header(name="fingerprint", width=70),
)


def make_versions_sheet(layout: Layout, counts: CellCounts, published: Mapping[str, str]) -> Sheet:
    """Return the versions of the export, oldest first, each beside the one before it there.

    `published` says when a version was, in text, where that is known. An option is named
    `item = code`; of check-all lists it is a column as well.
    """
    oldest_first = layout.instruments[::-1]

    def read_rows() -> Iterator[Row]:
        for older, newer in pairwise((None, *oldest_first)):
            assert newer is not None
            yield [
                newer.version,
                read_moment(published.get(newer.version)),
                newer.changes,
                ", ".join(newer.languages),
                *_show_count(counts.versions.get(newer.version, VersionCount())),
                *_compare(older, newer),
                newer.fingerprint,
            ]

    return Sheet(name="Versions", headers=HEADERS, rows=read_rows, freeze="B2")


def _show_count(count: VersionCount) -> list[Value]:
    days = (count.first, count.last)
    return [
        count.states.total(),
        *(count.states[key] for key in STATES),
        *(day and date.fromisoformat(day) for day in days),
    ]


def _compare(older: Instrument | None, newer: Instrument) -> list[Value]:
    if older is None:
        return [None] * (2 * len(CHANGES) + 5)
    columns, options = compare_columns(older, newer), compare_options(older, newer)
    names = [
        *([*_name(columns, wanted)] for wanted in CHANGES.values()),
        *(
            [f"{item} = {code}" for item, code in pairs]
            for pairs in (options.added, options.retired)
        ),
    ]
    return [older.version, *map(len, names), *("\n".join(each) or None for each in names)]


def _name(columns: tuple[ColumnChange, ...], wanted: tuple[Change, ...]) -> Iterator[str]:
    for each in columns:
        if not set(wanted).isdisjoint(each.changes):
            fields = f" ({', '.join(each.fields)})" if "asked" in wanted and each.fields else ""
            yield f"{each.column.name}{fields}"
