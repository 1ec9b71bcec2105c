"""Interviews written as what was raised in them, and the sheets that come of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from survey_app.definition.instrument import Instrument
from survey_app.reports.progress import Meter, ignore
from survey_app.reports.responses import (
    Context,
    InterviewRow,
    ItemMarkRow,
    MarkRow,
    NoteRow,
    ResponseRow,
    Source,
)
from survey_app.reports.tables import COUNTING_PASSES, count_tables
from survey_app.spreadsheets.sheet import Sheet
from tests.reports.tabled import EXPORTED, define, respond

SKILLS = "{key: skills, type: open_question, text: Which *skills*?, probes: {scholar: a scholar, leader: a leader}}"
COSTS = (
    "{key: costs, type: open_question, text: What did it cost?, probes: {time: time, money: money}}"
)
YEARS = "{key: years, type: integer, text: How many years?}"
GUIDE = define([SKILLS, COSTS, YEARS, "{key: thanks, type: note, text: Thank you!}"])


def interview(number: int, **changes: Any) -> ResponseRow:
    """An interview, begun in the hour of its number."""
    response = respond(number, {}, delivery="interviewer")
    begun = {"interview": f"i{number}", "participant": f"P{number:02}"}
    return replace(response, started=f"2026-11-21T{number:02}:00:00.000Z", **{**begun, **changes})


def mark(number: int, probe: str, state: str, text: str = "", item: str = "skills") -> MarkRow:
    return MarkRow(
        response=f"r{number}",
        instrument="study",
        version="1.0.0",
        item=item,
        probe=probe,
        state=state,
        text=text,
    )


def mark_whole(number: int, item: str, state: str, reason: str = "") -> ItemMarkRow:
    return ItemMarkRow(
        response=f"r{number}",
        instrument="study",
        version="1.0.0",
        item=item,
        state=state,
        reason=reason,
    )


def note(number: int, text: str, item: str | None = "skills", **changes: Any) -> NoteRow:
    row = NoteRow(
        id=f"n{text}",
        stream="during",
        kind="note",
        text=text,
        created="2026-11-22T20:14:05.123Z",
        response=f"r{number}",
        interview=f"i{number}",
        item=item,
    )
    return replace(row, **changes)


def make_interview_sheets(
    interviews: Sequence[ResponseRow],
    marks: Sequence[MarkRow] = (),
    item_marks: Sequence[ItemMarkRow] = (),
    notes: Sequence[NoteRow] = (),
    rows: Sequence[InterviewRow] = (),
    instruments: Sequence[Instrument] = (GUIDE,),
) -> dict[str, Sheet]:
    """The sheets of interviews by name."""
    source = Source(
        instruments=tuple(instruments),
        responses=lambda: iter(interviews),
        marks=lambda: iter(marks),
        item_marks=lambda: iter(item_marks),
        notes=lambda: iter(notes),
        interviews=lambda: iter(rows),
    )
    context = Context(study="Study", exported=EXPORTED)
    tables = count_tables(source, context, Meter(ignore), COUNTING_PASSES)
    return {sheet.name: sheet for sheet in tables.make_sheets()}
