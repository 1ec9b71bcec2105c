"""Keying in from paper: an interview that was held on a printed sheet, typed into its version."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import redirect, render_template, request, url_for

from survey_app.definition.fields import Mistake
from survey_app.storage.errors import UnknownRecord
from survey_app.translations import gettext as _
from survey_app.web.access import require_role
from survey_app.web.interviewer.blueprint import ROLES, blueprint
from survey_app.web.interviewer.ending import PAPER
from survey_app.web.interviewer.head import (
    Head,
    find_head_mistakes,
    find_known_alike,
    make_consent,
    read_head,
    store_head,
)
from survey_app.web.interviewer.opening import Opening, choose_study, find_opening
from survey_app.web.interviewer.paper_times import (
    BY,
    PAUSES,
    are_within,
    is_within,
    list_interviewers,
    read_pauses,
)
from survey_app.web.interviewer.times_on_paper import store_recording
from survey_app.web.keeping import keep_typed
from survey_app.web.text import CleanForm

LONGEST = timedelta(hours=12)
"""A sitting that seems longer has its times swapped, or a day in between."""
LONGEST_NAME = 120
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, kw_only=True)
class PaperSheet(Head):
    """The head of a sheet on paper as it was typed.

    `by` says who held it, `recorded` at what time of day the recording was begun.
    """

    day: str = ""
    begun: str = ""
    ended: str = ""
    pauses: str = ""
    recorded: str = ""
    by: str = ""
    consent_version: str = ""

    @property
    def held(self) -> dict[str, str]:
        """When and by whom it was held, as it is stored: each time in one spelling."""
        day = _read_day(self.day)
        more = {PAUSES: read_pauses(self.pauses) or "", BY: self.by}
        return {
            "day": day.isoformat() if day else self.day,
            "from": self.begun.zfill(5),
            "until": self.ended.zfill(5),
            **{name: text for name, text in more.items() if text},
        }


@blueprint.get("/interviews/key-in")
@require_role(*ROLES)
def key_in() -> Any:
    """Ask for the study where there are several, then for the head of the sheet."""
    chosen = choose_study(request.args.get("study", ""), "interviewer.key_in")
    if not isinstance(chosen, str):
        return chosen
    opening = find_opening(chosen, closed=True)
    version = opening.consent.version if opening.consent else ""
    typed = PaperSheet(
        runs=opening.suggested, language=opening.languages[0], consent_version=version
    )
    return _show(opening, typed, ())


@blueprint.post("/interviews/key-in")
@keep_typed
@require_role(*ROLES)
def begin_keying() -> Any:
    """Make the interview and open its sheet, or say what is missing."""
    form = CleanForm(request.form)
    opening = find_opening(form.get("study"), closed=True)
    typed = read_sheet(form)
    mistakes = find_mistakes(opening, typed)
    if mistakes:
        return _show(opening, typed, mistakes), 422
    try:
        interview_id = store_keyed(opening, typed)
    except UnknownRecord:
        # All else was checked above: what is not there is the version of the consent text.
        message = _("This study has no consent text of that version. Look at the sheet again")
        return _show(opening, typed, (Mistake("consent_version", message),)), 422
    target = "interviewer.key_times" if form.get("then") == "times" else "interviewer.sheet"
    return redirect(url_for(target, interview_id=interview_id), 303)


def read_sheet(form: CleanForm) -> PaperSheet:
    """Return what was typed."""
    return PaperSheet(
        **read_head(form),
        day=form.get("day").strip(),
        begun=form.get("begun").strip(),
        ended=form.get("ended").strip(),
        pauses=form.get("pauses").strip(),
        recorded=form.get("recorded").strip(),
        by=form.get("by").strip()[:LONGEST_NAME],
        consent_version=form.get("consent_version").strip(),
    )


def find_mistakes(opening: Opening, typed: PaperSheet) -> tuple[Mistake, ...]:
    """Return what is missing before the sheet can be keyed in."""
    found = [*find_head_mistakes(opening, typed), *_find_time_mistakes(typed)]
    if opening.consent and not typed.agreed:
        message = _("Tick this if it is ticked on the sheet; without consent nothing is keyed in")
        found.append(Mistake("agreed", message))
    if opening.consent and not typed.consent_version:
        message = _("Write the version of the consent text as it stands on the sheet")
        found.append(Mistake("consent_version", message))
    if typed.recording not in {"yes", "no"}:
        found.append(Mistake("recording", _("Say whether recording was permitted on the sheet")))
    return tuple(found)


def store_keyed(opening: Opening, typed: PaperSheet) -> str:
    """Store the interview with its times on paper and return its id. Raises UnknownRecord."""
    consent = make_consent(opening, typed, typed.consent_version, dated=typed.held["day"])
    interview_id = store_head(opening, typed, consent, source=PAPER, held=typed.held)
    if typed.recorded:
        store_recording(interview_id, typed.held, typed.recorded)
    return interview_id


def _find_time_mistakes(typed: PaperSheet) -> list[Mistake]:
    found = []
    day = _read_day(typed.day)
    # Somewhere it may be tomorrow already.
    if day is None or day > datetime.now(UTC).date() + timedelta(days=1):
        found.append(Mistake("day", _("Write the day of the interview, as 2026-11-22")))
    if not _TIME.fullmatch(typed.begun):
        found.append(Mistake("begun", _("Write when it began, in hours and minutes such as 14:05")))
    if not _TIME.fullmatch(typed.ended):
        found.append(Mistake("ended", _("Write when it ended, in hours and minutes such as 14:50")))
    if not found and not timedelta(0) < _length(typed) <= LONGEST:
        found.append(Mistake("ended", _("Look at the two times again: the end must come later")))
    return found or _find_later_mistakes(typed)


def _find_later_mistakes(typed: PaperSheet) -> list[Mistake]:
    """Return what is wrong with the times within the interview, whose own are known by now."""
    found = []
    pauses = read_pauses(typed.pauses)
    if pauses is None or not are_within(typed.held, pauses.replace("-", " ").split()):
        message = _("Write pauses one after the other, as 14:20-14:25, 14:40-14:41")
        found.append(Mistake("pauses", message))
    if typed.recorded and typed.recording == "no":
        message = _("Leave this empty, or say below that recording was permitted")
        found.append(Mistake("recorded", message))
    elif typed.recorded and not is_within(typed.held, typed.recorded):
        message = _("Write when the recording was begun, as a time of day within the interview")
        found.append(Mistake("recorded", message))
    return found


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _length(typed: PaperSheet) -> timedelta:
    """Return how long it lasted; one that ended after midnight began the day before."""
    held = typed.held
    day = date.min
    begun, ended = (
        datetime.combine(day, time.fromisoformat(held[name])) for name in ("from", "until")
    )
    return (ended - begun) % timedelta(days=1)


def _show(opening: Opening, typed: PaperSheet, mistakes: tuple[Mistake, ...]) -> str:
    return render_template(
        "interviewer/key_in.html",
        opening=opening,
        study_title=opening.study.title,
        typed=typed,
        alike=find_known_alike(opening, typed.code) if mistakes else "",
        interviewers=list_interviewers(opening.study.slug),
        mistakes=mistakes,
        errors={mistake.name: mistake.message for mistake in mistakes},
    )
