"""Recruitment as papers print it: counted, stated where nothing can be counted, and drawn."""

from typing import Any

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from survey_app.definition.instrument import version_order
from survey_app.jobs import Job
from survey_app.recruitment_numbers import make_flow
from survey_app.storage.records import Recruitment, StudyRecord
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, require_role
from survey_app.web.analyst.blueprint import find_jobs
from survey_app.web.analyst.making import REFRESH_SECONDS, send_made
from survey_app.web.analyst.outdated import count_withdrawn, renew
from survey_app.web.context import services
from survey_app.web.keeping import keep_typed
from survey_app.web.studies.blueprint import LEAD, blueprint, find_led, lead_back
from survey_app.web.studies.protocol import title_of
from survey_app.web.text import CleanForm

DRAWING = "recruitment"
"""The job that draws it, by its name."""
FORMS = ("svg", "png", "pdf")
NUMBERS = ("invited", "declined", "unanswered")
MOST_PEOPLE = 1_000_000
MOST_NOTE = 120


@blueprint.get("/studies/<study>/recruitment")
@require_role(LEAD)
def show_recruitment(study: str) -> Any:
    """Show the recruitment as it stands, with its chart if it is drawn."""
    found = find_led(study)
    counted = services().store.recruiting.count(found.slug)
    stated = counted.stated
    typed = {name: str(getattr(stated, name)) for name in NUMBERS} | {"note": stated.note}
    page, job = render_recruitment(found, counted, typed), _find_chart(found, counted)
    waiting = job is not None and not job.progress.ended
    return page, 200, {"Refresh": str(REFRESH_SECONDS)} if waiting else {}


@blueprint.post("/studies/<study>/recruitment")
@keep_typed
@require_role(LEAD)
def state_recruitment(study: str) -> Any:
    """Keep what the lead says of people whom the program has not met."""
    found = find_led(study)
    form = CleanForm(request.form)
    typed = {name: form.get(name).strip() for name in (*NUMBERS, "note")}
    errors = _find_errors(typed)
    if errors:
        counted = services().store.recruiting.count(found.slug)
        return render_recruitment(found, counted, typed, errors), 422
    invited, declined, unanswered = (int(typed[name] or "0") for name in NUMBERS)
    services().store.recruiting.state(
        found.slug,
        invited=invited,
        declined=declined,
        unanswered=unanswered,
        note=typed["note"],
        by=current_name(),
    )
    return lead_back("show_recruitment", found, "stated")


@blueprint.post("/studies/<study>/recruitment/chart")
@require_role(LEAD)
def draw_chart(study: str) -> Response:
    """Have the chart of the numbers as they are drawn, unless it is."""
    found = find_led(study)
    if services().store.erasures.find_day(found.slug) is not None:
        abort(409)  # the page offers none, as it would call everybody withdrawn
    counted = services().store.recruiting.count(found.slug)
    if _find_chart(found, counted) is None:
        withdrawn = count_withdrawn(found.slug, include_test=False)
        find_jobs().start(DRAWING, _list_arguments(found, counted), withdrawn)
    return lead_back("show_recruitment", found, "")


@blueprint.get("/studies/<study>/recruitment/chart.<form>")
@require_role(LEAD)
def show_chart(study: str, form: str) -> Response:
    """Hand over the chart of the numbers as they are; as an image on the page, or to keep."""
    found = find_led(study)
    job = _find_chart(found, services().store.recruiting.count(found.slug))
    if job is None or form not in FORMS:
        abort(404)
    path = find_jobs().find_file(job.id, FORMS.index(form))
    if path is None:
        abort(404)
    response = send_made(path, attached="keep" in request.args)
    if "keep" in request.args:
        name = f"{found.slug}-recruitment.{form}"
        response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _find_chart(study: StudyRecord, counted: Recruitment) -> Job | None:
    """Return the job that drew, or draws, just these numbers."""
    found = find_jobs().find_newest(DRAWING, _list_arguments(study, counted))
    return None if found is None else renew(found[0])


def _list_arguments(study: StudyRecord, counted: Recruitment) -> dict[str, Any]:
    return {"study": study.slug, "flow": make_flow(study.title, counted, name_instrument)}


def name_instrument(name: str) -> str:
    """Return the title of an instrument's newest version."""
    versions = [each.version for each in services().store.instruments.list(name)]
    return title_of(name, max(versions, key=version_order)) if versions else name


def _find_errors(typed: dict[str, str]) -> tuple[tuple[str, str], ...]:
    errors = []
    for name in NUMBERS:
        text = typed[name] or "0"
        if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) <= MOST_PEOPLE):  # noqa: PLR2004 - digits of a number
            sentence = _("Write a number from 0 to {most}.").format(most=f"{MOST_PEOPLE:,}")
            errors.append((name, sentence))
    if len(typed["note"]) > MOST_NOTE or not typed["note"].isprintable():
        sentence = _("Say how in at most {most} visible characters.").format(most=MOST_NOTE)
        errors.append(("note", sentence))
    return tuple(errors)


def render_recruitment(
    study: StudyRecord,
    counted: Recruitment,
    typed: dict[str, str],
    errors: tuple[tuple[str, str], ...] = (),
) -> str:
    """Return the page of a recruitment."""
    job = _find_chart(study, counted)
    return render_template(
        "studies/recruitment.html",
        study=study,
        counted=counted,
        people=counted.people,
        stages=[(name_instrument(stage.instrument), stage) for stage in counted.stages],
        job=job,
        files=job.progress.files if job is not None else (),
        forms=FORMS,
        erased=services().store.erasures.find_day(study.slug),
        typed=typed,
        errors=dict(errors),
        just=request.args.get("just", ""),
    )
