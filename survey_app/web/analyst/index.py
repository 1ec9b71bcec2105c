"""The first of the analyst's pages: what has come in, study by study."""

from typing import Any

from flask import render_template

from survey_app.web.access import require_role, studies_with_role
from survey_app.web.analyst.blueprint import ROLES, blueprint
from survey_app.web.context import services
from survey_app.web.incoming import list_incoming


@blueprint.get("/analysis")
@require_role(*ROLES)
def index() -> Any:
    """Show what has come in, study by study."""
    studies = [services().store.studies.find(slug) for slug in studies_with_role(*ROLES)]
    found = [(study, list_incoming(study.slug)) for study in studies if study is not None]
    return render_template("analyst/index.html", studies=found)
