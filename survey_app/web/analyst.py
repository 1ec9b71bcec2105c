"""The analyst's pages: what has come in, and workbooks and charts made by jobs."""

from pathlib import Path
from typing import Any, cast

from flask import (
    Blueprint,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from survey_app.jobs import Job, Jobs
from survey_app.web.access import current_staff, has_role, require_role, studies_with_role
from survey_app.web.context import EXTENSION, Services, services
from survey_app.web.incoming import list_incoming
from survey_app.web.results import group_charts

blueprint = Blueprint("analyst", __name__)

ROLES = ("analyst", "study_lead")
JOBS = "survey_app.jobs"
WORK = {"xlsx": "export", "csv": "export", "json": "export", "charts": "charts"}
REFRESH_SECONDS = 2
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For drawings alone: their styles stand inside them, and nothing in them may run."""


@blueprint.record
def open_jobs(state: BlueprintSetupState) -> None:
    """Give the application its jobs, in the folder of its settings."""
    settings = cast("Services", state.app.extensions[EXTENSION]).settings
    state.app.extensions[JOBS] = Jobs(settings.jobs, settings.to_environment())


@blueprint.get("/analysis")
@require_role(*ROLES)
def index() -> Any:
    """Show what has come in, study by study."""
    studies = [services().store.studies.find(slug) for slug in studies_with_role(*ROLES)]
    found = [(study, list_incoming(study.slug)) for study in studies if study is not None]
    return render_template("analyst/index.html", studies=found)


@blueprint.post("/analysis/<study>/<instrument>")
@require_role(*ROLES)
def make(study: str, instrument: str) -> Response:
    """Start making what was asked for and lead to its progress."""
    wanted = request.form.get("work", "")
    known = {incoming.instrument for incoming in list_incoming(study)}
    if not has_role(study, *ROLES) or wanted not in WORK or instrument not in known:
        abort(404)
    staff = current_staff()
    arguments = {
        "who": staff.account.name if staff is not None else "",
        "study": study,
        "instrument": instrument,
        "include_test": request.form.get("tests") == "yes",
        "format": wanted,
    }
    job = find_jobs().start(WORK[wanted], arguments)
    return redirect(url_for(".show", job=job), 303)


@blueprint.get("/analysis/jobs/<job>")
@require_role(*ROLES)
def show(job: str) -> Any:
    """Show how far a job is, and in the end what it has made."""
    found = require_job(job)
    page = render_template("analyst/job.html", job=found, charts=group_charts(found))
    waiting = {} if found.progress.ended else {"Refresh": str(REFRESH_SECONDS)}
    return page, 200, waiting


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


def find_jobs() -> Jobs:
    """Return the application's jobs."""
    return cast("Jobs", current_app.extensions[JOBS])
