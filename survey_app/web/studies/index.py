"""The studies that somebody leads or looks after, and making a new one."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for

from survey_app.storage.errors import NameTaken
from survey_app.storage.moments import today
from survey_app.storage.records import StudyRecord
from survey_app.study_names import find_name_errors
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, has_role, require_role
from survey_app.web.context import services
from survey_app.web.keeping import keep_typed
from survey_app.web.studies.blueprint import LEAD, blueprint, is_administrator
from survey_app.web.text import CleanForm


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed to make a study, with what is wrong with it by field."""

    title: str = ""
    slug: str = ""
    lead: str = ""
    anonymous: bool = False
    errors: tuple[tuple[str, str], ...] = ()


@blueprint.get("/studies")
@require_role(LEAD, administrator=True)
def index() -> Any:
    """List the studies, with the form that makes one."""
    return show_index(Typed())


@blueprint.post("/studies")
@keep_typed
@require_role(LEAD, administrator=True)
def make() -> Any:
    """Make a study and lead to its page. Who is no administrator leads it."""
    form = CleanForm(request.form)
    typed = Typed(
        title=form.get("title").strip(),
        slug=form.get("slug").strip().lower(),
        lead=form.get("lead") if is_administrator() else current_name(),
        anonymous=form.get("anonymous") == "yes",
    )
    errors = _find_errors(typed)
    if not errors:
        try:
            made = services().store.conduct.make(
                typed.slug,
                typed.title,
                lead=typed.lead,
                by=current_name(),
                anonymous=typed.anonymous,
            )
        except NameTaken as error:
            errors = (("slug", str(error)),)
        else:
            return redirect(url_for("studies.show", study=made.slug, just="made"), 303)
    return show_index(Typed(**{**vars(typed), "errors": errors})), 422


def show_index(typed: Typed) -> str:
    """Return the page of all studies."""
    return render_template(
        "studies/index.html",
        studies=_list_studies(),
        typed=typed,
        errors=dict(typed.errors),
        accounts=_list_accounts() if is_administrator() else [],
        today=today(),
    )


def _list_studies() -> list[StudyRecord]:
    studies = services().store.studies.list()
    if is_administrator():
        return studies
    return [study for study in studies if has_role(study.slug, LEAD)]


def _list_accounts() -> list[str]:
    accounts = services().store.accounts.list()
    return [account.name for account in accounts if not account.disabled]


def _find_errors(typed: Typed) -> tuple[tuple[str, str], ...]:
    errors = find_name_errors(typed.slug, typed.title)
    if is_administrator() and typed.lead not in _list_accounts():
        errors.append(("lead", _("Choose who leads the study.")))
    return tuple(errors)
