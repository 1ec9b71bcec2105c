"""The sheet on paper: filled from an interview, or blank to be written on.

The command `survey-app sheet` writes the same as a PDF or a Word file; this page loads neither.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import abort, make_response, render_template, request

from survey_app.definition.follow_ups import make_follow_ups
from survey_app.storage.records import InterviewState, ItemMarkRecord, MarkRecord, StudyRecord
from survey_app.translations import gettext as _
from survey_app.web.access import has_role, refuse, require_role, studies_with_role
from survey_app.web.catalogue import UnknownInstrument
from survey_app.web.consent_records import list_asked, list_statements, make_records
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import ANALYST, ROLES, blueprint, find_interview
from survey_app.web.interviewer.clock import read_clock, say_time
from survey_app.web.interviewer.opening import make_offers
from survey_app.web.interviewer.paper_times import say_holder, say_pauses
from survey_app.web.interviewer.participants import number_interviews
from survey_app.web.interviewer.sections import time_sections
from survey_app.web.interviewer.timeline import find_break_offs
from survey_app.web.interviewer.topics import Sheet, make_run, make_sheet
from survey_app.web.interviewer.values import read_observer_notes, read_values
from survey_app.web.interviewer.words import (
    PROBING,
    example_words,
    flag_words,
    item_state_words,
    journal_prompt,
    outcome_words,
    phase_words,
    reason_words,
    state_words,
    summary_hint,
    summary_words,
    turn_words,
)
from survey_app.web.wording import say_moment

BLANK_ROWS = 3
"""Rows for topics of one's own under every list on blank paper."""


@blueprint.get("/interviews/<interview_id>/print")
@require_role(*ROLES)
def print_filled(interview_id: str) -> Any:
    """Show a filled sheet for the printer."""
    interview = find_interview(interview_id)
    study = services().store.studies.find(interview.study)
    sheet = make_sheet(interview, spare=0)
    clock = read_clock(interview.clock)
    sections = time_sections(sheet, interview.visits, clock.elapsed, interview.planned_minutes)
    return _show(
        sheet,
        interview=interview,
        study_title=study.title if study else interview.study,
        statements=list_statements(
            make_records(services().store.consents.of_interview(interview_id))
        ),
        values=read_values(interview, sheet),
        clock=clock,
        times=_say_times(interview, sheet),
        sections={section.key: section.words for section in sections if section.elapsed},
        observed=read_observer_notes(interview, sheet),
        recorded_at=_say_at(interview.recording_offset),
        holder=say_holder(interview),
        pauses=say_pauses(interview.held),
        ordinal=number_interviews(services().store.interviews.list(interview.study))[interview.id],
        turns=_say_clock(interview),
        break_offs=find_break_offs(services().store.interviews.timeline(interview.id)),
    )


@blueprint.get("/interviews/sheet/<name>@<version>/print")
@require_role(*ROLES, ANALYST)
def print_blank(name: str, version: str) -> Any:
    """Show a blank sheet of one version for the printer, headed by the study it is printed for."""
    try:
        services().catalogue.instrument(name, version)
    except UnknownInstrument:
        abort(404)
    slug = request.args.get("study", "")
    study = (
        services().store.studies.find(slug) if slug in studies_with_role(*ROLES, ANALYST) else None
    )
    return _show_blank([(name, version)], study)


@blueprint.get("/interviews/sheet/print")
@require_role(*ROLES)
def print_protocol() -> Any:
    """Show the blank sheet of a study's whole protocol: the newest of each that is open."""
    study = services().store.studies.find(request.args.get("study", ""))
    if study is None:
        abort(404)
    if not has_role(study.slug, *ROLES):
        abort(make_response(refuse("no_role", 403)))
    offers = make_offers(services().store.studies.protocol(study.slug))
    keys = [(each.instrument.name, each.instrument.version) for each in offers if each.suggested]
    if not keys:
        abort(404)
    return _show_blank(keys, study)


def _show_blank(keys: Sequence[tuple[str, str]], study: StudyRecord | None) -> str:
    catalogue, numbers = services().catalogue, iter(range(1, 10_000))
    runs = tuple(
        make_run(
            catalogue.instrument(*key),
            catalogue.probe_sheet(*key),
            number=number,
            response="",
            numbers=numbers,
            used={},
            spare=BLANK_ROWS,
        )
        for number, key in enumerate(keys, start=1)
    )
    sheet = Sheet(language=runs[0].instrument.languages[0], runs=runs)
    nothing: dict[str, Any] = {"values": {}, "times": {}, "sections": {}, "observed": {}}
    if study is not None:
        text = services().store.studies.consent_text(study.slug, "interviewer")
        nothing["study_title"] = study.title
        nothing["statements"] = list_asked(text, sheet.language)
    return _show(sheet, interview=None, clock=None, **nothing)


def _show(sheet: Sheet, **context: Any) -> str:
    return render_template(
        "interviewer/paper.html",
        sheet=sheet,
        states=state_words(),
        boxes=[words for words in state_words() if words.letter],
        whole_boxes=[words for words in item_state_words() if words.letter],
        flags=flag_words(),
        examples=example_words(),
        reasons=reason_words(),
        outcomes=outcome_words(),
        prompts=summary_words(),
        summary_hint=summary_hint(),
        journal_prompt=journal_prompt(),
        say_moment=say_moment,
        follow_ups=make_follow_ups(sheet.language),
        **context,
    )


def _say_times(interview: InterviewState, sheet: Sheet) -> dict[str, str]:
    """Return when marks were made and phases changed, by the place of a row or a question."""
    said: dict[str, str] = {}
    for mark in interview.marks:
        topic = sheet.find(mark.response, mark.item)
        if topic is not None:
            said[f"{topic.place}.{mark.probe}"] = ", ".join(_say_mark(mark))
    for item in interview.items:
        topic = sheet.find(item.response, item.item)
        if topic is not None:
            said[topic.place] = ", ".join(_say_turns(item))
            said[f"ended.{topic.place}"] = _say_end(item)
    return {place: words for place, words in said.items() if words}


def _say_mark(mark: MarkRecord) -> Iterator[str]:
    if mark.first_at is not None:
        yield say_time(mark.first_at)
    if mark.changed_at is not None and mark.changed_at != mark.first_at:
        yield f"→ {say_time(mark.changed_at)}"
    if mark.phase:
        yield phase_words()[mark.phase]


def _say_turns(item: ItemMarkRecord) -> Iterator[str]:
    for turn in item.turns if len(item.turns) > 1 else []:
        yield f"{phase_words()[str(turn['phase'])]} {_say_at(turn['at'])}".strip()


def _say_end(item: ItemMarkRecord) -> str:
    """Return when the free answer ended; nothing where it has not, or was gone back to."""
    if not item.turns or item.turns[-1]["phase"] != PROBING:
        return ""
    return _say_at(item.turns[-1]["at"]) or _("not timed")


def _say_clock(interview: InterviewState) -> str:
    words = turn_words()
    return ", ".join(
        f"{words[turn['action']]} {say_moment(turn['at'])}" for turn in interview.clock
    )


def _say_at(at: object) -> str:
    return say_time(at) if isinstance(at, int) else ""
