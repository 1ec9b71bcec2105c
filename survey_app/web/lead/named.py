"""Texts that may name somebody: for the study lead to read, for the coordinator to be told of."""

from typing import Any

from flask import render_template

from survey_app.disclosure.identifiers import Names, read_names
from survey_app.named_texts import NO_NAMES, review, say_kinds, say_named
from survey_app.people_access import PeopleAbsent, open_people
from survey_app.storage.records import StudyRecord
from survey_app.web.access import has_role, require_role, require_study
from survey_app.web.context import services
from survey_app.web.lead.blueprint import ROLE, blueprint
from survey_app.web.lead.consents_given import READERS

MOST_SHOWN = 200


@blueprint.get("/studies/<study>/named")
@require_role(*READERS)
def list_named(study: str) -> Any:
    """List where e-mail addresses, telephone numbers and names stand in a study's texts.

    A study lead reads the texts, and may not see who takes part: no names are looked for. A
    coordinator sees who takes part and what was found, and reads no text.
    """
    found = require_study(study, *READERS)
    leads = has_role(study, ROLE)
    names = NO_NAMES if leads else _read_names(found)
    catalogue = services().catalogue
    return render_template(
        "lead/named.html",
        study=found,
        leads=leads,
        absent=names is None,
        review=review(
            services().store,
            study,
            catalogue.instrument,
            names=names or NO_NAMES,
            most=MOST_SHOWN,
        ),
        find_instrument=catalogue.instrument,
        say_kinds=say_kinds,
        say_named=say_named,
    )


def _read_names(study: StudyRecord) -> Names | None:
    """Return the names of a study's people, None where the database of people is not there."""
    try:
        with open_people(services().settings) as people:
            return read_names(person.name for person in people.list(study.slug))
    except PeopleAbsent:
        return None
