"""What was agreed to before an interview: its record to print, and a text that is newer by now."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for

from survey_app.definition.consent import ConsentForm, read_stored
from survey_app.storage.records import InterviewState
from survey_app.translations import gettext as _
from survey_app.web.access import require_role
from survey_app.web.consent_records import make_records
from survey_app.web.context import services
from survey_app.web.filling import title_of
from survey_app.web.interviewer.blueprint import ROLES, blueprint, find_interview
from survey_app.web.interviewer.ending import PAPER
from survey_app.web.interviewer.saving import is_withdrawn


@dataclass(frozen=True, kw_only=True)
class NewerText:
    """The consent text in force, and the version agreed to before; empty where there was none."""

    version: str
    before: str
    form: ConsentForm


@blueprint.get("/interviews/<interview_id>/consent")
@require_role(*ROLES)
def show_consent(interview_id: str) -> Any:
    """Show the text that was read aloud, what was agreed to, and who noted it."""
    interview = find_interview(interview_id)
    return render_template(
        "consent_record.html",
        frame="_staff_navigation.html",
        records=make_records(services().store.consents.of_interview(interview_id)),
        title=_("Consent of {participant}").format(participant=interview.participant),
        who=interview.participant,
        study_title=title_of(interview.study),
        language=interview.language,
        is_test=interview.is_test,
        back=url_for("interviewer.summary", interview_id=interview_id),
    )


def find_newer(interview: InterviewState) -> NewerText | None:
    """Return the text that came into force since the participant agreed; None if none did.

    An interview that has ended, or was held on paper, goes on under no other text.
    """
    if interview.finished or interview.source == PAPER or is_withdrawn(interview):
        return None
    text = services().store.studies.consent_text(interview.study, "interviewer")
    given = services().store.consents.of_interview(interview.id)
    if text is None or (given and given[0].text.id == text.id):
        return None
    before = given[0].text.version if given else ""
    return NewerText(version=text.version, before=before, form=read_stored(text.body))
