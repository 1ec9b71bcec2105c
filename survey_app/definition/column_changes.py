"""What became of each column of the data from one version to the next.

`compare` says what an author changed and how much that weighs; this says what an analyst needs who
holds a column of several versions: whether it asks in the same words, offers the same, and is put
to the same people.
"""

from dataclasses import dataclass, replace
from typing import Literal

from survey_app.definition.comparing.items import UNSEEN
from survey_app.definition.comparing.renames import follow_renames, rename_items
from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import Item
from survey_app.definition.reading import author_fields
from survey_app.definition.shapes import Column
from survey_app.definition.text import Text

Change = Literal["added", "retired", "retyped", "options", "reworded", "asked"]
"""In the order of their weight. `retyped` holds another kind of value, `options` offers others (or
in another order, or on a scale that runs another way), `reworded` reads differently, and `asked`
is asked differently: of others, between other bounds, or with other refusals."""


@dataclass(frozen=True, kw_only=True)
class ColumnChange:
    """What changed of a column that is in either of two versions; nothing where it is the same.

    `fields` are the author's fields by which it is asked differently. `older_name` is what the
    older version calls it, where its item was renamed; what else changed is told beside that.
    """

    column: Column
    changes: tuple[Change, ...]
    fields: tuple[str, ...] = ()
    older_name: str = ""


@dataclass(frozen=True, kw_only=True)
class OptionChanges:
    """The options, points and places of items in both versions, each as item and code."""

    added: tuple[tuple[str, str], ...]
    retired: tuple[tuple[str, str], ...]


def compare_columns(older: Instrument, newer: Instrument) -> tuple[ColumnChange, ...]:
    """Return one change for each column of either, the newer's first and in its order."""
    renamed = rename_items(older, follow_renames(older, newer))
    pairs = zip(renamed.columns, older.columns, strict=True)
    names = {column.name: before.name for column, before in pairs}
    before, after = renamed.columns_by_name, newer.columns_by_name
    found = (
        *(
            _compare(renamed, newer, before[name], column)
            if name in before
            else ColumnChange(column=column, changes=("added",))
            for name, column in after.items()
        ),
        *(
            ColumnChange(column=column, changes=("retired",))
            for name, column in before.items()
            if name not in after
        ),
    )
    return tuple(_name(each, names.get(each.column.name, each.column.name)) for each in found)


def compare_options(older: Instrument, newer: Instrument) -> OptionChanges:
    """Return which options came and went; those of new and retired items are not told apart."""
    older = rename_items(older, follow_renames(older, newer))
    kept = [item for item in newer.items if item.key in older.items_by_key]
    codes = [(item.key, older.items_by_key[item.key].codes(), item.codes()) for item in kept]
    return OptionChanges(
        added=tuple((key, code) for key, old, new in codes for code in new if code not in old),
        retired=tuple((key, code) for key, old, new in codes for code in old if code not in new),
    )


def _name(change: ColumnChange, older_name: str) -> ColumnChange:
    return change if older_name == change.column.name else replace(change, older_name=older_name)


def _compare(older: Instrument, newer: Instrument, before: Column, after: Column) -> ColumnChange:
    old, new = older.items_by_key[before.item], newer.items_by_key[after.item]
    differing = _list_differing(old, new)
    fields = tuple(name for name, is_words in differing if not is_words)
    found: dict[Change, bool] = {
        "retyped": before.kind != after.kind or type(old) is not type(new),
        "options": _offers_differ(old, new),
        "reworded": _words_differ(before, after) or any(is_words for _name, is_words in differing),
        "asked": bool(fields),
    }
    changes = tuple(change for change, holds in found.items() if holds)
    return ColumnChange(column=after, changes=changes, fields=fields)


def _list_differing(old: Item, new: Item) -> list[tuple[str, bool]]:
    """Return the fields of an item that differ and are seen, and whether each is words."""
    fields = author_fields(type(old)).keys() & author_fields(type(new))
    differing = []
    for name, field in author_fields(type(new)).items():
        if name in fields - UNSEEN and field.metadata["change"] is not None:
            values = getattr(old, name), getattr(new, name)
            if values[0] != values[1]:
                differing.append((name, any(isinstance(value, Text) for value in values)))
    return differing


def _offers_differ(old: Item, new: Item) -> bool:
    old_scale, new_scale = old.scale_used(), new.scale_used()
    if old.codes() != new.codes():
        return True
    return bool(old_scale and new_scale and old_scale.direction != new_scale.direction)


def _words_differ(before: Column, after: Column) -> bool:
    if (before.text, before.label) != (after.text, after.label):
        return True
    return any(after.codes.get(code, text) != text for code, text in before.codes.items())
