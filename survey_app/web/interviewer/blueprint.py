"""Where the interviewer's addresses are registered, and what every one of them asks first."""

from flask import Blueprint, abort, make_response

from survey_app.storage.records import InterviewState
from survey_app.web.access import has_role, refuse
from survey_app.web.context import services

blueprint = Blueprint("interviewer", __name__)

ROLES = ("interviewer", "study_lead")
"""Who holds interviews; observers and analysts have pages of their own."""


def find_interview(interview_id: str) -> InterviewState:
    """Return an interview that the person signed in may open; else end the request.

    404 for one that is not there, 403 for one of a study in which the person holds no interviews.
    """
    interview = services().store.interviews.find(interview_id)
    if interview is None:
        abort(404)
    if not has_role(interview.study, *ROLES):
        abort(make_response(refuse("no_role", 403)))
    return interview
