"""Which questions of several versions are one and the same, whatever each version calls them.

`renamed_from` says what a question was called before. It is followed from version to version, so a
question that was renamed twice is still one. Every version must be there to be followed, also one
in the middle that nobody answered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from survey_app.definition.comparing.renames import rename_items as rename_keys
from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.issues import COLUMN_LIMIT
from survey_app.definition.items.base import Item


@dataclass(frozen=True)
class Lineage:
    """The newest key of each question that a version asks under another one.

    `newest` holds it by version and by the key that the version has.
    """

    newest: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def _asked(self) -> dict[tuple[str, str], str]:
        return {(version, new): key for (version, key), new in self.newest.items()}

    def find_newest(self, version: str, key: str) -> str:
        """Return the newest key of the question that a version calls by a key."""
        return self.newest.get((version, key), key)

    def find_asked(self, version: str, newest: str) -> str:
        """Return what a version calls the question of that newest key."""
        return self._asked.get((version, newest), newest)

    def list_names(self, newest: str) -> dict[str, str]:
        """Return what a question was called in the versions that call it otherwise."""
        return {version: key for (version, key), new in self.newest.items() if new == newest}

    def find_any(self, key: str) -> str:
        """Return the newest key of the question that some version calls by a key."""
        is_current = key in self.newest.values()
        found = (new for (_version, old), new in self.newest.items() if old == key)
        return key if is_current else next(found, key)


NO_LINEAGE = Lineage()
"""That of versions of which none renames anything."""


def trace(instruments: Iterable[Instrument]) -> Lineage:
    """Return which questions of the versions are one, in whichever order these are given.

    A key that two versions share is always one question. A question is not followed to its new key
    where its columns would get names that are taken or too long: each version then keeps its own,
    so that no column is lost.
    """
    oldest_first = sorted(instruments, key=lambda each: version_order(each.version))
    known: dict[str, list[tuple[Instrument, Item]]] = {}
    lines: list[list[tuple[Instrument, Item]]] = []
    for instrument in oldest_first:
        for item in instrument.items:
            line = known.get(item.key) or _take_forebear(known, instrument, item)
            if line is None:
                line = []
                lines.append(line)
            known[item.key] = line
            line.append((instrument, item))
    return Lineage(
        {
            (instrument.version, item.key): line[-1][1].key
            for line in lines
            if _can_rename(line, oldest_first)
            for instrument, item in line
            if item.key != line[-1][1].key
        }
    )


def rename_items(instrument: Instrument, lineage: Lineage) -> Instrument:
    """Return a version whose questions and columns have their newest keys; no words change.

    Its `definition` and fingerprint stay those of what its author wrote.
    """
    version = instrument.version
    names = {key: new for (of, key), new in lineage.newest.items() if of == version}
    if not names:
        return instrument
    columns = {
        old.name: new.name
        for key, newest in names.items()
        for old, new in zip(
            instrument.items_by_key[key].columns(),
            replace(instrument.items_by_key[key], key=newest).columns(),
            strict=True,
        )
    }
    renamed = rename_keys(instrument, {newest: key for key, newest in names.items()})
    return replace(renamed, analysis=instrument.analysis.rename(names, columns))


def _take_forebear(
    known: dict[str, list[tuple[Instrument, Item]]], instrument: Instrument, item: Item
) -> list[tuple[Instrument, Item]] | None:
    """Return the line of the question that an item says it was; its old key is free then."""
    old = item.renamed_from
    if not old or old in instrument.items_by_key or old not in known:
        return None
    if known[old][-1][1].type_name != item.type_name:
        return None
    return known.pop(old)


def _can_rename(line: list[tuple[Instrument, Item]], instruments: Iterable[Instrument]) -> bool:
    newest = line[-1][1].key
    renamed = [item for _instrument, item in line if item.key != newest]
    names = {column.name for item in renamed for column in replace(item, key=newest).columns()}
    if not names:
        return bool(renamed)
    own = {(instrument.version, item.key) for instrument, item in line}
    taken = {
        column.name
        for instrument in instruments
        for column in instrument.columns
        if (instrument.version, column.item) not in own
    }
    return names.isdisjoint(taken) and max(map(len, names)) <= COLUMN_LIMIT
