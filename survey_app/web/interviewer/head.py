"""The head of an interview: what is asked both before a call and of a sheet on paper."""

import re
from dataclasses import dataclass, field
from typing import Any

from survey_app.definition.consent import RECORDING, find_missing, read_ticks
from survey_app.definition.fields import Mistake
from survey_app.storage.records import Consent, Source
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, current_staff
from survey_app.web.context import services
from survey_app.web.interviewer.opening import Opening
from survey_app.web.interviewer.participants import find_alike
from survey_app.web.interviewer.saving import Key, make_change
from survey_app.web.security import make_token
from survey_app.web.text import CleanForm

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")


@dataclass(frozen=True, kw_only=True)
class Head:
    """A new interview as it was typed; `page` names the page, which begins but one.

    `person` is the code that was chosen where the one typed is much like a known one.
    """

    code: str = ""
    person: str = ""
    runs: tuple[str, ...] = ()
    agreed: bool = False
    ticks: tuple[str, ...] = ()
    recording: str = ""
    language: str = ""
    is_test: bool = False
    page: str = field(default_factory=make_token)


def read_head(form: CleanForm) -> dict[str, Any]:
    """Return what was typed, by the names of Head."""
    return {
        "code": form.get("code").strip(),
        "person": form.get("person"),
        "runs": tuple(form.getlist("runs")),
        "agreed": form.get("agreed") == "yes",
        "ticks": tuple(form.getlist("tick")),
        "recording": form.get("recording"),
        "language": form.get("language"),
        "is_test": form.get("is_test") == "yes",
        "page": form.get("page")[:64] or make_token(),
    }


def find_head_mistakes(opening: Opening, head: Head) -> list[Mistake]:
    """Return what is wrong with the code, with what is to be asked, and in which language."""
    found = []
    if not CODE.fullmatch(head.code):
        message = _("Write a code such as P01: letters, digits, dots and hyphens, at most 32")
        found.append(Mistake("code", message))
    elif not knows_person(opening, head):
        message = _("{known} is known here. Say whether this is the same person")
        alike = find_known_alike(opening, head.code)
        found.append(Mistake("person", message.format(known=alike)))
    if not head.runs or not set(head.runs) <= opening.references:
        found.append(Mistake("runs", _("Choose what to ask")))
    elif not head.is_test and opening.drafts.intersection(head.runs):
        found.append(
            Mistake("runs", _("A draft is asked in a test alone: tick “A test”, or leave it out"))
        )
    if head.language not in opening.languages:
        found.append(Mistake("language", _("Choose the language of the interview")))
    return found


def find_known_alike(opening: Opening, code: str) -> str:
    """Return the study's code that differs from this one only in case or spaces, or nothing."""
    return find_alike(code, services().store.interviews.list(opening.study.slug))


def knows_person(opening: Opening, head: Head) -> bool:
    """Whether it is clear whose interview it is: where two codes are alike, one was chosen."""
    alike = find_known_alike(opening, head.code)
    return not alike or head.person in {alike, head.code}


def choose_code(opening: Opening, head: Head) -> str:
    """Return the code that holds: the known one where it was chosen, else as it was typed."""
    alike = find_known_alike(opening, head.code)
    return alike if alike and head.person == alike else head.code


def make_consent(opening: Opening, head: Head, version: str, *, dated: str = "") -> Consent | None:
    """Return the consent to a version of the text; None for a study without a consent text.

    It was spoken, or with `dated` (a day) it stands on paper. What was not ticked is said as well.
    """
    if opening.consent is None:
        return None
    ticks = {"agreed": head.agreed, "recording": head.recording == "yes"}
    # An older sheet on paper may not have had the statements of the newest text.
    if version == opening.consent.version:
        ticks |= read_ticks(opening.statements, head.ticks)
    return Consent(
        version=version,
        language=head.language,
        ticks=ticks,
        method="paper" if dated else "spoken",
        noted_by=current_name(),
        dated=dated,
    )


def find_unticked(opening: Opening, head: Head) -> list[Mistake]:
    """Return each statement without which nobody takes part and that was not ticked."""
    ticks = {**read_ticks(opening.statements, head.ticks), RECORDING: head.recording == "yes"}
    statements = opening.consent_form.statements if opening.consent_form else ()
    message = _("Without this nobody takes part: tick it once the participant has agreed")
    names = {RECORDING: "recording"}
    return [
        Mistake(names.get(key, f"tick-{key}"), message) for key in find_missing(statements, ticks)
    ]


def store_head(
    opening: Opening,
    head: Head,
    consent: Consent | None,
    *,
    source: Source,
    planned_minutes: int | None = None,
    held: dict[str, str] | None = None,
) -> str:
    """Store the new interview and return its id; what runs keeps the protocol's order.

    Raises UnknownRecord where the study has no consent text of that version.
    """
    staff = current_staff()
    order = opening.in_order(head.runs)
    times = {"held": held} if held else {"planned_minutes": planned_minutes}
    body = {
        "recording": head.recording == "yes",
        "runs": [offer.reference for offer in order],
        **times,
    }
    key = Key(client=make_token(), sequence=0, base_revision=0)
    return services().store.interviews.begin(
        study=opening.study.slug,
        participant_code=choose_code(opening, head),
        interviewer_account_id=staff.account.id if staff else "",
        runs=[(each.instrument.name, each.instrument.version) for each in order],
        consent=consent,
        change=make_change(head.language, key, kind="begin", body=body, source=source),
        is_test=head.is_test,
        page=head.page,
        planned_minutes=planned_minutes,
        held=held,
    )
