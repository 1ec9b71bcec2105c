"""What jobs make of the responses that a filter chooses: workbooks, tables and charts."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from flask import (
    abort,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response

from survey_app.jobs import Job
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, has_role, require_role
from survey_app.web.analyst.blueprint import OVERRIDING, ROLES, blueprint, find_jobs
from survey_app.web.analyst.desk import render_desk
from survey_app.web.analyst.manners import Manner, read_manner, recall_manner
from survey_app.web.analyst.outdated import count_withdrawn, renew, whose
from survey_app.web.analyst.place import Place, find_place, open_place
from survey_app.web.context import services
from survey_app.web.results import group_charts
from survey_app.web.text import clean

EXPORTS = ("xlsx", "csv", "csv-excel", "json", "sav", "dta", "r", "bundle")
"""What can be asked for: a format, and for csv its flavour if it is not the exact one."""
WITH_SHEETS = ("xlsx", "bundle")
"""The forms that hold a workbook, which leaves sheets out where the responses are many."""
CHARTS = "charts"
WORK = {**dict.fromkeys(EXPORTS, "export"), CHARTS: CHARTS}
REFRESH_SECONDS = 2
REASON_LIMIT = 500
"""The most characters of a reason."""
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For drawings alone: their styles stand inside them, and nothing in them may run."""


@blueprint.post("/analysis/<study>/<instrument>")
@require_role(*ROLES)
def make(study: str, instrument: str) -> Response:
    """Start making what was asked for and lead to its progress."""
    wanted = request.form.get("work", "")
    place = find_place(study, instrument)
    if wanted not in WORK:
        abort(404)
    if request.form.get("tests") == "yes":
        place = replace(place, filter=replace(place.filter, include_test=True))
    if request.form.get("quasi") == "yes":
        return _start_whole(place, wanted)
    if wanted == CHARTS:
        return redirect(_find_charts(place, read_manner(request.form)), 303)
    return redirect(_start(place, wanted, _read_sheets(wanted)), 303)


def _read_sheets(wanted: str) -> dict[str, Any]:
    """Return which sheets of a workbook are asked for that it has not by itself."""
    return {
        "charts": wanted == "xlsx" and request.form.get("charts") == "yes",
        "all_sheets": wanted in WITH_SHEETS and request.form.get("all_sheets") == "yes",
    }


def _start_whole(place: Place, wanted: str) -> Response:
    """Start a file from which people can be recognised, for who may have it and says why."""
    if not place.may_override or not place.withheld:
        abort(403)
    reason = clean(request.form.get("reason", "")).strip()
    problem = _find_problem(wanted, reason)
    if problem:
        return make_response(render_desk(place, problem, reason), 422)
    more = {**_read_sheets(wanted), "with_quasi_identifiers": True, "reason": reason}
    return redirect(_start(place, wanted, more), 303)


def _find_problem(wanted: str, reason: str) -> str:
    """Say why a file from which people can be recognised is not made; nothing where it is."""
    if wanted == CHARTS:
        return _(
            "Charts are drawn here for all who may see results, so without quasi-identifiers. "
            "The workbook can have pictures of them; nothing was made."
        )
    if reason and len(reason) <= REASON_LIMIT:
        return ""
    return _("Write why you need them, in at most {most} characters; nothing was made.").format(
        most=REASON_LIMIT
    )


def _find_charts(place: Place, manner: Manner) -> str:
    """Return where the charts are, or where one sees how far they are; they are drawn only once.

    Those of before are as good as new ones while the same data are drawn in the same manner.
    """
    told = {**manner.to_arguments(), "mark": mark_charts(place)}
    found = find_jobs().find_newest(CHARTS, list_arguments(place, CHARTS) | told)
    if found is None:
        return _start(place, CHARTS, told)
    if not found[0].progress.ended:
        return url_for(".show", job=found[0].id)
    return _find_gallery(place, manner)


def _find_gallery(place: Place, manner: Manner) -> str:
    """Return the address of the gallery with charts of that manner."""
    address = url_for(".charts", study=place.study.slug, instrument=place.name)
    query = "&".join(each for each in (place.query, manner.to_address()) if each)
    return f"{address}?{query}" if query else address


def mark_charts(place: Place) -> str:
    """Return a text that changes with anything that a chart counts."""
    return f"{place.mark} {services().store.desk.interview_mark(place.study.slug)}"


def _start(place: Place, wanted: str, more: dict[str, Any]) -> str:
    arguments = {**list_arguments(place, wanted), **more, "who": current_name()}
    withdrawn = count_withdrawn(place.study.slug, include_test=place.filter.include_test)
    return url_for(".show", job=find_jobs().start(WORK[wanted], arguments, withdrawn))


def list_arguments(place: Place, form: str) -> dict[str, Any]:
    """Return what a job is told of the responses, and of the form of what it makes."""
    format_name, _dash, flavour = form.partition("-")
    return {
        "study": place.study.slug,
        "instrument": place.name,
        "include_test": place.filter.include_test,
        "format": format_name,
        "flavour": flavour or "exact",
        "filter": place.query,
        **_list_withheld(place),
    }


def _list_withheld(place: Place) -> dict[str, Any]:
    """Return by what a job's files are told from those that were made before it was withheld."""
    if not place.withheld:
        return {}
    return {
        "withheld": [each.key for each in place.withheld],
        "smallest_count": services().settings.smallest_count,
        "own_count": place.study.smallest_count,
    }


@blueprint.get("/analysis/jobs/<job>")
@require_role(*ROLES)
def show(job: str) -> Any:
    """Show how far a job is, and in the end what it has made."""
    found = require_job(job)
    waiting = {} if found.progress.ended else {"Refresh": str(REFRESH_SECONDS)}
    return _render(found), _status(found), waiting


def _render(found: Job) -> str:
    place = find_place_of(found)
    return render_template(
        "analyst/job.html",
        job=found,
        charts=group_charts(found),
        place=place,
        gallery=_find_gallery(place, recall_manner(found.arguments)),
    )


def _status(found: Job) -> int:
    return 410 if found.progress.state == "outdated" else 200


@blueprint.post("/analysis/jobs/<job>/cancel")
@require_role(*ROLES)
def cancel(job: str) -> Response:
    """End a job that is not ready yet, and lead to its page, which says so."""
    find_jobs().cancel(require_job(job).id)
    return redirect(url_for(".show", job=job), 303)


@blueprint.get("/analysis/jobs/<job>/files/<int:number>")
@require_role(*ROLES)
def download(job: str, number: int) -> Response:
    """Hand over a file that a job has made."""
    return send_made(require_file(job, number), attached=True)


@blueprint.get("/analysis/jobs/<job>/pictures/<int:number>")
@require_role(*ROLES)
def picture(job: str, number: int) -> Response:
    """Show a drawing that a job has made, as an image on a page."""
    path = require_file(job, number)
    if path.suffix != ".svg":
        abort(404)
    return send_made(path, attached=False)


def send_made(path: Path, *, attached: bool) -> Response:
    """Return a file that was made, kept by no cache; drawings carry a policy of their own."""
    response = send_file(path, as_attachment=attached, download_name=path.name)
    response.headers["Cache-Control"] = "no-store"
    if path.suffix == ".svg":
        response.headers["Content-Security-Policy"] = SVG_POLICY
    return response


def require_file(job: str, number: int) -> Path:
    """Return the path of the file of that number that a job has made.

    Where it was deleted because somebody withdrew, the job's page says so in its place.
    """
    found = require_job(job)
    if found.progress.state == "outdated":
        abort(make_response(_render(found), _status(found)))
    path = find_jobs().find_file(found.id, number)
    if path is None:
        abort(404)
    return path


def require_job(job: str) -> Job:
    """Return a job of a study in which the person signed in may see results."""
    found = find_jobs().find(job)
    if found is None or not has_role(whose(found)[0], *find_roles(found)):
        abort(404)
    if "instrument" not in found.arguments:  # such as one of the study desk, which has its own page
        abort(404)
    return renew(found) or abort(404)


def find_roles(job: Job) -> tuple[str, ...]:
    """Return who may have what a job makes: fewer where people can be recognised by it."""
    return OVERRIDING if job.arguments.get("with_quasi_identifiers") else ROLES


def find_place_of(job: Job) -> Place:
    """Return the place from which a job was started."""
    told = job.arguments
    return open_place(told["study"], told["instrument"], parse_qsl(told["filter"]))
