"""Where the study lead's addresses are registered, and what every one of them asks first."""

from flask import Blueprint, abort

from survey_app.definition.library import Library, load_library
from survey_app.publication import Versions, gather_versions
from survey_app.storage.records import StudyRecord
from survey_app.web.access import current_staff, studies_with_role
from survey_app.web.context import services

blueprint = Blueprint("lead", __name__)

ROLE = "study_lead"
"""Who publishes, beside the administrator."""


def read_library() -> Library:
    """Return the library as the files are now; it takes some milliseconds."""
    return load_library(services().settings.instruments)


def find_versions(name: str) -> Versions:
    """Return all versions of an instrument; else end the request."""
    versions = gather_versions(services().store, read_library(), name)
    if not versions.instruments:
        abort(404)
    return versions


def list_studies() -> tuple[StudyRecord, ...]:
    """Return the studies that the person signed in leads; an administrator has all in hand."""
    staff = current_staff()
    studies = services().store.studies.list()
    if staff is not None and staff.account.administrator:
        return tuple(studies)
    led = studies_with_role(ROLE)
    return tuple(study for study in studies if study.slug in led)
