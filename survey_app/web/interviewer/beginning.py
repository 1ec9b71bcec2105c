"""Beginning an interview: the participant's code, what to run, and what was agreed to."""

import re
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for

from survey_app.definition.fields import Mistake
from survey_app.translations import gettext as _
from survey_app.web.access import require_role
from survey_app.web.interviewer.blueprint import ROLES, blueprint
from survey_app.web.interviewer.head import (
    Head,
    find_head_mistakes,
    find_known_alike,
    find_unticked,
    make_consent,
    read_head,
    store_head,
)
from survey_app.web.interviewer.opening import Opening, choose_study, find_opening
from survey_app.web.interviewer.safety_words import readiness_words
from survey_app.web.keeping import keep_typed
from survey_app.web.text import CleanForm

FEWEST_MINUTES = 5
MOST_MINUTES = 300
"""The bounds of a planned time: a sitting of five hours is a mistake in typing."""
_NUMBER = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, kw_only=True)
class Plan(Head):
    """A new interview as it was typed before the call."""

    minutes: str = ""

    @property
    def planned_minutes(self) -> int | None:
        """How many minutes are planned; None for what is no sensible number of them."""
        number = int(self.minutes) if _NUMBER.fullmatch(self.minutes) else 0
        return number if FEWEST_MINUTES <= number <= MOST_MINUTES else None


@blueprint.get("/interviews/new")
@require_role(*ROLES)
def new() -> Any:
    """Ask for the study where there are several, then for everything else."""
    chosen = choose_study(request.args.get("study", ""), "interviewer.new")
    if not isinstance(chosen, str):
        return chosen
    opening = find_opening(chosen)
    plan = Plan(runs=opening.suggested, language=opening.languages[0], minutes=str(opening.minutes))
    return _show(opening, plan, ())


@blueprint.post("/interviews/new")
@keep_typed
@require_role(*ROLES)
def begin() -> Any:
    """Begin the interview, or say what is missing."""
    form = CleanForm(request.form)
    opening = find_opening(form.get("study"))
    plan = read_plan(form)
    mistakes = find_mistakes(opening, plan)
    if mistakes:
        return _show(opening, plan, mistakes), 422
    interview_id = store_interview(opening, plan)
    return redirect(url_for("interviewer.sheet", interview_id=interview_id), 303)


def read_plan(form: CleanForm) -> Plan:
    """Return what was typed."""
    return Plan(**read_head(form), minutes=form.get("minutes").strip())


def find_mistakes(opening: Opening, plan: Plan) -> tuple[Mistake, ...]:
    """Return what is missing before the interview may begin."""
    found = find_head_mistakes(opening, plan)
    if plan.planned_minutes is None:
        message = _("Write the planned time in minutes, from {least} to {most}")
        found.append(Mistake("minutes", message.format(least=FEWEST_MINUTES, most=MOST_MINUTES)))
    if opening.consent and not plan.agreed:
        message = _("Read the consent text to the participant, and tick once they have agreed")
        found.append(Mistake("agreed", message))
    if plan.recording not in {"yes", "no"}:
        found.append(Mistake("recording", _("Say whether the interview may be recorded")))
    else:
        found += find_unticked(opening, plan)
    return tuple(found)


def store_interview(opening: Opening, plan: Plan) -> str:
    """Store the new interview, with the consent as it was spoken, and return its id."""
    version = opening.consent.version if opening.consent else ""
    consent = make_consent(opening, plan, version)
    return store_head(
        opening, plan, consent, source="console", planned_minutes=plan.planned_minutes
    )


def _show(opening: Opening, plan: Plan, mistakes: tuple[Mistake, ...]) -> str:
    return render_template(
        "interviewer/new.html",
        opening=opening,
        study_title=opening.study.title,
        plan=plan,
        alike=find_known_alike(opening, plan.code) if mistakes else "",
        readiness_words=readiness_words(),
        mistakes=mistakes,
        errors={mistake.name: mistake.message for mistake in mistakes},
    )
