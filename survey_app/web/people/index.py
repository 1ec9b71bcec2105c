"""The list of a study's people, and what was written to them."""

from typing import Any

from flask import redirect, render_template, request, url_for

from survey_app.enrolment import Entry, list_entries, say_progress
from survey_app.naming import list_unnamed
from survey_app.storage.records import StudyRecord
from survey_app.web.access import require_role, studies_with_role
from survey_app.web.context import services
from survey_app.web.people.blueprint import ROLE, blueprint, find_coordinated, opened


@blueprint.get("/people")
@require_role(ROLE)
def index() -> Any:
    """Lead to the study of which somebody is the coordinator, or list those that there are."""
    slugs = studies_with_role(ROLE)
    if len(slugs) == 1:
        return redirect(url_for(".list_people", study=slugs[0]), 303)
    studies = [study for study in services().store.studies.list() if study.slug in slugs]
    return render_template("people/studies.html", studies=studies)


@blueprint.get("/people/<study>")
@require_role(ROLE)
def list_people(study: str) -> Any:
    """List the people of a study, with what they can be sent."""
    found = find_coordinated(study)
    with opened() as people:
        entries = list_entries(services().store, people, found)
        rosters = people.rosters.list(study)
        unnamed = list_unnamed(services().store, people, found)
        mailings = [(each, people.mailings.count(each.id)) for each in people.mailings.list(study)]
    return render_template(
        "people/list.html",
        study=found,
        entries=entries,
        came={entry.person.id: say_came(entry, found) for entry in entries},
        rosters=rosters,
        mailings=mailings,
        unnamed=len(unnamed),
        has_mail=bool(services().settings.smtp),
        just=request.args.get("just", ""),
        number=request.args.get("number", ""),
    )


def say_came(entry: Entry, study: StudyRecord) -> str:
    """Return what came of an invitation, as far as the study lets anybody know."""
    if study.anonymous or entry.participant is None:
        return ""
    return say_progress(entry.participant)
