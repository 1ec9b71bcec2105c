"""Where the interviewer's addresses are registered, and what every one of them asks first."""

from flask import Blueprint, abort, make_response

from survey_app.storage.records import InterviewState
from survey_app.web.access import has_role, refuse
from survey_app.web.context import services

blueprint = Blueprint("interviewer", __name__)

ROLES = ("interviewer", "study_lead")
"""Who holds interviews."""
OBSERVER = "observer"
READERS = (*ROLES, OBSERVER)
"""Who may read a sheet: an observer reads along and writes notes of their own, nothing else."""


def find_interview(interview_id: str) -> InterviewState:
    """Return an interview that the person signed in may hold; else end the request.

    404 for one that is not there, 403 for one of a study in which the person holds no interviews.
    """
    return _find(interview_id, ROLES)


def find_readable(interview_id: str) -> InterviewState:
    """Return an interview that the person signed in may hold or observe; else end the request."""
    return _find(interview_id, READERS)


def is_observer(interview: InterviewState) -> bool:
    """Whether the person signed in observes the interview's study and holds no interviews in it."""
    return has_role(interview.study, OBSERVER)


def _find(interview_id: str, roles: tuple[str, ...]) -> InterviewState:
    interview = services().store.interviews.find(interview_id)
    if interview is None:
        abort(404)
    if not has_role(interview.study, *roles):
        abort(make_response(refuse("no_role", 403)))
    return interview
