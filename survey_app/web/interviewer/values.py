"""What an interview holds so far, as texts by the names of the sheet's controls."""

from collections.abc import Mapping
from decimal import Decimal

from survey_app.definition.shapes import Json
from survey_app.storage.records import InterviewAnswer, InterviewState, MarkRecord, NoteRecord
from survey_app.web.interviewer.topics import Sheet, SheetTopic
from survey_app.web.interviewer.words import EXAMPLES, NOT_REACHED, REASONS

DURING = "interviewer"
AFTER = "afterwards"
"""The streams of notes: those of the interview and, each in a place of its own, those after it."""

Values = Mapping[str, str]


def read_values(interview: InterviewState, sheet: Sheet) -> dict[str, str]:
    """Return the text of every control that has one; the rest stand empty or on their default."""
    values: dict[str, str] = {}
    for mark in interview.marks:
        topic = sheet.find(mark.response, mark.item)
        if topic is not None:
            values |= mark_values(topic, mark)
    for note in interview.notes:
        topic = sheet.find(note.response, note.item)
        if topic is not None and note.kind == "note":
            values[note_name(topic, note)] = note.text
    for answer in interview.answers:
        topic = sheet.find(answer.response, answer.item)
        if topic is not None:
            values |= answer_values(topic, answer)
    return values


def mark_values(topic: SheetTopic, mark: MarkRecord) -> dict[str, str]:
    """Return the controls of one mark."""
    place = f"{topic.place}.{mark.probe}"
    return {
        f"state.{place}": mark.state,
        f"example.{place}": mark.example,
        f"text.{place}": mark.text,
        f"why.{place}": mark.reason,
    }


def note_name(topic: SheetTopic, note: NoteRecord) -> str:
    """Return the name of a note's control."""
    part = "after" if note.stream == AFTER else "note"
    return f"{part}.{topic.place}.{note.probe}" if note.probe else f"{part}.{topic.place}"


def answer_values(topic: SheetTopic, answer: InterviewAnswer) -> dict[str, str]:
    """Return the controls of one recorded answer: its value, or why there is none."""
    place = topic.answer_place(answer.row)
    reason = answer.reason if answer.reason in REASONS else ""
    return {f"answer.{place}": say_value(answer.value), f"refusal.{place}": reason or ""}


def say_value(value: Json) -> str:
    """Return a stored value as it can be typed: a small number too is written in digits."""
    if isinstance(value, float):
        return f"{Decimal(str(value)):f}"
    return "" if value is None else str(value)


def default_of(name: str) -> str:
    """Return what a control shows that nothing has been stored for."""
    part = name.partition(".")[0]
    return {"state": NOT_REACHED, "example": EXAMPLES[0]}.get(part, "")
