"""Finishing: what is still open, marking the rest not asked, and the end of the interview."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from survey_app.definition.fields import Mistake
from survey_app.storage.records import InterviewState
from survey_app.web.access import require_role
from survey_app.web.interviewer.blueprint import ROLES, blueprint, find_interview, is_withdrawn
from survey_app.web.interviewer.ending import (
    make_key,
    make_rest,
    rest_mistakes,
    show_ending,
    text_mistakes,
)
from survey_app.web.interviewer.saving import apply
from survey_app.web.keeping import keep_typed
from survey_app.web.text import CleanForm

_FIELDS = ("client", "rest", "rest_reason")


@blueprint.get("/interviews/<interview_id>/finish")
@require_role(*ROLES)
def finish(interview_id: str) -> Any:
    """Show what is open, each a link, and offer to mark it not asked."""
    return _show(find_interview(interview_id), {}, ())


@blueprint.post("/interviews/<interview_id>/finish")
@keep_typed
@require_role(*ROLES)
def confirm(interview_id: str) -> Any:
    """Stop the clock and send the responses; finishing again does nothing."""
    interview = find_interview(interview_id)
    form = CleanForm(request.form)
    posted = {name: form.get(name) for name in _FIELDS}
    if interview.finished or is_withdrawn(interview):
        return to_summary(interview_id)
    mistakes = [*rest_mistakes(posted), *text_mistakes(posted, ("rest_reason",))]
    if mistakes:
        return _show(interview, posted, tuple(mistakes)), 422
    ended = {"op": "outcome", "outcome": "completed", "text": "", "call_back": "", "resume": ""}
    operations = [*make_rest(interview, posted), ended, {"op": "clock", "action": "finish"}]
    apply(interview, make_key(interview, posted), operations)
    return to_summary(interview_id)


def to_summary(interview_id: str) -> Response:
    """Lead on to the contact summary, which opens by itself."""
    return redirect(url_for("interviewer.summary", interview_id=interview_id), 303)


def _show(
    interview: InterviewState, typed: Mapping[str, str], mistakes: tuple[Mistake, ...]
) -> Any:
    if interview.finished or is_withdrawn(interview):
        return to_summary(interview.id)
    return show_ending("interviewer/finish.html", interview, typed, mistakes)
