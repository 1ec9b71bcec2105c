"""The sheet Crosswalk: what became of every column of Data from version to version."""

from collections.abc import Iterator
from itertools import groupby, pairwise

from survey_app.definition.column_changes import Change, compare_columns
from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.shapes import Column
from survey_app.reports.dataset import Layout, find_holders
from survey_app.reports.wording import say
from survey_app.spreadsheets.sheet import Header, Muted, Row, Sheet, Value
from survey_app.translations import gettext as _

VERSION_WIDTH = 26
LEADING = (
    Header(name="column", width=32),
    Header(name="question", width=44, wrap=True),
    Header(name="label", width=40, wrap=True),
)
TRAILING = (
    Header(name="pooled", width=13),
    Header(name="counted_together", width=24, wrap=True),
    Header(name="why", width=48, wrap=True),
)

Found = dict[tuple[str, str], tuple[Change, ...]]
"""What changed of a column in a version, by column and version."""


def make_crosswalk_sheet(layout: Layout, language: str) -> Sheet:
    """Return the columns beside the versions, oldest first, each against the one before it.

    A cell says all that changed, in a settled order and in few words, so that it can be filtered.
    """
    oldest_first = layout.instruments[::-1]
    found = _find_changes(oldest_first)

    def read_rows() -> Iterator[Row]:
        for column in layout.columns:
            yield [
                column.name,
                say(column.text, language),
                say(column.label, language) or None,
                *(_show(each, oldest_first[0], column, found) for each in oldest_first),
                *_tell_pooling(layout, column),
            ]

    versions = (Header(name=each.version, width=VERSION_WIDTH) for each in oldest_first)
    headers = (*LEADING, *versions, *TRAILING)
    return Sheet(name="Crosswalk", headers=headers, rows=read_rows, freeze="B2")


def describe_change(change: Change) -> str:
    """Return a change in words."""
    words: dict[Change, str] = {
        "added": _("added"),
        "retired": _("not in this version"),
        "retyped": _("another kind of value"),
        "options": _("options changed"),
        "reworded": _("reworded"),
        "asked": _("asked differently"),
    }
    return words[change]


def _find_changes(oldest_first: tuple[Instrument, ...]) -> Found:
    return {
        (each.column.name, newer.version): each.changes
        for older, newer in pairwise(oldest_first)
        for each in compare_columns(older, newer)
    }


def _show(instrument: Instrument, oldest: Instrument, column: Column, found: Found) -> Value:
    if column.name not in instrument.columns_by_name:
        return Muted(_("not in this version"))
    if instrument is oldest:
        return _("first version")
    changes = found[column.name, instrument.version]
    return ", ".join(map(describe_change, changes)) or _("same")


def _tell_pooling(layout: Layout, column: Column) -> list[Value]:
    """Return whether the versions of a column are counted together, which are, and why."""
    holders = find_holders(layout, column.name)[::-1]
    groups = [[*group] for _major, group in groupby(holders, key=_find_major)]
    together = "; ".join(", ".join(each.version for each in group) for group in groups)
    if len(holders) == 1:
        return [_("one version"), together, _("only one version in this file has it")]
    if len(groups) == 1:
        why = _("the first number is the same: so is the meaning")
        return [_("pooled"), together, why]
    why = _("the first numbers differ: some meaning changed")
    return [_("kept apart"), together, why]


def _find_major(instrument: Instrument) -> int:
    return version_order(instrument.version)[0]
