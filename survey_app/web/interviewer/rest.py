"""The rest of a sheet: what is still open, and marking all of it not asked in one go.

Open is a question without any mark, note or answer whose free answer was not ended either, and a
listed probe without any of them in a question that is not settled as a whole. What was written or
marked is never touched.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from survey_app.web.interviewer.received import Operation
from survey_app.web.interviewer.topics import Row, Sheet, SheetTopic
from survey_app.web.interviewer.values import YES, Values, default_of
from survey_app.web.interviewer.words import FLAGS, NOT_ASKED, NOT_REACHED

_WRITTEN = ("note", "after", "text", "quote", "minimal_answer")
"""What says that something was said: texts, and the flags of what was said."""


@dataclass(frozen=True, kw_only=True)
class OpenTopic:
    """A question with what is open in it: all of it (`untouched`) or some of its probes."""

    topic: SheetTopic
    untouched: bool
    rows: tuple[Row, ...]


def find_open(sheet: Sheet, values: Values) -> list[OpenTopic]:
    """Return the questions in which something is open, in order."""
    found = (_open_in(topic, values) for topic in sheet.topics)
    return [each for each in found if each is not None]


def mark_rest(sheet: Sheet, values: Values, reason: str, at: int | None) -> list[Operation]:
    """Return the operations that mark everything open as not asked, for the reason given.

    `at` is how far the interview had come, in milliseconds; None for one held on paper.
    """
    return [
        operation
        for each in find_open(sheet, values)
        for operation in _mark(each, values, reason, at)
    ]


def _open_in(topic: SheetTopic, values: Values) -> OpenTopic | None:
    if _text(values, f"outcome.{topic.place}") != NOT_REACHED:
        return None
    rows = tuple(row for row in topic.listed if not _is_touched(topic, row, values))
    touched = _is_set(values, _of_question(topic)) or any(
        _is_touched(topic, row, values) for row in topic.rows
    )
    return (
        None if touched and not rows else OpenTopic(topic=topic, untouched=not touched, rows=rows)
    )


def _is_touched(topic: SheetTopic, row: Row, values: Values) -> bool:
    names = [f"{part}.{row.place}" for part in ("state", "example", *_WRITTEN)]
    if row.key in topic.answer_rows():
        place = topic.answer_place(row.key)
        names += [f"answer.{place}", f"refusal.{place}"]
    return _is_set(values, names)


def _of_question(topic: SheetTopic) -> Iterator[str]:
    yield from (f"{part}.{topic.place}" for part in ("phase", *_WRITTEN))
    if "" in topic.answer_rows():
        yield f"answer.{topic.place}"
        yield f"refusal.{topic.place}"


def _is_set(values: Values, names: Iterable[str]) -> bool:
    return any(_text(values, name).strip() != default_of(name) for name in names)


def _mark(each: OpenTopic, values: Values, reason: str, at: int | None) -> Iterator[Operation]:
    topic = each.topic
    where = {"response": topic.response, "item": topic.item, "at": at}
    said = {"phase": _text(values, f"phase.{topic.place}"), "state": NOT_ASKED, "reason": reason}
    if each.untouched:
        yield {"op": "item", **where, **said, "flags": _flags(values, topic.place)}
    for row in each.rows:
        flags = _flags(values, row.place)
        rest = {"probe": row.key, "example": "none", "text": "", "flags": flags}
        yield {"op": "mark", **where, **said, **rest}


def _text(values: Values, name: str) -> str:
    return values.get(name) or default_of(name)


def _flags(values: Values, place: str) -> list[str]:
    return [flag for flag in FLAGS if values.get(f"{flag}.{place}") == YES]
