"""The sheet: one page for the whole protocol, and its saving without scripts."""

import json
from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for

from survey_app.definition.follow_ups import make_follow_ups
from survey_app.storage.records import InterviewState
from survey_app.web.access import current_staff, has_role, require_role
from survey_app.web.context import services
from survey_app.web.interviewer.agreeing import AGREED
from survey_app.web.interviewer.blueprint import (
    READERS,
    ROLES,
    blueprint,
    find_readable,
    is_withdrawn,
)
from survey_app.web.interviewer.call_words import SHORTCUTS, call_words, flag_buttons, key_groups
from survey_app.web.interviewer.clock import read_clock
from survey_app.web.interviewer.coverage import cover_all
from survey_app.web.interviewer.ending import PAPER
from survey_app.web.interviewer.newer_text import find_newer
from survey_app.web.interviewer.overview import find_resume_place, view_sections
from survey_app.web.interviewer.posting import Trouble, save_posted
from survey_app.web.interviewer.script_words import script_words
from survey_app.web.interviewer.topics import make_sheet
from survey_app.web.interviewer.values import read_values
from survey_app.web.interviewer.words import (
    example_words,
    item_state_words,
    reason_words,
    state_words,
)
from survey_app.web.keeping import keep_typed
from survey_app.web.security import make_token
from survey_app.web.text import CleanForm

_WAYS_OUT = {"finish": "interviewer.finish", "break_off": "interviewer.break_off"}
"""Where a button that ends the interview leads once everything is saved, by its value."""


@blueprint.get("/interviews/<interview_id>")
@require_role(*READERS)
def sheet(interview_id: str) -> Any:
    """Show the sheet."""
    return show_sheet(find_readable(interview_id), Trouble())


@blueprint.post("/interviews/<interview_id>")
@keep_typed
@require_role(*READERS)
def save_form(interview_id: str) -> Any:
    """Save what differs between the form as it was shown and as it was posted."""
    interview = find_readable(interview_id)
    if is_withdrawn(interview):
        return show_sheet(interview, Trouble()), 409
    page = make_sheet(interview)
    form = CleanForm(request.form)
    posted = {name: form.get(name) for name in request.form}
    trouble = save_posted(interview, page, posted)
    if trouble.faults or trouble.conflicts:
        return show_sheet(find_readable(interview_id), trouble), trouble.status
    return redirect(_next_place(interview_id, posted), 303)


def show_sheet(interview: InterviewState, trouble: Trouble) -> str:
    """Return the sheet's page, with what could not be saved still in its fields.

    Whoever holds no interviews in the study reads along: everything but notes of their own is
    locked (`readonly_view`).
    """
    page = make_sheet(interview)
    observer = find_observer(interview.study)
    stored = read_values(interview, page, observer)
    clock = read_clock(interview.clock)
    coverage = cover_all(page, stored)
    study = services().store.studies.find(interview.study)
    return render_template(
        "interviewer/sheet.html",
        interview=interview,
        study_title=study.title if study else interview.study,
        sheet=page,
        clock=clock,
        values=stored | dict(trouble.typed),
        before=json.dumps(stored, ensure_ascii=False),
        coverage=coverage,
        sections=view_sections(page, interview, coverage, clock.elapsed),
        planned_minutes=interview.planned_minutes,
        resume_place=find_resume_place(page, interview),
        trouble=trouble,
        client=make_token(),
        withdrawn=is_withdrawn(interview),
        traces=services().store.traces_remain,
        newer_consent=find_newer(interview),
        readonly_view=bool(observer),
        is_test=interview.is_test,
        saved=request.args.get("saved") == "1",
        agreed=request.args.get("agreed") == "1",
        **say_all(interview.language, paper=interview.source == PAPER),
    )


def find_observer(study: str) -> str:
    """Return the account's name of whoever reads along in the study, empty for interviewers."""
    staff = current_staff()
    return "" if staff is None or has_role(study, *ROLES) else staff.account.name


def say_all(language: str, *, paper: bool) -> dict[str, Any]:
    """Return the words that every sheet needs; follow-ups are read in the interview's language."""
    return {
        "states": state_words(),
        "item_states": item_state_words(),
        "flags": flag_buttons(),
        "shortcuts": SHORTCUTS,
        "key_groups": key_groups(paper=paper),
        "examples": example_words(),
        "reasons": reason_words(),
        "follow_ups": make_follow_ups(language),
        "script_words": script_words() | call_words(),
    }


def _next_place(interview_id: str, posted: Mapping[str, str]) -> str:
    if posted.get("then") in _WAYS_OUT:
        return url_for(_WAYS_OUT[posted["then"]], interview_id=interview_id)
    anchor = f"t-{posted['goto']}" if posted.get("goto") else None
    agreed = 1 if posted.get("consent") == AGREED else None
    return url_for(
        "interviewer.sheet", interview_id=interview_id, saved=1, agreed=agreed, _anchor=anchor
    )
