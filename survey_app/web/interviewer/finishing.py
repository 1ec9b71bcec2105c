"""Finishing: what is still open, the contact summary, and how the interview ended."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from survey_app.definition.fields import Mistake
from survey_app.storage.records import InterviewState
from survey_app.translations import gettext as _
from survey_app.web.access import require_role
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import ROLES, blueprint, find_interview
from survey_app.web.interviewer.clock import read_clock
from survey_app.web.interviewer.coverage import Coverage, cover_all
from survey_app.web.interviewer.operations import TEXT_LIMIT, Operation
from survey_app.web.interviewer.saving import Key, apply, is_withdrawn
from survey_app.web.interviewer.topics import make_sheet
from survey_app.web.interviewer.values import AFTER, DURING, read_values
from survey_app.web.interviewer.words import outcome_words
from survey_app.web.security import make_token
from survey_app.web.text import CleanForm


@blueprint.get("/interviews/<interview_id>/finish")
@require_role(*ROLES)
def finish(interview_id: str) -> Any:
    """Show what is open and ask for the contact summary."""
    return _show(find_interview(interview_id), {}, ())


@blueprint.post("/interviews/<interview_id>/finish")
@require_role(*ROLES)
def confirm(interview_id: str) -> Any:
    """Stop the clock, keep the summary and send the responses; finishing again does nothing."""
    interview = find_interview(interview_id)
    form = CleanForm(request.form)
    posted = {name: form.get(name) for name in ("client", "outcome", "reason", "summary")}
    if interview.finished or is_withdrawn(interview):
        return _to_sheet(interview_id)
    mistakes = find_mistakes(posted)
    if mistakes:
        return _show(interview, posted, mistakes), 422
    key = Key(client=posted["client"] or make_token(), sequence=0, base_revision=interview.revision)
    apply(interview, key, make_operations(posted))
    return _to_sheet(interview_id)


@blueprint.post("/interviews/<interview_id>/summary")
@require_role(*ROLES)
def add_summary(interview_id: str) -> Any:
    """Add a note on the whole interview after it has been finished, stamped as such."""
    interview = find_interview(interview_id)
    form = CleanForm(request.form)
    text = form.get("summary")
    if text.strip() and interview.finished and not is_withdrawn(interview):
        key = Key(
            client=form.get("client") or make_token(),
            sequence=0,
            base_revision=interview.revision,
        )
        parts = [text[start : start + TEXT_LIMIT] for start in range(0, len(text), TEXT_LIMIT)]
        apply(interview, key, [summary_note(part, after=True) for part in parts])
    return _to_sheet(interview_id)


def find_mistakes(posted: Mapping[str, str]) -> tuple[Mistake, ...]:
    """Return what is missing before the interview can be finished."""
    found = []
    if posted["outcome"] not in outcome_words():
        found.append(Mistake("outcome", _("Say how the interview ended")))
    if posted["outcome"] == "broken_off" and not posted["reason"].strip():
        found.append(Mistake("reason", _("Write why the interview was broken off")))
    for name in ("reason", "summary"):
        if len(posted[name]) > TEXT_LIMIT:
            message = _("Shorten this text to at most {most} characters")
            found.append(Mistake(name, message.format(most=TEXT_LIMIT)))
    return tuple(found)


def make_operations(posted: Mapping[str, str]) -> list[Operation]:
    """Return what finishing does, in one change: the summary, the outcome and the clock."""
    summary = posted["summary"]
    notes = [summary_note(summary, after=False)] if summary.strip() else []
    ended: Operation = {"op": "outcome", "outcome": posted["outcome"], "text": posted["reason"]}
    return [*notes, ended, {"op": "clock", "action": "finish"}]


def summary_note(text: str, *, after: bool) -> Operation:
    """Return the operation that adds a contact summary."""
    place = {"op": "note", "response": None, "item": None, "probe": None}
    stamp = {"stream": AFTER, "added": "after"} if after else {"stream": DURING, "added": "during"}
    return {**place, **stamp, "kind": "summary", "text": text}


def _to_sheet(interview_id: str) -> Response:
    return redirect(url_for("interviewer.sheet", interview_id=interview_id), 303)


def _show(
    interview: InterviewState, typed: Mapping[str, str], mistakes: tuple[Mistake, ...]
) -> Any:
    if interview.finished:
        return _to_sheet(interview.id)
    sheet = make_sheet(interview)
    coverage: list[Coverage] = list(cover_all(sheet, read_values(interview, sheet)).values())
    study = services().store.studies.find(interview.study)
    return render_template(
        "interviewer/finish.html",
        interview=interview,
        study_title=study.title if study else interview.study,
        sheet=sheet,
        clock=read_clock(interview.clock),
        untouched=[each for each in coverage if each.is_untouched],
        partly=[each for each in coverage if each.is_open and not each.is_untouched],
        total=len(coverage),
        typed=typed,
        client=typed.get("client") or make_token(),
        mistakes=mistakes,
        errors={mistake.name: mistake.message for mistake in mistakes},
        outcomes=outcome_words(),
        text_limit=TEXT_LIMIT,
        is_test=interview.is_test,
    )
