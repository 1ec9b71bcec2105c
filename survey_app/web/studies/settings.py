"""What a study is called, whom to ask, whether it is anonymous, its days, and what it hides."""

from typing import Any

from flask import render_template, request

from survey_app.small_counts import read_smallest, say_own, say_smallest
from survey_app.storage.errors import StudyBegun
from survey_app.storage.records import StudyRecord
from survey_app.study_days import DAY_NAMES, GivenDays, StudyDays, read_days
from survey_app.study_names import find_name_errors
from survey_app.web.access import current_name, require_role
from survey_app.web.analyst.outdated import discard_outdated
from survey_app.web.context import services
from survey_app.web.keeping import keep_typed
from survey_app.web.studies.blueprint import LEAD, blueprint, find_led, lead_back
from survey_app.web.text import CleanForm

FIELDS = (*DAY_NAMES, "grace_days", "afterwards")
HIDING = ("smallest_count", "smallest_reason")


@blueprint.get("/studies/<study>/settings")
@require_role(LEAD)
def show_settings(study: str) -> Any:
    """Show what is set, in the form that changes it."""
    found = find_led(study)
    typed = {name: str(value or "") for name, value in _read(found).items()}
    return render_settings(found, typed, anonymous=found.anonymous)


@blueprint.post("/studies/<study>/settings")
@keep_typed
@require_role(LEAD)
def change_settings(study: str) -> Any:
    """Set everything at once, or nothing where something is wrong."""
    found = find_led(study)
    form = CleanForm(request.form)
    typed = {name: form.get(name).strip() for name in ("title", "contact", *FIELDS, *HIDING)}
    anonymous = form.get("anonymous") == "yes"
    days, errors = read_days(GivenDays(**{name: typed[name] for name in FIELDS}))
    least, wrong_count = read_smallest(
        typed["smallest_count"], typed["smallest_reason"], found, _default()
    )
    errors = (
        *find_name_errors(found.slug, typed["title"], typed["contact"]),
        *errors,
        *wrong_count,
    )
    if days is None or errors:
        return render_settings(found, typed, anonymous=anonymous, errors=errors), 422
    try:
        _set(found, typed, days, anonymous=anonymous)
    except StudyBegun as error:
        wrong = (("anonymous", str(error)),)
        return render_settings(found, typed, anonymous=anonymous, errors=wrong), 422
    _hide(found, least, typed["smallest_reason"])
    return lead_back("show_settings", found, "saved")


def _read(study: StudyRecord) -> dict[str, Any]:
    names = ("title", "contact", *FIELDS, "smallest_count")
    return {name: getattr(study, name) for name in names} | {"grace_days": str(study.grace_days)}


def _set(study: StudyRecord, typed: dict[str, str], days: StudyDays, *, anonymous: bool) -> None:
    conduct, by = services().store.conduct, current_name()
    if not services().store.conduct.has_begun(study.slug) or anonymous != study.anonymous:
        conduct.set_anonymous(study.slug, anonymous=anonymous, by=by)
    conduct.describe(study.slug, title=typed["title"], contact=typed["contact"], by=by)
    conduct.date(study.slug, by=by, **vars(days))


def _hide(study: StudyRecord, least: int | None, reason: str) -> None:
    """Set under which count small ones are hidden; what was made with another one is deleted."""
    if least == study.smallest_count:
        return
    services().store.conduct.hide_counts(
        study.slug, least, default=_default(), reason=reason, by=current_name()
    )
    discard_outdated()


def _default() -> int:
    return services().settings.smallest_count


def render_settings(
    study: StudyRecord,
    typed: dict[str, str],
    *,
    anonymous: bool,
    errors: tuple[tuple[str, str], ...] = (),
) -> str:
    """Return the page of what is set, with what was typed and what is wrong with it."""
    return render_template(
        "studies/settings.html",
        study=study,
        typed=typed,
        anonymous=anonymous,
        default=_default(),
        hidden=services().store.conduct.hidden_counts(study.slug),
        say_own=say_own,
        say_smallest=say_smallest,
        has_begun=services().store.conduct.has_begun(study.slug),
        errors=dict(errors),
        just=request.args.get("just", ""),
    )
