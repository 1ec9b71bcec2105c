"""The list of interviews, by study."""

from typing import Any

from flask import render_template

from survey_app.web.access import current_staff, has_role, require_role, studies_with_role
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import ROLES, blueprint
from survey_app.web.interviewer.words import outcome_words


@blueprint.get("/interviews")
@require_role(*ROLES)
def index() -> Any:
    """Show the interviews of the person signed in; a study lead sees those of all."""
    staff = current_staff()
    own = staff.account.id if staff else ""
    store = services().store
    studies = []
    for slug in studies_with_role(*ROLES):
        whose = None if has_role(slug, "study_lead") else own
        # An instrument stands in a protocol once for each delivery, its sheet is the same.
        sheets = dict.fromkeys(
            (entry.instrument, entry.version) for entry in store.studies.protocol(slug)
        )
        interviews = store.interviews.list(slug, whose)
        studies.append((store.studies.find(slug), interviews, list(sheets)))
    return render_template("interviewer/list.html", studies=studies, outcomes=outcome_words())
