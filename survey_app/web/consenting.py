"""A participant's pages about consent: a newer text, and the record of what was agreed to."""

from typing import Any

from flask import Blueprint, render_template

from survey_app.web import consent_records, renewal
from survey_app.web.addresses import door_of, link_of
from survey_app.web.context import services
from survey_app.web.exchange import lead_to
from survey_app.web.participant import require_door
from survey_app.web.security import hash_token
from survey_app.web.visits import current_visit, find_own

blueprint = Blueprint("consenting", __name__)


@blueprint.get("/s/<study>/consent")
def offer(study: str) -> Any:
    """Show the newer consent text to somebody who agreed to an earlier one."""
    return renewal.ask(require_door(study), current_visit())


@blueprint.post("/s/<study>/consent")
def renew(study: str) -> Any:
    """Take the consent to the newer text, and go on."""
    return renewal.take(require_door(study), current_visit())


@blueprint.get("/s/<study>/agreed")
def show_agreed(study: str) -> Any:
    """Show what was agreed to in this browser, as it was shown then."""
    response = find_own(current_visit())
    if response is None or response.study != study:
        return lead_to(door_of(study))
    return consent_records.show_own(response)


@blueprint.get("/r/<token>/agreed")
def show_agreed_by_link(token: str) -> Any:
    """Show what was agreed to by whoever has the private link."""
    response = services().store.responses.by_link(hash_token(token))
    if response is None:
        return render_template("participant/link_unknown.html"), 404
    return consent_records.show_own(response, back=link_of(token))
