"""The sheet Versions: one row for each version, what it is, what came in and what is new in it."""

from collections.abc import Iterator, Mapping
from datetime import date

from survey_app.definition.column_changes import (
    Change,
    ColumnChange,
    compare_columns,
    compare_options,
)
from survey_app.definition.instrument import Instrument
from survey_app.reports.counting import CellCounts, VersionCount
from survey_app.reports.dataset import Layout, name_column
from survey_app.reports.moments import read_moment
from survey_app.reports.responses import (
    IN_PROGRESS,
    INTERVIEWER,
    SELF,
    SUBMITTED,
    WITHDRAWN,
    Publishing,
)
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
RENAMED = "columns_renamed"
OPTIONS = ("options_added", "options_retired")
NAMED = (*CHANGES, RENAMED, *OPTIONS)
HEADERS = (
    Header(name="version", width=10),
    Header(name="published", width=20),
    Header(name="retired", width=20),
    Header(name="compared_with", width=16),
    Header(name="changes", width=44, wrap=True),
    *(Header(name=name, width=30, wrap=True) for name in NAMED),
    Header(name="languages", width=12),
    Header(name="first_day", width=12),
    Header(name="last_day", width=12),
    Header(name="fingerprint", width=36, wrap=True),
    Header(name="responses", width=13),
    *(Header(name=name, width=len(name) + 4) for name in map("_".join, STATES)),
    *(Header(name=f"n_{name}", width=len(name) + 6) for name in NAMED),
)
"""What is counted stands at the right, that no number runs into the words beside it."""
UNKNOWN = Publishing(at="")
"""That of a version of which nothing is known but its file."""


def make_versions_sheet(
    layout: Layout, counts: CellCounts, published: Mapping[str, Publishing]
) -> Sheet:
    """Return the versions of the export, oldest first, each beside the one before it there.

    `published` says of versions when that was and what was said of them, where it is known; the
    file says the rest. An option is named
    `item = code`; of check-all lists it is a column as well. A renamed column is `new = old`.
    """
    oldest_first = layout.instruments[::-1]

    def read_rows() -> Iterator[Row]:
        for older, newer in zip((None, *oldest_first), oldest_first, strict=False):
            count = counts.versions.get(newer.version, VersionCount())
            changes = _name_changes(layout, older, newer) if older else []
            before = older.version if older else None
            publishing = published.get(newer.version, UNKNOWN)
            yield _make_row(newer, before, changes, count, publishing)

    return Sheet(name="Versions", headers=HEADERS, rows=read_rows, freeze="B2")


def _make_row(
    newer: Instrument,
    before: str | None,
    changes: list[list[str]],
    count: VersionCount,
    publishing: Publishing,
) -> Row:
    names: list[Value] = [None] * len(NAMED)
    numbers = [*names]
    if before is not None:
        names = ["\n".join(each) or None for each in changes]
        numbers = [len(each) for each in changes]
    return [
        newer.version,
        read_moment(publishing.at),
        read_moment(publishing.retired),
        before,
        publishing.note or newer.changes,
        *names,
        ", ".join(newer.languages),
        *(day and date.fromisoformat(day) for day in (count.first, count.last)),
        newer.fingerprint,
        count.states.total(),
        *(count.states[key] for key in STATES),
        *numbers,
    ]


def _name_changes(layout: Layout, older: Instrument, newer: Instrument) -> list[list[str]]:
    """Return the names of what differs, by the kinds of change and of options."""
    columns, options = compare_columns(older, newer), compare_options(older, newer)
    pairs = (options.added, options.retired)
    return [
        *([*_name(columns, wanted)] for wanted in CHANGES.values()),
        [*_name_renamed(layout, older, newer)],
        *([f"{item} = {code}" for item, code in each] for each in pairs),
    ]


def _name_renamed(layout: Layout, older: Instrument, newer: Instrument) -> Iterator[str]:
    """Yield the columns that are called otherwise than in the version before, as `new = old`."""
    for name, column in newer.columns_by_name.items():
        names = name_column(layout, column)
        now, before = names[newer.version], names.get(older.version)
        if before is not None and before != now and name in older.columns_by_name:
            yield f"{now} = {before}"


def _name(columns: tuple[ColumnChange, ...], wanted: tuple[Change, ...]) -> Iterator[str]:
    for each in columns:
        if not set(wanted).isdisjoint(each.changes):
            fields = f" ({', '.join(each.fields)})" if "asked" in wanted and each.fields else ""
            yield f"{each.column.name}{fields}"
