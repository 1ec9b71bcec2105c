"""The sheet Crosswalk: what became of every column of Data from version to version."""

from collections.abc import Iterator
from itertools import pairwise

from survey_app.definition.column_changes import Change, compare_columns
from survey_app.definition.instrument import Instrument
from survey_app.definition.pooling import PoolingRule
from survey_app.definition.pooling.words import by_numbers, describe_codes, describe_reason
from survey_app.definition.shapes import Column
from survey_app.reports.dataset import Layout, find_holders, name_column
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
                *_show_versions(layout, column, found),
                *_tell_pooling(layout, column),
            ]

    versions = (Header(name=each.version, width=VERSION_WIDTH, wrap=True) for each in oldest_first)
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


def _show_versions(layout: Layout, column: Column, found: Found) -> Iterator[Value]:
    """Yield what each version made of a column, oldest first, with its names if it had several."""
    oldest_first = layout.instruments[::-1]
    names = name_column(layout, column)
    several = len(set(names.values())) > 1
    before = ""
    for instrument in oldest_first:
        name = names.get(instrument.version)
        if name is None:
            yield Muted(_("not in this version"))
            continue
        parts = [_("first version")] if instrument is oldest_first[0] else []
        parts += map(describe_change, found.get((column.name, instrument.version), ()))
        parts += [_("renamed")] if before and before != name else []
        parts += [_("called {name}").format(name=name)] if several else []
        before = name
        yield ", ".join(parts) or _("same")


def _tell_pooling(layout: Layout, column: Column) -> list[Value]:
    """Return whether the versions of a column are counted together, which are, and why."""
    holders = find_holders(layout, column.name)
    division = layout.divide(column.item)
    groups = [[each for each in group if each in holders] for group in division.groups[::-1]]
    groups = [group[::-1] for group in groups if group]
    together = "; ".join(", ".join(each.version for each in group) for group in groups)
    if len(holders) == 1:
        return [_("one version"), together, _("only one version in this file has it")]
    rules = division.find_rules([each.version for each in holders])
    pooled = _("pooled") if len(groups) == 1 else _("kept apart")
    if not rules:
        return [pooled, together, by_numbers(len(groups))]
    return [pooled, together, "\n".join(map(_say_why, rules))]


def _say_why(rule: PoolingRule) -> str:
    reason = describe_reason(rule)
    return f"{reason}: {describe_codes(rule.codes)}" if rule.codes else reason
