"""A study's team: who works in it with which role. Somebody always leads it."""

from typing import Any, get_args

from flask import abort, redirect, render_template, request, url_for

from survey_app.storage.errors import LastLead, UnknownRecord
from survey_app.storage.records import Role, StudyRecord
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, has_role, require_role
from survey_app.web.context import services
from survey_app.web.studies.blueprint import (
    LEAD,
    blueprint,
    find_known,
    is_administrator,
    lead_back,
)
from survey_app.web.studies.role_words import role_words
from survey_app.web.text import CleanForm

REMOVE = "remove"


@blueprint.get("/studies/<study>/team")
@require_role(LEAD, administrator=True)
def show_team(study: str) -> Any:
    """Show who works in a study."""
    return render_team(find_known(study))


@blueprint.post("/studies/<study>/team")
@require_role(LEAD, administrator=True)
def change_team(study: str) -> Any:
    """Give somebody a role or take it away; an administrator appoints study leads alone."""
    found = find_known(study)
    form = CleanForm(request.form)
    name, wanted = form.get("name"), form.get("role")
    role = _read_role(wanted)
    if role is None and wanted != REMOVE:
        return render_team(found, _("Choose a person and a role.")), 422
    if not has_role(found.slug, LEAD) and role != LEAD:
        abort(403)
    try:
        services().store.teams.appoint(found.slug, name, role, by=current_name())
    except LastLead as error:
        return render_team(found, str(error)), 422
    except UnknownRecord:
        return render_team(found, _("Choose a person and a role.")), 422
    if name == current_name() and role != LEAD and not is_administrator():
        # This page is not theirs any more.
        return redirect(url_for("account.home"), 303)
    return lead_back("show_team", found, "changed" if role else "removed")


def _read_role(wanted: str) -> Role | None:
    roles: tuple[Role, ...] = get_args(Role)
    return next((role for role in roles if role == wanted), None)


def render_team(study: StudyRecord, error: str = "") -> str:
    """Return the page of a team."""
    store = services().store
    team = store.teams.list(study.slug)
    members = {member.name for member in team}
    leads = has_role(study.slug, LEAD)
    others = [
        account.name
        for account in store.accounts.list()
        if not account.disabled and (account.name not in members or not leads)
    ]
    return render_template(
        "studies/team.html",
        study=study,
        leads=leads,
        team=team,
        others=others,
        roles=role_words() if leads else {LEAD: role_words()["study_lead"]},
        names={role: words[0] for role, words in role_words().items()},
        error=error,
        just=request.args.get("just", ""),
    )
