"""A consent text that came into force after an interview began, and what was said to it."""

from dataclasses import dataclass
from typing import Any

from flask import render_template

from survey_app.definition.consent import ConsentForm, read_stored
from survey_app.storage.moments import today
from survey_app.storage.records import InterviewState
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import is_withdrawn
from survey_app.web.wording import say_moment


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """That a participant did not agree to a version of the text: when, and who noted it."""

    version: str
    when: str
    by: str


@dataclass(frozen=True, kw_only=True)
class NewerText:
    """The consent text in force, and the version agreed to before; empty where there was none.

    `refusal` says that the participant did not agree to it, None where nothing was said yet.
    """

    version: str
    before: str
    form: ConsentForm
    refusal: Refusal | None
    today: str


def find_newer(interview: InterviewState) -> NewerText | None:
    """Return the text that came into force since the participant agreed; None if none did.

    An interview that has ended, or was held on paper, goes on under no other text.
    """
    if interview.finished or interview.source == "paper" or is_withdrawn(interview):
        return None
    text = services().store.studies.consent_text(interview.study, "interviewer")
    if text is None or text.version == interview.consent_version:
        return None
    refusals = [each for each in list_refusals(interview.id) if each.version == text.version]
    return NewerText(
        version=text.version,
        before=interview.consent_version or "",
        form=read_stored(text.body),
        refusal=refusals[-1] if refusals else None,
        today=today(),
    )


def list_refusals(interview_id: str) -> list[Refusal]:
    """Return each time that the participant did not agree to a newer text, the earliest first."""
    return [
        Refusal(version=operation["version"], when=say_moment(entry.server_time), by=entry.actor)
        for entry in services().store.interviews.timeline(interview_id)
        for operation in entry.operations
        if operation["op"] == "consent" and not operation["agreed"]
    ]


def show_answer(interview: InterviewState) -> dict[str, Any]:
    """Return what a page shows once it was said, and whether a recording is permitted now."""
    newer = find_newer(interview)
    html = render_template(
        "interviewer/_newer_consent.html",
        interview=interview,
        newer_consent=newer,
        agreed=newer is None,
        values={},
        fault="",
    )
    return {"html": html, "recording": interview.recording_permitted}
