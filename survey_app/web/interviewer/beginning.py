"""Beginning an interview: the participant's code, what to run, and what was agreed to."""

import re
from dataclasses import dataclass, field
from typing import Any

from flask import abort, make_response, redirect, render_template, request, url_for

from survey_app.definition.fields import Mistake
from survey_app.definition.instrument import Instrument, version_order
from survey_app.storage.records import Consent, ConsentText, ProtocolEntry, StudyRecord
from survey_app.translations import gettext as _
from survey_app.web.access import (
    current_staff,
    has_role,
    refuse,
    require_role,
    studies_with_role,
)
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import ROLES, blueprint
from survey_app.web.interviewer.saving import Key, make_change
from survey_app.web.security import make_token
from survey_app.web.text import CleanForm

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One instrument of the study's protocol that can be run; `reference` is `name@version`."""

    reference: str
    instrument: Instrument
    suggested: bool


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A new interview as it was typed; `page` names the page, which begins but one."""

    code: str = ""
    runs: tuple[str, ...] = ()
    agreed: bool = False
    recording: str = ""
    language: str = ""
    is_test: bool = False
    page: str = field(default_factory=make_token)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A study as a new interview meets it."""

    study: StudyRecord
    offers: tuple[Offer, ...]
    languages: tuple[str, ...]
    consent: ConsentText | None


@blueprint.get("/interviews/new")
@require_role(*ROLES)
def new() -> Any:
    """Ask for the study where there are several, then for everything else."""
    slugs = studies_with_role(*ROLES)
    chosen = request.args.get("study", slugs[0] if len(slugs) == 1 else "")
    if not chosen:
        studies = [services().store.studies.find(slug) for slug in slugs]
        return render_template("interviewer/choose_study.html", studies=studies)
    opening = find_opening(chosen)
    suggested = tuple(offer.reference for offer in opening.offers if offer.suggested)
    return _show(opening, Plan(runs=suggested, language=opening.languages[0]), ())


@blueprint.post("/interviews/new")
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


def find_opening(slug: str) -> Opening:
    """Return a study in which the person signed in holds interviews; else end the request."""
    study = services().store.studies.find(slug)
    if study is None:
        abort(404)
    if not has_role(slug, *ROLES):
        abort(make_response(refuse("no_role", 403)))
    offers = make_offers(services().store.studies.protocol(slug))
    languages = dict.fromkeys(code for each in offers for code in each.instrument.languages)
    consent = services().store.studies.consent_text(slug)
    return Opening(
        study=study, offers=offers, languages=tuple(languages) or ("en",), consent=consent
    )


def make_offers(protocol: list[ProtocolEntry]) -> tuple[Offer, ...]:
    """Return what is open, in order and once each; the newest version of each is suggested."""
    keys = list(dict.fromkeys((each.instrument, each.version) for each in protocol if each.open))
    newest = dict(sorted(keys, key=lambda key: version_order(key[1])))
    return tuple(
        Offer(
            reference=f"{name}@{version}",
            instrument=services().catalogue.instrument(name, version),
            suggested=newest[name] == version,
        )
        for name, version in keys
    )


def read_plan(form: CleanForm) -> Plan:
    """Return what was typed."""
    return Plan(
        code=form.get("code").strip(),
        runs=tuple(form.getlist("runs")),
        agreed=form.get("agreed") == "yes",
        recording=form.get("recording"),
        language=form.get("language"),
        is_test=form.get("is_test") == "yes",
        page=form.get("page")[:64] or make_token(),
    )


def find_mistakes(opening: Opening, plan: Plan) -> tuple[Mistake, ...]:
    """Return what is missing before the interview may begin."""
    found = []
    if not CODE.fullmatch(plan.code):
        message = _("Write a code such as P01: letters, digits, dots and hyphens, at most 32")
        found.append(Mistake("code", message))
    if not plan.runs or not set(plan.runs) <= {offer.reference for offer in opening.offers}:
        found.append(Mistake("runs", _("Choose what to ask")))
    if opening.consent and not plan.agreed:
        message = _("Read the consent text to the participant, and tick once they have agreed")
        found.append(Mistake("agreed", message))
    if plan.recording not in {"yes", "no"}:
        found.append(Mistake("recording", _("Say whether the interview may be recorded")))
    if plan.language not in opening.languages:
        found.append(Mistake("language", _("Choose the language of the interview")))
    return tuple(found)


def store_interview(opening: Opening, plan: Plan) -> str:
    """Store the new interview and return its id; what runs keeps the protocol's order."""
    staff = current_staff()
    order = [offer for offer in opening.offers if offer.reference in plan.runs]
    body = {"recording": plan.recording == "yes", "runs": [offer.reference for offer in order]}
    key = Key(client=make_token(), sequence=0, base_revision=0)
    return services().store.interviews.begin(
        study=opening.study.slug,
        participant_code=plan.code,
        interviewer_account_id=staff.account.id if staff else "",
        runs=[(each.instrument.name, each.instrument.version) for each in order],
        consent=make_consent(opening, plan),
        change=make_change(plan.language, key, kind="begin", body=body),
        is_test=plan.is_test,
        page=plan.page,
    )


def make_consent(opening: Opening, plan: Plan) -> Consent | None:
    """Return the consent as it was spoken; None for a study without a consent text."""
    if opening.consent is None:
        return None
    return Consent(
        version=opening.consent.version,
        language=plan.language,
        ticks={"agreed": plan.agreed, "recording": plan.recording == "yes"},
        method="spoken",
    )


def _show(opening: Opening, plan: Plan, mistakes: tuple[Mistake, ...]) -> str:
    return render_template(
        "interviewer/new.html",
        opening=opening,
        study_title=opening.study.title,
        plan=plan,
        mistakes=mistakes,
        errors={mistake.name: mistake.message for mistake in mistakes},
    )
