"""The first page, the pattern page, what is promised, and the sign of life."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from survey_app.promises import KEPT, list_promises, read_results
from survey_app.storage.moments import today
from survey_app.storage.records import StudyRecord
from survey_app.web.access import current_staff
from survey_app.web.context import services
from survey_app.web.patterns import make_examples

blueprint = Blueprint("front", __name__)


@blueprint.get("/")
def index() -> Any:
    """Say what can be done here."""
    return render_template("index.html", studies=list_doors(), today=today(), staff=current_staff())


def list_doors() -> list[StudyRecord]:
    """Return the studies that participants may come to, now or later: not those that are over."""
    store = services().store
    return [
        study
        for study in store.studies.list()
        if study.stage(today()) != "over"
        and any(
            each.open and each.delivery == "self" for each in store.studies.protocol(study.slug)
        )
    ]


@blueprint.get("/patterns")
def patterns() -> Any:
    """Show every component and every item type once."""
    return render_template("patterns.html", fields=make_examples())


@blueprint.get("/promises")
def promises() -> Any:
    """List every promise with its tests, and their last results where those are kept."""
    try:
        results, broken = read_results(services().settings.data / KEPT), False
    except ValueError:
        results, broken = {}, True
    return render_template(
        "promises.html",
        promises=[(promise, promise.judge(results)) for promise in list_promises()],
        results=results,
        broken=broken,
    )


@blueprint.get("/healthz")
def healthz() -> Any:
    """Answer whether the database can be read."""
    services().store.studies.list()
    return {"status": "ok"}


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """Lead browsers that ask by habit to the icon."""
    return redirect(url_for("static", filename="icon.svg"), 301)
