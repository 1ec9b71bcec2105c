"""The contact summary: what is known of an interview, and what its interviewer makes of it.

Its prompts are those of the contact summary form (Miles and Huberman 1994, pages 51 to 54). The
page is saved as it is typed, by the sheet's script, or as a form.
"""

import json
from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for

from survey_app.storage.records import InterviewState, NoteRecord
from survey_app.translations import gettext as _
from survey_app.web.access import require_role
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import ROLES, blueprint, find_interview, is_withdrawn
from survey_app.web.interviewer.clock import read_clock, say_time
from survey_app.web.interviewer.ending import PAPER
from survey_app.web.interviewer.facts import collect
from survey_app.web.interviewer.paper_times import say_holder
from survey_app.web.interviewer.participants import number_interviews
from survey_app.web.interviewer.posting import Trouble, save_posted
from survey_app.web.interviewer.script_words import script_words
from survey_app.web.interviewer.timeline import find_break_offs
from survey_app.web.interviewer.times import say_added, say_minutes, say_span
from survey_app.web.interviewer.topics import make_sheet
from survey_app.web.interviewer.values import WHOLE_STREAMS, read_observer_notes, read_values
from survey_app.web.interviewer.words import (
    flag_words,
    journal_prompt,
    outcome_words,
    state_words,
    summary_hint,
    summary_words,
)
from survey_app.web.keeping import keep_typed
from survey_app.web.security import make_token
from survey_app.web.text import CleanForm
from survey_app.web.wording import say_moment


@blueprint.get("/interviews/<interview_id>/summary")
@require_role(*ROLES)
def summary(interview_id: str) -> Any:
    """Show what is known, with the prompts below it and the journal beside it."""
    return show_summary(find_interview(interview_id), Trouble())


@blueprint.post("/interviews/<interview_id>/summary")
@keep_typed
@require_role(*ROLES)
def save_summary(interview_id: str) -> Any:
    """Save what was typed; what was saved after the end of the interview is stamped as later."""
    interview = find_interview(interview_id)
    if is_withdrawn(interview):
        return show_summary(interview, Trouble()), 409
    form = CleanForm(request.form)
    posted = {name: form.get(name) for name in request.form}
    trouble = save_posted(interview, make_sheet(interview), posted)
    if trouble.faults or trouble.conflicts:
        return show_summary(find_interview(interview_id), trouble), trouble.status
    if posted.get("then") == "list":
        return redirect(url_for("interviewer.index"), 303)
    return redirect(url_for("interviewer.summary", interview_id=interview_id, saved=1), 303)


def show_summary(interview: InterviewState, trouble: Trouble) -> str:
    """Return the page, with what could not be saved still in its fields."""
    sheet = make_sheet(interview)
    stored = read_values(interview, sheet)
    clock = read_clock(interview.clock)
    study = services().store.studies.find(interview.study)
    return render_template(
        "interviewer/summary.html",
        interview=interview,
        study_title=study.title if study else interview.study,
        sheet=sheet,
        clock=clock,
        facts=collect(interview, sheet, stored, clock.elapsed),
        values=stored | dict(trouble.typed),
        before=json.dumps(_of_whole(stored), ensure_ascii=False),
        trouble=trouble,
        client=make_token(),
        break_offs=find_break_offs(services().store.interviews.timeline(interview.id)),
        observed=read_observer_notes(interview, sheet),
        added=find_added(interview),
        on_paper=interview.source == PAPER,
        holder=say_holder(interview),
        ordinal=number_interviews(services().store.interviews.list(interview.study))[interview.id],
        withdrawn=is_withdrawn(interview),
        traces=services().store.traces_remain,
        is_test=interview.is_test,
        saved=request.args.get("saved") == "1",
        **say_all(),
    )


def say_all() -> dict[str, Any]:
    """Return the words and the limits of the page."""
    return {
        "prompts": summary_words(),
        "summary_hint": summary_hint(),
        "journal_prompt": journal_prompt(),
        "outcomes": outcome_words(),
        "flag_words": flag_words(),
        "state_words": {words.code: words.full for words in state_words()},
        "script_words": script_words(),
        "say_minutes": say_minutes,
        "say_moment": say_moment,
        "say_span": say_span,
        "say_time": say_time,
    }


def find_added(interview: InterviewState) -> dict[str, str]:
    """Return when each text was added after the end, by the name of its control."""
    end = interview.finished
    return {
        f"{note.kind}.{note.stream}": say_later(note, end)
        for note in interview.notes
        if end and note.kind in WHOLE_STREAMS and note.added == "after" and note.text.strip()
    }


def say_later(note: NoteRecord, end: str) -> str:
    """Return when a note was added after the end, and when it was changed once more."""
    first = note.created if note.created > end else note.changed
    words = say_added(first, end)
    if note.changed[:16] == first[:16]:
        return words
    return _("{added}; last changed {time}").format(added=words, time=say_moment(note.changed))


def _of_whole(stored: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in stored.items() if name.partition(".")[0] in WHOLE_STREAMS}
