"""Which new item may be a retired one under another key: a question for the author."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from heapq import nsmallest

from survey_app.definition.comparing.wording import read_the_same
from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import NEW, Item

SIMILAR = 0.6
"""From which ratio two wordings are close: what Python's documentation of difflib says of its
ratio, and where `get_close_matches` draws its line."""

MOST_COMPARED = 20
"""With how many new items each retired one is compared, since comparing words takes time."""

Place = tuple[str, str]
"""A section, and the item before it that both versions have; empty for the first."""


def find_replacements(older: Instrument, newer: Instrument) -> dict[str, str]:
    """Return for each new item the retired one that it may be, each at most once.

    Both are of one type, and read much the same or stand at the same place. One of which the author
    says that it is new is none. `older` has its items under the keys of `newer`.
    """
    before, after = older.items_by_key, newer.items_by_key
    old_places, new_places = _find_places(older, after), _find_places(newer, before)
    candidates = sorted(
        (-likeness, place, old, new)
        for place, (old, new, likeness) in enumerate(_pair(before, after))
        if likeness >= SIMILAR or old_places[old] == new_places[new]
    )
    found: dict[str, str] = {}
    for _likeness, _place, old, new in candidates:
        if new not in found and old not in found.values():
            found[new] = old
    return found


def _pair(
    before: Mapping[str, Item], after: Mapping[str, Item]
) -> Iterator[tuple[str, str, float]]:
    """Yield retired and new items of one type, of the new ones those nearest in order."""
    come = [
        (place, item)
        for place, (key, item) in enumerate(after.items())
        if key not in before and item.meaning != NEW
    ]
    for place, (key, old) in enumerate(before.items()):
        if key not in after:
            near = nsmallest(MOST_COMPARED, come, key=lambda each: abs(each[0] - place))
            for _place, new in near:
                if type(old) is type(new):
                    yield key, new.key, _measure_likeness(old, new)


def _measure_likeness(old: Item, new: Item) -> float:
    """Return the highest ratio of any language, 1 for the same words."""
    wordings = dict(new.text.wordings)
    return max(
        (
            1.0 if read_the_same(words, wordings[name]) else _compute_ratio(words, wordings[name])
            for name, words in old.text.wordings
            if name in wordings
        ),
        default=0.0,
    )


def _compute_ratio(before: str, after: str) -> float:
    return SequenceMatcher(None, before.casefold(), after.casefold(), autojunk=False).ratio()


def _find_places(instrument: Instrument, others: Mapping[str, Item]) -> dict[str, Place]:
    places: dict[str, Place] = {}
    for section in instrument.sections:
        last = ""
        for item in section.items:
            places[item.key] = (section.key, last)
            last = item.key if item.key in others else last
    return places
