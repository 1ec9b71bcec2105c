"""Where the analyst's addresses are registered, and who may see what stands there."""

from typing import cast

from flask import Blueprint, current_app
from flask.blueprints import BlueprintSetupState

from survey_app.jobs import Jobs
from survey_app.web.analyst.keeping import Keeping
from survey_app.web.context import EXTENSION, Services

blueprint = Blueprint("analyst", __name__)

ROLES = ("analyst", "study_lead")
"""Who may see results."""
OVERRIDING = ("study_lead",)
"""Who may have what might tell who answered, each time for a reason that is kept."""
JOBS = "survey_app.jobs"
KEPT = "survey_app.kept"


@blueprint.record
def open_jobs(state: BlueprintSetupState) -> None:
    """Give the application its jobs, in the folder of its settings, and what it keeps."""
    settings = cast("Services", state.app.extensions[EXTENSION]).settings
    state.app.extensions[JOBS] = Jobs(settings.jobs, settings.to_environment())
    state.app.extensions[KEPT] = Keeping()


def find_jobs() -> Jobs:
    """Return the application's jobs."""
    return cast("Jobs", current_app.extensions[JOBS])


def kept() -> Keeping:
    """Return what the application keeps of what it has counted."""
    return cast("Keeping", current_app.extensions[KEPT])
