"""Where the coordinator's addresses are registered, and what every one of them asks first.

Nobody else comes in here, not even the administrator: who may see identities does so by this role.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from flask import Blueprint, current_app, render_template
from flask.blueprints import BlueprintSetupState

from survey_app.jobs import Job, Jobs
from survey_app.people_access import PeopleAbsent, open_people, say_absent
from survey_app.storage.people.register import People
from survey_app.storage.records import StudyRecord
from survey_app.translations import gettext as _
from survey_app.web.access import require_study
from survey_app.web.context import EXTENSION, Services, services

blueprint = Blueprint("people", __name__)

ROLE = "coordinator"
"""The one role that sees who the participants are."""
ERRANDS = "survey_app.errands"
REFRESH_SECONDS = 2


@blueprint.record
def open_errands(state: BlueprintSetupState) -> None:
    """Give the application the jobs about people, apart from those that make results."""
    settings = cast("Services", state.app.extensions[EXTENSION]).settings
    state.app.extensions[ERRANDS] = Jobs(settings.errands, settings.to_environment())


@blueprint.context_processor
def offer_words() -> dict[str, Any]:
    """Give templates the words for what became of a letter."""
    words = {
        "waiting": _("waiting"),
        "sending": _("being sent"),
        "sent": _("sent"),
        "failed": _("not sent"),
        "unknown": _("perhaps sent"),
        "left_out": _("left out"),
    }
    return {"state_words": words}


@blueprint.errorhandler(PeopleAbsent)
def show_absent(absent: PeopleAbsent) -> Any:
    """Say which file is missing, and what to do."""
    return render_template("people/absent.html", sentence=say_absent(absent)), 503


def find_errands() -> Jobs:
    """Return the jobs about people."""
    return cast("Jobs", current_app.extensions[ERRANDS])


def find_errand(errand: str, **arguments: str) -> Job | None:
    """Return a job that was started with these arguments, or None."""
    job = find_errands().find(errand)
    if job is None or any(job.arguments.get(name) != said for name, said in arguments.items()):
        return None
    return job


def find_coordinated(slug: str) -> StudyRecord:
    """Return a study whose identities the person signed in may see; else end the request."""
    return require_study(slug, ROLE)


@contextmanager
def opened() -> Iterator[People]:
    """Open the people database for one request. Raises PeopleAbsent."""
    with open_people(services().settings) as people:
        yield people
