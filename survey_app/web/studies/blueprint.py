"""Where the addresses of the study desk are registered, and whose study is before them."""

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from survey_app.storage.records import StudyRecord
from survey_app.web.access import current_staff, has_role, require_study
from survey_app.web.context import services

blueprint = Blueprint("studies", __name__)

LEAD = "study_lead"
"""Who runs a study."""


def is_administrator() -> bool:
    """Whether the person signed in is an administrator, who sees no answer and no count of them."""
    staff = current_staff()
    return staff is not None and staff.account.administrator


def find_led(slug: str) -> StudyRecord:
    """Return a study that the person signed in leads; else end the request."""
    return require_study(slug, LEAD)


def find_known(slug: str) -> StudyRecord:
    """Return a study that the person signed in leads or looks after; else end the request."""
    study = services().store.studies.find(slug)
    if study is None or not (has_role(slug, LEAD) or is_administrator()):
        abort(404)
    return study


def lead_back(page: str, study: StudyRecord, just: str) -> Response:
    """Lead to a page of a study, which says what was done just now."""
    return redirect(url_for(f"studies.{page}", study=study.slug, just=just or None), 303)
