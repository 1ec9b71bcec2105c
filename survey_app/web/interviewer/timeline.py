"""The timeline: everything that was done in an interview, in order, with its time into it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template

from survey_app.storage.records import InterviewState, Json, TimelineEntry
from survey_app.translations import gettext as _
from survey_app.web.access import require_role
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import ROLES, blueprint, find_interview
from survey_app.web.interviewer.clock import read_clock, say_time
from survey_app.web.interviewer.conflicts import say_content
from survey_app.web.interviewer.ending import PAPER
from survey_app.web.interviewer.topics import Sheet, SheetTopic, make_sheet
from survey_app.web.interviewer.words import FREE, PROBING, phase_words, summary_words

BROKEN_OFF = "broken_off"
_KEPT = ("mark", "item", "note", "answer")
_UNSAID: Mapping[str, Json] = {
    "state": "not_reached",
    "phase": "free",
    "example": "none",
    "flags": [],
    "text": "",
    "reason": "",
}
"""What an operation says that leaves something out, as those of older pages may."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing that was done: when (`into` the interview, empty on paper), by whom, and what.

    `topic` is the question it was about. `kept_apart` says that it was not applied, since somebody
    else had changed the same thing first.
    """

    into: str
    at: str
    actor: str
    words: str
    text: str
    topic: SheetTopic | None = None
    kept_apart: bool = False


@dataclass(frozen=True, kw_only=True)
class BreakOff:
    """One time that the interview was broken off: when, why, and what was agreed on.

    `at` is empty for an interview on paper, of which only the time of keying in is known. `resume`
    is `<response>/<item>` or empty.
    """

    at: str
    reason: str
    call_back: str
    resume: str


@blueprint.get("/interviews/<interview_id>/timeline")
@require_role(*ROLES)
def timeline(interview_id: str) -> Any:
    """Show everything that was done, the earliest first."""
    interview = find_interview(interview_id)
    sheet = make_sheet(interview)
    entries = services().store.interviews.timeline(interview_id)
    study = services().store.studies.find(interview.study)
    return render_template(
        "interviewer/timeline.html",
        interview=interview,
        study_title=study.title if study else interview.study,
        sheet=sheet,
        happenings=list(read_happenings(interview, sheet, entries)),
        on_paper=interview.source == PAPER,
        is_test=interview.is_test,
    )


def find_break_offs(entries: Iterable[TimelineEntry]) -> list[BreakOff]:
    """Return each time that an interview was broken off, the earliest first."""
    return [
        BreakOff(
            at="" if entry.source == PAPER else entry.server_time,
            reason=operation.get("text") or "",
            call_back=operation.get("call_back") or "",
            resume=operation.get("resume") or "",
        )
        for entry in entries
        for operation in entry.operations
        if operation["op"] == "outcome" and operation["outcome"] == BROKEN_OFF
    ]


def read_happenings(
    interview: InterviewState, sheet: Sheet, entries: Iterable[TimelineEntry]
) -> Iterable[Happening]:
    """Yield what was done, in order; what was erased is left out but for its time."""
    phases: dict[Json, str] = {}
    for entry in entries:
        if not entry.operations:
            words = _("began the interview") if entry.kind == "begin" else _("(erased)")
            yield _happening(interview, entry, None, words=words)
        for number, operation in enumerate(entry.operations):
            topic = sheet.find(operation.get("response"), operation.get("item"))
            turned = _say_turn(phases, operation)
            yield _happening(
                interview,
                entry,
                operation.get("at"),
                words=turned or say_kind(operation),
                text=say_operation(sheet, topic, operation),
                topic=topic,
                kept_apart=number in entry.not_applied,
            )


def _say_turn(phases: dict[Json, str], operation: Mapping[str, Json]) -> str:
    """Return which way a question turned, and remember it; nothing where it did not turn."""
    place = (operation.get("response"), operation.get("item"))
    phase = operation.get("phase")
    if operation["op"] != "item" or phase == phases.get(place, FREE):
        return ""
    phases[place] = phase or FREE
    return _("free answer ended") if phase == PROBING else _("back to the free answer")


def _happening(interview: InterviewState, entry: TimelineEntry, at: Json, **what: Any) -> Happening:
    fields = {"text": "", **what}
    into = _say_into(interview, entry.server_time, at)
    return Happening(into=into, at=entry.server_time, actor=entry.actor, **fields)


def _say_into(interview: InterviewState, moment: str, at: Json) -> str:
    """Return the time into the interview, as the page sent it, else by the server's clock."""
    if interview.source == PAPER:
        return ""
    if interview.finished and moment > interview.finished:
        return _("after")
    return say_time(at if isinstance(at, int) else _elapsed_at(interview, moment))


def _elapsed_at(interview: InterviewState, moment: str) -> int:
    """Return what the clock showed at a moment of the server's time."""
    turns = [turn for turn in interview.clock if turn["at"] <= moment]
    return read_clock(turns, datetime.fromisoformat(moment)).elapsed


def say_kind(operation: Mapping[str, Json]) -> str:
    """Return what kind of thing was done."""
    kinds = {
        "mark": _("marked"),
        "item": _("question as a whole"),
        "note": _("noted"),
        "answer": _("answered"),
        "place": _("came to"),
        "recording": _("recording"),
        "clock": _("clock"),
        "outcome": _("outcome"),
        "times": _("times on the sheet"),
        "consent": _("consent to a newer text"),
    }
    if operation["op"] == "note":
        return _note_kinds().get(operation.get("kind") or "note", kinds["note"])
    return kinds.get(operation["op"], str(operation["op"]))


def _note_kinds() -> dict[str, str]:
    return {
        "note": _("noted"),
        "quote": _("quoted"),
        "summary": _("contact summary"),
        "journal": _("journal"),
        "observer": _("observer’s note"),
    }


def say_operation(sheet: Sheet, topic: SheetTopic | None, operation: Mapping[str, Json]) -> str:
    """Return what was done, in words."""
    kind = operation["op"]
    if kind in _KEPT:
        return _say_kept(sheet, topic, operation)
    if kind == "recording":
        at = operation.get("at")
        return _("not started after all") if at is None else _("started")
    if kind == "clock":
        turns = {
            "start": _("started"),
            "pause": _("paused"),
            "resume": _("went on"),
            "finish": _("finished"),
        }
        return turns[operation["action"]]
    if kind == "consent":
        said = (
            _("agreed to version {version}")
            if operation["agreed"]
            else _("did not agree to version {version}")
        )
        return said.format(version=operation["version"])
    return _say_outcome(operation) if kind == "outcome" else ""


def _say_kept(sheet: Sheet, topic: SheetTopic | None, operation: Mapping[str, Json]) -> str:
    said = say_content(sheet, topic, operation["op"], {**_UNSAID, **operation})
    if operation["op"] == "item":
        phase = phase_words()[operation.get("phase") or FREE]
        said = said.removeprefix(phase).removeprefix("; ")
    probe = _find_probe(sheet, topic, operation)
    if operation["op"] == "note" and operation.get("kind") == "summary":
        probe = summary_words().get(operation.get("stream") or "", "")
    return f"{probe} – {said}" if probe else said


def _find_probe(sheet: Sheet, topic: SheetTopic | None, operation: Mapping[str, Json]) -> str:
    """Return the words of the probe, or of the scale's row, that something was done to."""
    key = operation.get("probe") or operation.get("row")
    rows = topic.rows if topic and key else ()
    found = next((row for row in rows if row.key == key), None)
    return found.text.in_language(sheet.language) if found and found.text else ""


def _say_outcome(operation: Mapping[str, Json]) -> str:
    if operation["outcome"] != BROKEN_OFF:
        return _("completed") if operation["outcome"] else _("open again")
    parts = [_("broken off"), operation.get("text") or ""]
    if operation.get("call_back"):
        parts.append(_("call back: {words}").format(words=operation["call_back"]))
    return "; ".join(part for part in parts if part)
