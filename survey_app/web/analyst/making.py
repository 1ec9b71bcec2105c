"""What jobs make of the responses that a filter chooses: workbooks, tables and charts."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from flask import (
    abort,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response

from survey_app.jobs import Job
from survey_app.web.access import current_staff, has_role, require_role
from survey_app.web.analyst.blueprint import ROLES, blueprint, find_jobs
from survey_app.web.analyst.place import Place, find_place, open_place
from survey_app.web.results import group_charts

EXPORTS = ("xlsx", "csv", "csv-excel", "json", "sav", "dta", "r", "bundle")
"""What can be asked for: a format, and for csv its flavour if it is not the exact one."""
WITH_SHEETS = ("xlsx", "bundle")
"""The forms that hold a workbook, which leaves sheets out where the responses are many."""
WORK = {**dict.fromkeys(EXPORTS, "export"), "charts": "charts"}
REFRESH_SECONDS = 2
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
    job = find_jobs().start(WORK[wanted], list_arguments(place, wanted))
    return redirect(url_for(".show", job=job), 303)


def list_arguments(place: Place, form: str) -> dict[str, Any]:
    """Return what a job is told."""
    staff = current_staff()
    format_name, _dash, flavour = form.partition("-")
    return {
        "who": staff.account.name if staff is not None else "",
        "study": place.study.slug,
        "instrument": place.name,
        "include_test": place.filter.include_test,
        "format": format_name,
        "flavour": flavour or "exact",
        "filter": place.query,
        "all_sheets": form in WITH_SHEETS and request.form.get("all_sheets") == "yes",
    }


@blueprint.get("/analysis/jobs/<job>")
@require_role(*ROLES)
def show(job: str) -> Any:
    """Show how far a job is, and in the end what it has made."""
    found = require_job(job)
    place = find_place_of(found)
    page = render_template("analyst/job.html", job=found, charts=group_charts(found), place=place)
    waiting = {} if found.progress.ended else {"Refresh": str(REFRESH_SECONDS)}
    return page, 200, waiting


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
    """Return the path of the file of that number that a job has made."""
    path = find_jobs().find_file(require_job(job).id, number)
    if path is None:
        abort(404)
    return path


def require_job(job: str) -> Job:
    """Return a job of a study in which the person signed in may see results."""
    found = find_jobs().find(job)
    if found is None or not has_role(str(found.arguments["study"]), *ROLES):
        abort(404)
    return found


def find_place_of(job: Job) -> Place:
    """Return the place from which a job was started."""
    told = job.arguments
    return open_place(told["study"], told["instrument"], parse_qsl(told["filter"]))
