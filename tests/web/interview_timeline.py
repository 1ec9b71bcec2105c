"""Whether an interview's events tell what a bot's diary tells, neither less nor more.

The page joins quick changes: of several to one unit within a second it may send the last alone,
in the place of that last one. So every operation is matched with the deed that left its unit in
exactly that state, from the end backwards, and must hold what this says:

- the operations of one response in one batch, and the batches, are in the order of the deeds;
- no operation is left without a deed, and no two share one;
- every deed is told by an operation on its unit that stands for it or for a later deed, and that
  reached the server within seconds of it; a deed that stands for itself (a visit, the clock, the
  recording, the outcome) by its own;
- both times of an operation, the server's and the one into the interview, are the deed's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from survey_app.storage.records import TimelineEntry
from tests.web.interview_diary import Content, Deed, Diary, Key

LATE = 20
"""Seconds between a deed and its event on a busy machine; questions lie two minutes apart."""
NEAR = 8000
"""Milliseconds by which two clocks may differ on a busy machine."""
ALONE = ("place", "clock", "recording", "outcome")


@dataclass(frozen=True, kw_only=True)
class Told:
    """An operation with the number of the deed it tells of."""

    deed: int
    key: Key
    entry: TimelineEntry


def compare_timeline(entries: list[TimelineEntry], diary: Diary) -> None:
    """Fail with a sentence where the events and the diary differ."""
    first, *rest = entries
    assert (first.kind, first.operations) == ("begin", [])
    assert [each.sequence for each in entries] == list(range(1, len(entries) + 1))
    assert {(each.actor, each.source, each.kind) for each in rest} == {
        ("ivy", "console", "console")
    }
    assert not any(each.not_applied for each in entries)
    told = list(match(rest, diary))
    assert len({each.deed for each in told}) == sum(len(each.operations) for each in rest)
    untold = [deed for number, deed in enumerate(diary.deeds) if not _is_told(number, told, diary)]
    assert untold == []


def match(entries: list[TimelineEntry], diary: Diary) -> Iterator[Told]:
    """Yield each operation, the last one first, with the deed that it tells of."""
    ceiling = len(diary.deeds)
    batches = [
        list(each) for _key, each in groupby(entries, lambda e: (e.client, e.client_sequence))
    ]
    for batch in reversed(batches):
        found = [told for entry in batch for told in _match_entry(entry, diary, ceiling)]
        ceiling = min(told.deed for told in found)
        yield from found


def _match_entry(entry: TimelineEntry, diary: Diary, ceiling: int) -> Iterable[Told]:
    found = []
    for operation in reversed(entry.operations):
        key, content = read_operation(operation)
        fitting = (
            number
            for number in reversed(range(ceiling))
            if _fits(number, diary, key, content) and abs(_delay(number, diary, entry)) <= LATE
        )
        number = next(fitting, None)
        assert number is not None, (
            f"nobody did this in this order, or then: {entry.sequence} {operation}"
        )
        _compare_time(operation, diary.deeds[number])
        ceiling = number
        found.append(Told(deed=number, key=key, entry=entry))
    return found


def read_operation(operation: dict[str, Any]) -> tuple[Key, Content]:
    """Return the unit that an operation is about, in the diary's words, and what stands there."""
    left = {name: value for name, value in operation.items() if name not in {"response", "at"}}
    kind, item = str(left.pop("op")), left.pop("item", None)
    if kind == "note" and item is None:
        assert (left.pop("added"), left.pop("probe")) == ("after", None)
        return ("whole", str(left.pop("kind")), str(left.pop("stream"))), left
    if kind == "note":
        place = (left.pop("stream"), left.pop("kind"), left.pop("added"))
        assert place == ("interviewer", "note", "during")
        return (kind, str(item), str(left.pop("probe") or "")), left
    name = {"mark": "probe", "answer": "row", "clock": "action"}.get(kind)
    parts = [item] if item is not None else []
    return (kind, *map(str, parts), *([str(left.pop(name))] if name else [])), left


def is_near(one: object, other: int) -> bool:
    """Whether two times into the interview are the same, but for what the machine takes."""
    return isinstance(one, int) and abs(one - other) <= NEAR


def _fits(number: int, diary: Diary, key: Key, content: Content) -> bool:
    deed = diary.deeds[number]
    return deed.key == key and deed.content == content


def _delay(number: int, diary: Diary, entry: TimelineEntry) -> float:
    stored = datetime.fromisoformat(entry.server_time)
    return (stored - diary.deeds[number].moment).total_seconds()


def _compare_time(operation: dict[str, Any], deed: Deed) -> None:
    """Milliseconds into the interview; of the clock, which counts them, the server's time."""
    at = operation.get("at")
    if isinstance(at, str):
        assert abs((datetime.fromisoformat(at) - deed.moment).total_seconds()) <= LATE, deed
    elif at is not None:
        assert is_near(at, deed.at), (operation, deed)


def _is_told(number: int, told: list[Told], diary: Diary) -> bool:
    key = diary.deeds[number].key
    return any(
        each.key == key
        and (each.deed == number if key[0] in ALONE else each.deed >= number)
        and abs(_delay(number, diary, each.entry)) <= LATE
        for each in told
    )
