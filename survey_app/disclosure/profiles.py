"""What people answered to the quasi-identifiers, in words, from what is stored of each version."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import Item, say
from survey_app.definition.lineage import Lineage
from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answer, Answers, Cell, Column
from survey_app.disclosure.uniqueness import Profile
from survey_app.storage.records import ProfileCount


def list_stored_names(
    keys: Sequence[str], versions: Iterable[str], lineage: Lineage
) -> tuple[str, ...]:
    """Return under which keys the versions have stored the answers to some questions."""
    names = (lineage.find_asked(version, key) for version in versions for key in keys)
    return tuple(dict.fromkeys(names))


def tell_profiles(
    keys: Sequence[str],
    counts: Iterable[ProfileCount],
    instruments: Mapping[str, Instrument],
    lineage: Lineage,
    language: str,
) -> Counter[Profile]:
    """Return how many people gave the same answers; versions are given with the newest keys."""
    profiles = Counter[Profile]()
    for each in counts:
        items = instruments[each.version].items_by_key
        answers: dict[str, dict[str, Answer]] = {}
        for item, row, value, reason in each.answers:
            newest = lineage.find_newest(each.version, item)
            given = None if value is None else json.loads(value)
            answers.setdefault(newest, {})[row] = Answer(value=given, reason=reason)
        profile = (_tell(items.get(key), answers.get(key, {}), language) for key in keys)
        profiles[tuple(profile)] += each.count
    return profiles


def _tell(item: Item | None, stored: Answers, language: str) -> str:
    """Return an answer in words, or the reason why there is none."""
    if item is None:
        return f"[{Reason.NOT_IN_THIS_VERSION}]"
    gap = Answer(reason=Reason.NOT_REACHED)
    answers = {row: stored.get(row, gap) for row in item.row_keys()}
    told = zip(item.columns(), item.cells(answers, language), strict=True)
    words = [_say(column, cell, language) for column, cell in told]
    return ", ".join(dict.fromkeys(each for each in words if each))


def _say(column: Column, cell: Cell, language: str) -> str:
    if cell.reason:
        # The text of “other” is none of the codes that people are told apart by.
        return "" if column.kind == "text" else f"[{cell.reason}]"
    if column.kind == "text":
        return ""
    if column.kind == "flag":
        return say(column.label, language) if cell.value and column.label else ""
    of = f"{say(column.label, language)}: " if column.row and column.label else ""
    return of + (cell.label or str(cell.value))
