"""A link for one person, to be handed over on paper or copied into a message: shown once."""

from typing import Any

from flask import abort, render_template

from survey_app.enrolment import list_entries
from survey_app.invitation_codes import hash_code, make_code
from survey_app.slips import make_slip
from survey_app.storage.errors import NamesNobody
from survey_app.web.access import current_name, require_role
from survey_app.web.addresses import door_of
from survey_app.web.context import services
from survey_app.web.people.blueprint import ROLE, blueprint, find_coordinated, opened


@blueprint.post("/people/<study>/person/<person>/slip")
@require_role(ROLE)
def make_personal_slip(study: str, person: str) -> Any:
    """Make a new link for somebody, in the place of an earlier one, and show it this once."""
    found = find_coordinated(study)
    with opened() as people:
        entries = list_entries(services().store, people, found)
    entry = next((each for each in entries if each.person.id == person), None) or abort(404)
    code = make_code()
    try:
        made = services().store.invitations.renew(
            study, person, hash_code(code), by=current_name(), label=""
        )
    except NamesNobody:
        abort(404)
    slip = None
    if made is not None:
        slip = make_slip(
            study=found.title,
            number=made.number,
            code=code,
            uses=1,
            url=services().settings.url,
            door=door_of(study) if found.admission == "invitation" else "",
        )
    return render_template("people/slip.html", study=found, entry=entry, slip=slip)
