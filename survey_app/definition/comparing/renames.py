"""Which item of one version is which of another, though its key may have become another.

An author says so with `renamed_from`; two versions alone cannot tell.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import Item


def trace_keys(versions: Iterable[Instrument]) -> list[dict[str, str]]:
    """Return for each version the first key of each of its items, whatever it is called now.

    `versions` are of one instrument, oldest first. Two items of different versions ask the same
    question if they have the same first key; an item that comes back is the one that it was.
    """
    known: dict[str, str] = {}
    traced = []
    for instrument in versions:
        first = {item.key: _find_first(item, known) for item in instrument.items}
        known |= first
        traced.append(first)
    return traced


def follow_renames(
    older: Instrument, newer: Instrument, between: Sequence[Instrument] = ()
) -> dict[str, str]:
    """Return the older key of each item of `newer` that `older` has under another key.

    `between` are the versions between them, oldest first, by which it may have been renamed. A line
    that says something else (that item stays, or this one was there already) renames nothing.
    """
    first, *_, last = trace_keys((older, *between, newer))
    before = {root: key for key, root in first.items()}
    found: dict[str, str] = {}
    for key, root in last.items():
        old = before.get(root, key)
        # Of two that claim to be one, the first is it.
        if old not in last and old not in found.values():
            found[key] = old
    return found


def rename_items(instrument: Instrument, older_keys: Mapping[str, str]) -> Instrument:
    """Return a version with its items under newer keys, also where its conditions name them."""
    if not older_keys:
        return instrument
    names = {old: new for new, old in older_keys.items()}
    sections = tuple(
        replace(section, items=tuple(_rename(item, names) for item in section.items))
        for section in instrument.sections
    )
    return replace(instrument, sections=sections)


def _find_first(item: Item, known: Mapping[str, str]) -> str:
    return known.get(item.key) or known.get(item.renamed_from) or item.key


def _rename(item: Item, names: Mapping[str, str]) -> Item:
    changes: dict[str, Any] = {"key": names.get(item.key, item.key)}
    if item.relevant is not None:
        changes["relevant"] = item.relevant.rename(names)
    return replace(item, **changes)
