"""Keying in the times on a sheet of paper: of its sections, and the end of each free answer.

They are stored as the console stores its own: as visits and as turns of a question's phase.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import abort, redirect, render_template, request, url_for

from survey_app.definition.fields import Mistake
from survey_app.storage.records import InterviewState, Json
from survey_app.translations import gettext as _
from survey_app.web.access import require_role
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import ROLES, blueprint, find_interview, is_withdrawn
from survey_app.web.interviewer.ending import PAPER, make_key
from survey_app.web.interviewer.finishing import to_summary
from survey_app.web.interviewer.operations import Operation
from survey_app.web.interviewer.paper_times import count_into, read_time
from survey_app.web.interviewer.saving import Key, apply
from survey_app.web.interviewer.times_typed import CLOCK, WAYS, list_timed, read_stored
from survey_app.web.interviewer.topics import Sheet, SheetTopic, make_sheet
from survey_app.web.interviewer.words import FREE, NOT_REACHED, PROBING
from survey_app.web.keeping import keep_typed
from survey_app.web.security import make_token
from survey_app.web.text import CleanForm

Held = Mapping[str, str]


@blueprint.get("/interviews/<interview_id>/times")
@require_role(*ROLES)
def key_times(interview_id: str) -> Any:
    """Ask for the times as they stand on the sheet; all may stay empty."""
    interview = find_interview(interview_id)
    if interview.source != PAPER or interview.held is None:
        abort(404)
    if interview.finished or is_withdrawn(interview):
        return to_summary(interview_id)
    return _show(interview, read_stored(interview, make_sheet(interview)), ())


@blueprint.post("/interviews/<interview_id>/times")
@keep_typed
@require_role(*ROLES)
def store_times(interview_id: str) -> Any:
    """Store the times, or say which cannot be."""
    interview = find_interview(interview_id)
    if interview.source != PAPER or interview.held is None:
        abort(404)
    if interview.finished or is_withdrawn(interview):
        return to_summary(interview_id)
    form = CleanForm(request.form)
    typed = {name: form.get(name).strip() for name in request.form}
    sheet = make_sheet(interview)
    mistakes = find_mistakes(sheet, interview.held, typed)
    if mistakes:
        return _show(interview, typed, mistakes), 422
    key = make_key(interview, {"client": typed.get("client", "")})
    apply(interview, key, make_operations(interview, sheet, typed))
    return redirect(url_for("interviewer.sheet", interview_id=interview_id, saved=1), 303)


def store_recording(interview_id: str, held: Held, time: str) -> None:
    """Store when the recording was begun, given as a time of day."""
    interview = find_interview(interview_id)
    key = Key(client=make_token(), sequence=0, base_revision=interview.revision)
    apply(interview, key, [{"op": "recording", "at": count_into(held, time)}])


def find_mistakes(sheet: Sheet, held: Held, typed: Mapping[str, str]) -> tuple[Mistake, ...]:
    """Return which times are none of the interview, or stand in the wrong order."""
    way = typed.get("way", "")
    if way not in WAYS:
        return (Mistake("way", _("Say how the times on the sheet were written")),)
    names = [name for section in list_timed(sheet) for name in section.names]
    message = _("Write a time within the interview, such as 14:20")
    wrong = [
        each for each in names if typed.get(each) and read_time(held, way, typed[each]) is None
    ]
    if wrong:
        return tuple(Mistake(name, message) for name in wrong)
    return tuple(_find_disorder(sheet, held, typed))


def _find_disorder(sheet: Sheet, held: Held, typed: Mapping[str, str]) -> Iterator[Mistake]:
    for section in list_timed(sheet):
        begun, ended = (_read(held, typed, name) for name in (section.begun, section.ended))
        if begun is None and ended is not None:
            yield Mistake(section.begun, _("Write when this section began, too"))
        if begun is not None and ended is not None and ended < begun:
            yield Mistake(section.ended, _("Look at the two times again: the end comes later"))


def make_operations(
    interview: InterviewState, sheet: Sheet, typed: Mapping[str, str]
) -> list[Operation]:
    """Return what the times amount to: all visits anew, and each end that differs."""
    held = interview.held or {}
    times: Operation = {"op": "times", "visits": list(_make_visits(sheet, held, typed))}
    turns = [
        turn
        for section in list_timed(sheet)
        for topic in section.free
        for turn in _turn(interview, topic, _read(held, typed, f"free.{topic.place}"))
    ]
    return [times, *turns]


def _make_visits(sheet: Sheet, held: Held, typed: Mapping[str, str]) -> Iterator[dict[str, Json]]:
    """A section is visited at its first question; nobody is anywhere once it has ended."""
    for section in list_timed(sheet):
        begun, ended = (_read(held, typed, name) for name in (section.begun, section.ended))
        if begun is not None:
            first = section.part.topics[0]
            yield {"response": first.response, "item": first.item, "at": begun}
        if ended is not None:
            yield {"response": "", "item": "", "at": ended}


def _turn(interview: InterviewState, topic: SheetTopic, at: int | None) -> Iterator[Operation]:
    place = (topic.response, topic.item)
    mark = next((each for each in interview.items if (each.response, each.item) == place), None)
    stands = mark is not None and mark.phase == PROBING
    if at == (mark.turns[-1]["at"] if mark is not None and stands else None):
        return
    kept: Operation = {"op": "item", "response": topic.response, "item": topic.item}
    kept |= {"state": mark.state if mark else NOT_REACHED, "reason": mark.reason if mark else ""}
    kept |= {"flags": mark.flags if mark else []}
    if stands:
        yield {**kept, "phase": FREE, "at": None}
    if at is not None:
        yield {**kept, "phase": PROBING, "at": at}


def _read(held: Held, typed: Mapping[str, str], name: str) -> int | None:
    return read_time(held, typed.get("way", CLOCK), typed.get(name, ""))


def _show(
    interview: InterviewState, typed: Mapping[str, str], mistakes: tuple[Mistake, ...]
) -> str:
    sheet = make_sheet(interview)
    study = services().store.studies.find(interview.study)
    return render_template(
        "interviewer/key_times.html",
        interview=interview,
        study_title=study.title if study else interview.study,
        sheet=sheet,
        timed=list_timed(sheet),
        typed=typed,
        client=make_token(),
        mistakes=mistakes,
        errors={mistake.name: mistake.message for mistake in mistakes},
        is_test=interview.is_test,
    )
