"""Breaking off: why, whether and when to call back, and where to go on."""

from collections.abc import Mapping
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from survey_app.definition.fields import Mistake
from survey_app.storage.records import InterviewState
from survey_app.translations import gettext as _
from survey_app.web.access import require_role
from survey_app.web.interviewer.blueprint import ROLES, blueprint, find_interview, is_withdrawn
from survey_app.web.interviewer.ending import (
    make_key,
    make_rest,
    rest_mistakes,
    show_ending,
    text_mistakes,
)
from survey_app.web.interviewer.finishing import to_summary
from survey_app.web.interviewer.operations import Operation
from survey_app.web.interviewer.saving import apply
from survey_app.web.interviewer.sections import list_visits
from survey_app.web.interviewer.topics import Sheet, make_sheet
from survey_app.web.keeping import keep_typed
from survey_app.web.text import CleanForm

LATER = "later"
ENDS = "ends"
WAYS = (LATER, ENDS)
_TEXTS = ("reason", "call_back", "rest_reason")
_FIELDS = ("client", "way", "resume", "rest", *_TEXTS)


@blueprint.get("/interviews/<interview_id>/break-off")
@require_role(*ROLES)
def break_off(interview_id: str) -> Any:
    """Ask why, whether somebody calls back, and where to go on then."""
    interview = find_interview(interview_id)
    return _show(interview, {"resume": last_place(interview)}, ())


@blueprint.post("/interviews/<interview_id>/break-off")
@keep_typed
@require_role(*ROLES)
def confirm_break_off(interview_id: str) -> Any:
    """Keep it open with the clock paused, where there is a call-back; else end it."""
    interview = find_interview(interview_id)
    form = CleanForm(request.form)
    posted = {name: form.get(name) for name in _FIELDS}
    if interview.finished or is_withdrawn(interview) or _is_done(interview, posted):
        return to_summary(interview_id)
    mistakes = find_mistakes(make_sheet(interview), posted)
    if mistakes:
        return _show(interview, posted, mistakes), 422
    apply(interview, make_key(interview, posted), make_operations(interview, posted))
    return to_summary(interview_id)


def last_place(interview: InterviewState) -> str:
    """Return where to go on: as was chosen, while it stands broken off, else the last question.

    A place is `<response>/<item>`; empty where nobody came to any question.
    """
    visits = list_visits(interview)
    if visits and interview.outcome is None:
        last = visits[-1]
        return f"{last['response']}/{last['item']}"
    return interview.resume


def find_mistakes(sheet: Sheet, posted: Mapping[str, str]) -> tuple[Mistake, ...]:
    """Return what is missing before the interview can be broken off."""
    found = []
    if not posted["reason"].strip():
        found.append(Mistake("reason", _("Write why the interview is broken off")))
    if posted["way"] not in WAYS:
        found.append(Mistake("way", _("Say whether you will call back")))
    if posted["way"] == LATER and not posted["call_back"].strip():
        found.append(Mistake("call_back", _("Write when and how to call back")))
    if posted["resume"] and sheet.find(*posted["resume"].partition("/")[::2]) is None:
        found.append(Mistake("resume", _("Choose a question of this interview")))
    return (*found, *rest_mistakes(posted), *text_mistakes(posted, _TEXTS))


def make_operations(interview: InterviewState, posted: Mapping[str, str]) -> list[Operation]:
    """Return what breaking off does, in one change: the rest, the outcome and the clock."""
    later = posted["way"] == LATER
    broken: Operation = {
        "op": "outcome",
        "outcome": "broken_off",
        "text": posted["reason"].strip(),
        "call_back": posted["call_back"].strip() if later else "",
        "resume": posted["resume"] if later else "",
    }
    turned = {"op": "clock", "action": "pause" if later else "finish"}
    return [*make_rest(interview, posted), broken, turned]


def _is_done(interview: InterviewState, posted: Mapping[str, str]) -> bool:
    """Whether the same form came before, and the interview has not gone on since."""
    stands = (interview.outcome, interview.outcome_text, interview.call_back)
    return stands == ("broken_off", posted["reason"].strip(), posted["call_back"].strip())


def _show(
    interview: InterviewState, typed: Mapping[str, str], mistakes: tuple[Mistake, ...]
) -> str | Response:
    if interview.finished or is_withdrawn(interview):
        return to_summary(interview.id)
    return show_ending("interviewer/break_off.html", interview, typed, mistakes)
