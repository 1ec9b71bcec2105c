"""What was agreed to before an interview, and to newer texts in it: the record, to be printed."""

from typing import Any

from flask import render_template, url_for

from survey_app.translations import gettext as _
from survey_app.web.access import require_role
from survey_app.web.consent_records import make_records
from survey_app.web.context import services
from survey_app.web.filling import title_of
from survey_app.web.interviewer.blueprint import ROLES, blueprint, find_interview
from survey_app.web.interviewer.newer_text import list_refusals


@blueprint.get("/interviews/<interview_id>/consent")
@require_role(*ROLES)
def show_consent(interview_id: str) -> Any:
    """Show the text that was read aloud, what was agreed to, and who noted it."""
    interview = find_interview(interview_id)
    return render_template(
        "consent_record.html",
        frame="_staff_navigation.html",
        records=make_records(services().store.consents.of_interview(interview_id)),
        refusals=list_refusals(interview_id),
        title=_("Consent of {participant}").format(participant=interview.participant),
        who=interview.participant,
        study_title=title_of(interview.study),
        language=interview.language,
        is_test=interview.is_test,
        back=url_for("interviewer.summary", interview_id=interview_id),
    )
