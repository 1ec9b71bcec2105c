"""The sheet posted as a form, without scripts: which operations its changes amount to."""

from collections.abc import Iterator

from survey_app.storage.records import Json
from survey_app.web.interviewer.topics import OTHER, Row, Sheet, SheetTopic
from survey_app.web.interviewer.values import AFTER, DURING, Values, default_of

Operation = dict[str, Json]
MARK_PARTS = ("state", "example", "text", "why")


def find_typed(before: Values, posted: Values) -> dict[str, str]:
    """Return what somebody typed on the page: the controls that differ from what it showed."""
    known = Comparison(before, posted)
    return {name: text for name, text in posted.items() if "." in name and known.changed(name)}


def find_changes(sheet: Sheet, before: Values, posted: Values, at: int) -> list[Operation]:
    """Return the operations that lead from what the page showed to what was posted.

    `at` is how long the interview had lasted, in milliseconds. A control that was not posted (as
    those of a finished interview) has not changed.
    """
    known = Comparison(before, posted)
    return [operation for topic in sheet.topics for operation in _topic(topic, known, at)]


class Comparison:
    """Two states of the sheet's controls."""

    def __init__(self, before: Values, posted: Values) -> None:
        self._before = before
        self._posted = posted

    def now(self, name: str) -> str:
        """Return a control's text as posted, else as it was."""
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


def _topic(topic: SheetTopic, known: Comparison, at: int) -> Iterator[Operation]:
    for row in _rows(topic, known):
        if known.changed(*(f"{part}.{row.place}" for part in MARK_PARTS)):
            yield _mark(topic, row, known, at)
        yield from _note(topic, f"note.{row.place}", row.key, DURING, known)
    yield from _note(topic, f"note.{topic.place}", None, DURING, known)
    yield from _note(topic, f"after.{topic.place}", None, AFTER, known)
    for key in topic.answer_rows():
        yield from _answer(topic, key, known)


def _rows(topic: SheetTopic, known: Comparison) -> Iterator[Row]:
    yield from topic.rows
    number = len(topic.others) + 1
    while topic.others and known.has(f"state.{topic.place}.{OTHER}{number}"):
        key = f"{OTHER}{number}"
        yield Row(key=key, place=f"{topic.place}.{key}")
        number += 1


def _mark(topic: SheetTopic, row: Row, known: Comparison, at: int) -> Operation:
    state, example, text, why = (known.now(f"{part}.{row.place}") for part in MARK_PARTS)
    where = {"op": "mark", "response": topic.response, "item": topic.item, "probe": row.key}
    return {**where, "state": state, "example": example, "text": text, "reason": why, "at": at}


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
