"""Where the interviewer's addresses are registered, and what every one of them asks first."""

from flask import Blueprint, abort, make_response

from survey_app.storage.records import InterviewState
from survey_app.web.access import current_staff, has_role, refuse
from survey_app.web.context import services

blueprint = Blueprint("interviewer", __name__)

ROLES = ("interviewer", "study_lead")
"""Who holds interviews."""
INTERVIEWER = "interviewer"
OBSERVER = "observer"
ANALYST = "analyst"
"""Reads blank sheets, to know what was asked, and no interview."""
READERS = (*ROLES, OBSERVER)
"""Who may read a sheet: an observer reads along and writes notes of their own, nothing else."""


def find_interview(interview_id: str) -> InterviewState:
    """Return an interview that the person signed in may hold; else end the request.

    404 for one that is not there, 403 for one of a study in which the person holds no interviews,
    or of another interviewer: only the study lead goes on with what others began.
    """
    return _find(interview_id, ROLES)


def find_readable(interview_id: str) -> InterviewState:
    """Return an interview that the person signed in may hold or observe; else end the request."""
    return _find(interview_id, READERS)


def is_observer(interview: InterviewState) -> bool:
    """Whether the person signed in observes the interview's study and holds no interviews in it."""
    return has_role(interview.study, OBSERVER)


def is_withdrawn(interview: InterviewState) -> bool:
    """Whether the participant took back what was said, so that nothing more is stored."""
    return any(run.state == "withdrawn" for run in interview.responses)


def _find(interview_id: str, roles: tuple[str, ...]) -> InterviewState:
    interview = services().store.interviews.find(interview_id)
    if interview is None:
        abort(404)
    if not has_role(interview.study, *roles) or not _is_own_if_asked(interview):
        abort(make_response(refuse("no_role", 403)))
    return interview


def _is_own_if_asked(interview: InterviewState) -> bool:
    """Whether the interview is the person's own, for interviewers, who see no others."""
    staff = current_staff()
    own = staff is not None and interview.interviewer == staff.account.name
    return own or not has_role(interview.study, INTERVIEWER)
