"""The consents that were given in a study that is not anonymous, each to be printed."""

from typing import Any

from flask import abort, render_template, url_for

from survey_app.definition.consent import WHOLE
from survey_app.storage.records import GivenConsent
from survey_app.translations import gettext as _
from survey_app.web.access import has_role, require_role, require_study
from survey_app.web.consent_records import make_records
from survey_app.web.context import services
from survey_app.web.lead.blueprint import ROLE, blueprint

READERS = (ROLE, "coordinator")
"""Who sees the record of one participant's consent."""


@blueprint.get("/studies/<study>/consent/given")
@require_role(*READERS)
def list_consents(study: str) -> Any:
    """List who agreed to what; of an anonymous study nothing but that it is one."""
    found = require_study(study, *READERS)
    given = services().store.consents.given(study)
    return render_template(
        "lead/consents_given.html",
        study=found,
        records=make_records(given),
        keys=list_keys(given),
        leads=has_role(study, ROLE),
    )


@blueprint.get("/studies/<study>/consent/given/<response_id>")
@require_role(*READERS)
def show_consent(study: str, response_id: str) -> Any:
    """Show the record of a response's consent, as it was shown, to be printed."""
    found = require_study(study, *READERS)
    response = services().store.responses.find(response_id)
    if response is None or response.study != study or found.anonymous:
        abort(404)
    return render_template(
        "consent_record.html",
        frame="_staff_navigation.html",
        records=make_records(services().store.consents.of_response(response_id)),
        title=_("Consent of {participant}").format(
            participant=response.participant or _("a participant without a code")
        ),
        who=response.participant or "",
        study_title=found.title,
        language=response.language,
        back=url_for("lead.list_consents", study=study),
    )


def list_keys(given: list[GivenConsent]) -> list[str]:
    """Return the keys of all statements that were asked, but for the consent as a whole."""
    keys = dict.fromkeys(key for each in given for key in each.ticks)
    return [key for key in keys if key not in WHOLE]
