"""What an interview holds so far, as texts by the names of the sheet's controls.

A name is the control's part and its place: of a question `phase.1.topics`, of a row
`state.1.topics.ethics`. The flags are check boxes whose text is `yes` when they are set. Beside
the controls stands `marked.<row>`: in which phase a mark was made.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from survey_app.definition.shapes import Json
from survey_app.storage.records import (
    InterviewAnswer,
    InterviewState,
    ItemMarkRecord,
    MarkRecord,
    NoteRecord,
)
from survey_app.web.interviewer.topics import Sheet, SheetTopic
from survey_app.web.interviewer.words import (
    EXAMPLES,
    FLAGS,
    FREE,
    JOURNAL_STREAM,
    NOT_REACHED,
    REASONS,
    SUMMARY_STREAMS,
)

DURING = "interviewer"
AFTER = "afterwards"
"""The streams of notes: those of the interview and, each in a place of its own, those after it."""
WHOLE_STREAMS: Mapping[str, tuple[str, ...]] = {
    "summary": SUMMARY_STREAMS,
    "journal": (JOURNAL_STREAM,),
}
"""The streams of notes on the interview as a whole, by their kind."""
WHOLE_PLACE = "interview"
"""The place of an observer's note on the interview as a whole: no question's, which has a dot."""
YES = "yes"
_DEFAULTS = {
    "state": NOT_REACHED,
    "example": EXAMPLES[0],
    "phase": FREE,
    "outcome": NOT_REACHED,
}

Values = Mapping[str, str]


def read_values(interview: InterviewState, sheet: Sheet, observer: str = "") -> dict[str, str]:
    """Return the text of every control that has one; the rest stand empty or on their default.

    `observer` is the name of an account that reads along, whose own notes have controls too.
    """
    values: dict[str, str] = {}
    for mark in interview.marks:
        topic = sheet.find(mark.response, mark.item)
        if topic is not None:
            values |= mark_values(topic, mark)
    for item in interview.items:
        topic = sheet.find(item.response, item.item)
        if topic is not None:
            values |= item_values(topic, item)
    for note in interview.notes:
        name = note_name(sheet, note, observer)
        if name is not None:
            values[name] = note.text
    for answer in interview.answers:
        topic = sheet.find(answer.response, answer.item)
        if topic is not None:
            values |= answer_values(topic, answer)
    return values


def mark_values(topic: SheetTopic, mark: MarkRecord) -> dict[str, str]:
    """Return the controls of one mark, and the phase it was made in."""
    place = f"{topic.place}.{mark.probe}"
    return {
        f"state.{place}": mark.state,
        f"example.{place}": mark.example,
        f"text.{place}": mark.text,
        f"why.{place}": mark.reason,
        f"marked.{place}": mark.phase or "",
        **flag_values(place, mark.flags),
    }


def item_values(topic: SheetTopic, item: ItemMarkRecord) -> dict[str, str]:
    """Return the controls of what holds for a whole question."""
    return {
        f"phase.{topic.place}": item.phase,
        f"outcome.{topic.place}": item.state,
        f"whynot.{topic.place}": item.reason,
        **flag_values(topic.place, item.flags),
    }


def flag_values(place: str, flags: Iterable[str]) -> dict[str, str]:
    """Return the check boxes of a place, ticked or empty."""
    return {f"{flag}.{place}": YES if flag in flags else "" for flag in FLAGS}


def note_name(sheet: Sheet, note: NoteRecord, observer: str = "") -> str | None:
    """Return the name of a note's control; None for one without, such as another observer's."""
    if note.kind in WHOLE_STREAMS:
        known = note.item is None and note.stream in WHOLE_STREAMS[note.kind]
        return f"{note.kind}.{note.stream}" if known else None
    if note.kind == "observer":
        own = bool(observer) and note.stream == observer_stream(observer)
        place = observed_place(sheet, note) if own else None
        return f"observer.{place}" if place else None
    topic = sheet.find(note.response, note.item)
    if topic is None or note.kind != "note":
        return None
    part = "after" if note.stream == AFTER else "note"
    return f"{part}.{topic.place}.{note.probe}" if note.probe else f"{part}.{topic.place}"


def observer_stream(account: str) -> str:
    """Return the stream of an observer's notes."""
    return f"observer:{account}"


def observed_place(sheet: Sheet, note: NoteRecord) -> str | None:
    """Return the place that an observer's note is about; None for a question not on the sheet."""
    if note.item is None:
        return WHOLE_PLACE
    topic = sheet.find(note.response, note.item)
    return None if topic is None else topic.place


def read_observer_notes(interview: InterviewState, sheet: Sheet) -> dict[str, list[NoteRecord]]:
    """Return what all observers wrote that is not blank, by place and in the order of writing."""
    found: dict[str, list[NoteRecord]] = {}
    for note in sorted(interview.notes, key=lambda each: (each.created, each.stream)):
        place = observed_place(sheet, note) if note.kind == "observer" else None
        if place is not None and note.text.strip():
            found.setdefault(place, []).append(note)
    return found


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
    return _DEFAULTS.get(part, "")
