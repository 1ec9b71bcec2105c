"""Pseudonyms without a name, as interviewers typed them: who each of them is, said afterwards."""

from typing import Any

from flask import abort, redirect, render_template, url_for

from survey_app.naming import give_name, list_unnamed
from survey_app.storage.people.records import Person
from survey_app.storage.people.register import People
from survey_app.storage.records import ParticipantRecord, StudyRecord
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, require_role
from survey_app.web.context import services
from survey_app.web.keeping import keep_typed
from survey_app.web.people.blueprint import ROLE, blueprint, find_coordinated, opened
from survey_app.web.people.person import FIELDS, Typed, find_double, read_typed, show_form


@blueprint.get("/people/<study>/pseudonyms")
@require_role(ROLE)
def list_pseudonyms(study: str) -> Any:
    """List the participants without a name."""
    found = find_coordinated(study)
    with opened() as people:
        unnamed = list_unnamed(services().store, people, found)
    return render_template("people/pseudonyms.html", study=found, unnamed=unnamed)


@blueprint.get("/people/<study>/pseudonyms/<participant>")
@require_role(ROLE)
def ask_for_name(study: str, participant: str) -> Any:
    """Ask who stands behind a pseudonym."""
    found = find_coordinated(study)
    with opened() as people:
        unnamed = _require(people, found, participant)
    return show_form(found, Typed.empty(), unnamed=unnamed)


@blueprint.post("/people/<study>/pseudonyms/<participant>")
@keep_typed
@require_role(ROLE)
def name_participant(study: str, participant: str) -> Any:
    """Say who stands behind a pseudonym; it stays the same, and so does all that is under it."""
    found = find_coordinated(study)
    typed = read_typed(found)
    with opened() as people:
        if people.find(participant) is not None:
            return redirect(url_for(".list_people", study=study, just="named_before"), 303)
        unnamed = _require(people, found, participant)
        errors = (*typed.errors, *find_double(people, found, typed))
        if errors:
            return show_form(found, typed.with_errors(errors), unnamed=unnamed), 422
        values = {name: getattr(typed.listed, name) for name in FIELDS}
        who = Person(id=participant, study=study, silent=typed.silent, **values)
        done = give_name(services().store, people, who, by=current_name())
    just = "named" if done else "named_before"
    return redirect(url_for(".list_people", study=study, just=just), 303)


def _require(people: People, study: StudyRecord, participant: str) -> ParticipantRecord:
    unnamed = list_unnamed(services().store, people, study)
    found = next((each for each in unnamed if each.id == participant), None)
    return found or abort(404, _("There is no such pseudonym without a name."))
