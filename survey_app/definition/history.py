"""What a version may not do to those before it, whatever its number says.

A key keeps its type and its question for ever, a code its meaning, a column what it holds, and a
scale that is turned round is another scale. So that answers of all versions can lie in one table.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey_app.definition import problems
from survey_app.definition.comparing.known import Known, Place
from survey_app.definition.comparing.lists import Words, find_recoded
from survey_app.definition.comparing.scales import is_turned
from survey_app.definition.comparing.wording import are_same
from survey_app.definition.differences import Part
from survey_app.definition.items.base import NEW, UNCHANGED, Item

Parts = Mapping[Part, Words]
"""The lists of an item: its options, rows, points and probes, each by code."""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """What a version breaks: at which of its items, and the sentence that says so.

    `about` tells it from others of the same item.
    """

    item: str
    about: tuple[str, ...]
    message: str


def find_conflicts(now: Known, before: Sequence[Known]) -> tuple[Conflict, ...]:
    """Return all that a version breaks of those before it, given oldest first, each once."""
    if not before:
        return ()
    found = [
        *_check_renames(before, now),
        *(each for then in reversed(before) for each in compare_known(then, now)),
        *_check_returns(before, now),
        *_check_columns(before, now),
    ]
    return tuple({(each.item, each.about): each for each in reversed(found)}.values())[::-1]


def compare_known(then: Known, now: Known) -> Iterator[Conflict]:
    """Yield which types, scales and codes of a version break those of one before it."""
    for first, mark in now.marks.items():
        if then.marks.get(first, mark) == mark:
            continue
        old, item = then.items[first], now.items[first]
        if type(old) is not type(item):
            yield Conflict(
                item=item.key, about=("type",), message=_say_type(old, item, then.version)
            )
            continue
        if is_turned(old, item):
            message = problems.scale_is_another(item.key, then.version)
            yield Conflict(item=item.key, about=("scale",), message=message)
            continue
        yield from _compare_codes(then, now, first)


def _compare_codes(then: Known, now: Known, first: str) -> Iterator[Conflict]:
    key = now.items[first].key
    for sort, parts in now.parts[first].items():
        before = then.parts[first][sort]
        for code, other in find_recoded(before, parts).items():
            if code in before:
                message = problems.code_changed_hands(code, key, other, then.version)
                yield Conflict(item=key, about=(sort, code), message=message)


def _say_type(old: Item, new: Item, version: str) -> str:
    types = {"before": old.type_name, "after": new.type_name, "version": version}
    if old.key != new.key:
        return problems.renamed_and_retyped(new.key, old.key, **types)
    return problems.type_changed(new.key, **types)


def _check_renames(before: Sequence[Known], now: Known) -> Iterator[Conflict]:
    for item in now.instrument.items:
        message = _check_rename(before, now, item) or _check_key(before, now, item)
        if message:
            yield Conflict(item=item.key, about=("key",), message=message)


def _check_rename(before: Sequence[Known], now: Known, item: Item) -> str:
    old = item.renamed_from
    if not old:
        return ""
    holders = [each for each in before if old in each.first]
    if not holders:
        return problems.no_such_key_before(old)
    if holders[-1].first[old] != now.first[item.key]:
        beside = [each for each in before if item.key in each.first][-1]
        return problems.renamed_beside(item.key, old, beside.version)
    return ""


def _check_key(before: Sequence[Known], now: Known, item: Item) -> str:
    """Of two items with the same first key, one has taken a key that the other had before."""
    first = now.first[item.key]
    last = next((each.items[first].key for each in reversed(before) if first in each.items), "")
    others = [each for each in now.instrument.items if now.first[each.key] == first]
    heirs = [each for each in others if last in (each.key, each.renamed_from)]
    if len(others) > 1 and item not in heirs[:1]:
        return problems.key_taken_again(item.key, (heirs or others)[0].key)
    return ""


def _check_returns(before: Sequence[Known], now: Known) -> Iterator[Conflict]:
    """Items, and codes of items, that the version before has not and an earlier one had.

    A key that its question was renamed from comes back as well, unless that is said.
    """
    for first, item in now.items.items():
        holders = [each for each in before if first in each.items]
        if not holders or item.meaning == UNCHANGED:
            continue
        last = holders[-1]
        said = (item.key, item.renamed_from)
        if last is not before[-1] or last.items[first].key not in said:
            named = [each for each in holders if each.items[first].key == item.key] or [last]
            message = _say_return(named[-1], last.items[first], item)
            if message:
                yield Conflict(item=item.key, about=("return",), message=message)
        old = last.items[first]
        if type(old) is type(item) and not is_turned(old, item):
            # Codes that the version before has are compared with it, and asked about there.
            known: Parts = last.parts[first] if last is before[-1] else {}
            yield from _check_codes(holders, now, first, known)


def _say_return(last: Known, old: Item, new: Item) -> str:
    if new.meaning == NEW:
        return problems.item_is_another(new.key, last.version)
    if not are_same(old.text, new.text):
        return problems.item_came_back(new.key, last.version)
    return ""


def _check_codes(
    holders: Sequence[Known], now: Known, first: str, known: Parts
) -> Iterator[Conflict]:
    key = now.items[first].key
    for sort, parts in now.parts[first].items():
        for code in [each for each in parts if each not in known.get(sort, {})]:
            having = [each for each in holders if code in each.parts[first][sort]]
            if not having:
                continue
            said = having[-1].parts[first][sort][code]
            if parts[code] != said and not are_same(said, parts[code]):
                message = problems.code_came_back(code, key, having[-1].version)
                yield Conflict(item=key, about=(sort, code), message=message)


def _check_columns(before: Sequence[Known], now: Known) -> Iterator[Conflict]:
    held: dict[str, Place] = {}
    for then in before:
        held |= then.places
    for name, place in now.places.items():
        if held.get(name, place) != place:
            last = next(each for each in reversed(before) if name in each.places)
            old, new = (each.instrument.columns_by_name[name].item for each in (last, now))
            message = problems.column_meant_another(name, old, last.version)
            yield Conflict(item=new, about=("column", name), message=message)
