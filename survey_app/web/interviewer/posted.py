"""The sheet posted as a form, without scripts: which operations its changes amount to."""

from collections.abc import Iterator

from survey_app.storage.records import Json
from survey_app.web.interviewer.topics import OTHER, Row, Sheet, SheetTopic
from survey_app.web.interviewer.values import (
    AFTER,
    DURING,
    WHOLE_PLACE,
    WHOLE_STREAMS,
    YES,
    Values,
    default_of,
)
from survey_app.web.interviewer.words import FLAGS, FREE, NOT_REACHED, RAISED_IN

Operation = dict[str, Json]
MARK_PARTS = ("state", "example", "text", "why")
ITEM_PARTS = ("phase", "outcome", "whynot")


def find_typed(before: Values, posted: Values) -> dict[str, str]:
    """Return what somebody typed on the page: the controls that differ from what it showed."""
    known = Comparison(before, posted)
    names = {**posted, **{name: "" for name in before if _is_flag(name)}}
    return {name: known.now(name) for name in names if "." in name and known.changed(name)}


def find_changes(sheet: Sheet, before: Values, posted: Values, at: int) -> list[Operation]:
    """Return the operations that lead from what the page showed to what was posted.

    `at` is how long the interview had lasted, in milliseconds. A control that was not posted (as
    those of a finished interview) has not changed, but for a check box whose neighbours were: that
    one was unticked. `goto` names the question whose button was pressed: the interviewer is there.
    """
    known = Comparison(before, posted)
    found = [operation for topic in sheet.topics for operation in _topic(topic, known, at)]
    found += _whole(known)
    return found + [
        {"op": "place", "response": topic.response, "item": topic.item, "at": at}
        for topic in sheet.topics
        if topic.place == posted.get("goto") and known.is_open(topic.place)
    ]


class Comparison:
    """Two states of the sheet's controls."""

    def __init__(self, before: Values, posted: Values) -> None:
        self._before = before
        self._posted = posted

    def now(self, name: str) -> str:
        """Return a control's text as posted, else as it was."""
        if name not in self._posted and _is_flag(name) and self.is_open(_place(name)):
            return ""
        return self._posted.get(name, self.then(name))

    def then(self, name: str) -> str:
        """Return a control's text as the page showed it."""
        return self._before.get(name, default_of(name))

    def changed(self, *names: str) -> bool:
        """Whether any of the controls changed."""
        return any(self.now(name) != self.then(name) for name in names)

    def has(self, name: str) -> bool:
        """Whether a control was posted."""
        return name in self._posted

    def flags(self, place: str) -> list[Json]:
        """Return the flags that are ticked at a place."""
        return [flag for flag in FLAGS if self.now(f"{flag}.{place}") == YES]

    def is_open(self, place: str) -> bool:
        """Whether the controls of a place were posted: it could be changed on the page."""
        return any(self.has(f"{part}.{place}") for part in ("state", *ITEM_PARTS))


def _is_flag(name: str) -> bool:
    return name.partition(".")[0] in FLAGS


def _place(name: str) -> str:
    return name.partition(".")[2]


def _topic(topic: SheetTopic, known: Comparison, at: int) -> Iterator[Operation]:
    where = {"response": topic.response, "item": topic.item}
    if known.changed(*_names(ITEM_PARTS, topic.place)):
        yield {"op": "item", **where, **_item(topic.place, known), "at": at}
    for row in _rows(topic, known):
        if known.changed(*_names(MARK_PARTS, row.place)):
            yield {"op": "mark", **where, "probe": row.key, **_mark(topic, row, known), "at": at}
        yield from _note(topic, f"note.{row.place}", row.key, DURING, known)
    yield from _note(topic, f"note.{topic.place}", None, DURING, known)
    yield from _note(topic, f"after.{topic.place}", None, AFTER, known)
    if known.changed(f"observer.{topic.place}"):
        yield {
            "op": "note",
            "kind": "observer",
            **where,
            "text": known.now(f"observer.{topic.place}"),
        }
    for key in topic.answer_rows():
        yield from _answer(topic, key, known)


def _names(parts: tuple[str, ...], place: str) -> list[str]:
    return [f"{part}.{place}" for part in (*parts, *FLAGS)]


def _rows(topic: SheetTopic, known: Comparison) -> Iterator[Row]:
    yield from topic.rows
    number = len(topic.others) + 1
    while topic.others and known.has(f"state.{topic.place}.{OTHER}{number}"):
        key = f"{OTHER}{number}"
        yield Row(key=key, place=f"{topic.place}.{key}")
        number += 1


def _item(place: str, known: Comparison) -> Operation:
    phase, state, why = (known.now(f"{part}.{place}") for part in ITEM_PARTS)
    return {"phase": phase, "state": state, "reason": why, "flags": known.flags(place)}


def _mark(topic: SheetTopic, row: Row, known: Comparison) -> Operation:
    state, example, text, why = (known.now(f"{part}.{row.place}") for part in MARK_PARTS)
    content = {"example": example, "text": text, "reason": why, "flags": known.flags(row.place)}
    phase = known.now(f"phase.{topic.place}")
    if state == NOT_REACHED and phase in RAISED_IN and _comes_up(topic, row, known):
        return {**content, "state": RAISED_IN[phase], "phase": phase}
    return {**content, "state": state, "phase": _phase(topic, row, known)}


def _comes_up(topic: SheetTopic, row: Row, known: Comparison) -> bool:
    """Whether a topic that no list foresaw was written down just now: then it has come up.

    On a sheet keyed in from paper there are no phases, and its boxes say what became of it.
    """
    text = f"text.{row.place}"
    is_new = row.key.startswith(OTHER) and known.changed(text) and known.now(text).strip() != ""
    return is_new and known.has(f"phase.{topic.place}")


def _phase(topic: SheetTopic, row: Row, known: Comparison) -> str | None:
    """The phase of a mark: the one it was made in as long as its state is the same.

    Where the same post ends the free answer, what was raised unprompted came before that. What is
    not reached has no phase.
    """
    if known.now(f"state.{row.place}") == NOT_REACHED:
        return None
    marked = known.then(f"marked.{row.place}")
    if marked and not known.changed(f"state.{row.place}"):
        return marked
    turned = known.changed(f"phase.{topic.place}")
    if turned and known.now(f"state.{row.place}") == "raised_unprompted":
        return FREE
    return known.now(f"phase.{topic.place}")


def _note(
    topic: SheetTopic, name: str, probe: str | None, stream: str, known: Comparison
) -> Iterator[Operation]:
    if known.changed(name):
        where = {"op": "note", "response": topic.response, "item": topic.item, "probe": probe}
        yield {**where, "stream": stream, "text": known.now(name)}


def _answer(topic: SheetTopic, row: str, known: Comparison) -> Iterator[Operation]:
    place = topic.answer_place(row)
    names = (f"answer.{place}", f"refusal.{place}")
    if known.changed(*names):
        value, refusal = (known.now(name) for name in names)
        where = {"op": "answer", "response": topic.response, "item": topic.item, "row": row}
        yield {**where, "value": value, "reason": refusal}


def _whole(known: Comparison) -> Iterator[Operation]:
    """What was written about the interview as a whole: the summary, the journal, an observer."""
    where: Operation = {"op": "note", "response": None, "item": None}
    for kind, streams in WHOLE_STREAMS.items():
        for stream in streams:
            if known.changed(f"{kind}.{stream}"):
                text = known.now(f"{kind}.{stream}")
                yield {**where, "kind": kind, "stream": stream, "text": text}
    if known.changed(f"observer.{WHOLE_PLACE}"):
        yield {**where, "kind": "observer", "text": known.now(f"observer.{WHOLE_PLACE}")}
