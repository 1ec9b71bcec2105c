"""Erasing a study at the end of its time: looked at first, confirmed by its name, certified."""

from typing import TYPE_CHECKING, Any, cast

from flask import abort, current_app, redirect, render_template, request, url_for

from survey_app.certificates import write_certificate
from survey_app.purging import count_people, discard_errands, discard_jobs, purge_study
from survey_app.storage.errors import ErasureUnfinished
from survey_app.storage.records import Erased, StudyRecord
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, require_role
from survey_app.web.analyst.blueprint import find_jobs, kept
from survey_app.web.context import services
from survey_app.web.filling import forget_all
from survey_app.web.people.blueprint import find_errands
from survey_app.web.studies.blueprint import LEAD, blueprint, find_led
from survey_app.web.text import CleanForm

if TYPE_CHECKING:
    from survey_app.web.exchange import Application

SECONDS = 10.0
"""For how long one press of the button erases; what is left goes on with the next."""
PATIENCE = 4.0
"""Seconds for which it is waited for whoever still reads an older moment."""


@blueprint.get("/studies/<study>/erase")
@require_role(LEAD)
def show_erasing(study: str) -> Any:
    """Show what would be erased, and ask for the study's name."""
    return render_erasing(find_led(study))


@blueprint.post("/studies/<study>/erase")
@require_role(LEAD)
def erase(study: str) -> Any:
    """Erase, if the study's short name was typed, and show the certificate."""
    found = find_led(study)
    form = CleanForm(request.form)
    scope: Erased = "identities" if form.get("scope") == "identities" else "answers"
    if form.get("name").strip() != found.slug:
        error = _(
            "Type the study’s short name, {name}, to say that you mean it. Nothing was erased."
        )
        return render_erasing(found, scope, error.format(name=found.slug)), 422
    try:
        purge = purge_study(
            services().store,
            services().settings,
            found.slug,
            scope=scope,
            by=current_name(),
            discard=lambda: _discard_made(found.slug),
            waiting=_find_application().turn.lent,
            seconds=SECONDS,
            patience=PATIENCE,
        )
    except ErasureUnfinished:
        return render_erasing(found, scope, left=0)
    if not purge.is_done:
        return render_erasing(found, scope, left=purge.left)
    address = url_for("studies.show_certificate", study=found.slug, erasure=purge.erasure.id)
    return redirect(address, 303)


def _find_application() -> "Application":
    return cast("Application", current_app)


def _discard_made(slug: str) -> None:
    """Throw away what was made of a study; while what is being made ends, others have the turn."""
    with _find_application().turn.lent():
        discard_jobs(find_jobs(), slug)
        discard_errands(find_errands(), slug)
    kept().clear()
    forget_all()


@blueprint.get("/studies/<study>/erase/<erasure>")
@require_role(LEAD)
def show_certificate(study: str, erasure: str) -> Any:
    """Show the certificate of an erasure, to be printed."""
    known = find_led(study)
    found = services().store.erasures.find(erasure)
    if found is None or found.study != known.slug or found.certificate is None:
        abort(404)
    return render_template(
        "studies/certificate.html", study=known, told=write_certificate(found.certificate)
    )


def render_erasing(
    study: StudyRecord, scope: Erased | None = None, error: str = "", left: int | None = None
) -> str:
    """Return the page of erasing; `left` is how many responses an erasure has still to go."""
    store, settings = services().store, services().settings
    erasures = store.erasures.list(study.slug)
    unfinished = next((each for each in erasures if each.ended_at is None), None)
    return render_template(
        "studies/erase.html",
        study=study,
        counts=store.erasures.count(study.slug),
        people=count_people(settings, study.slug),
        exports=store.exports.list(study.slug),
        scope=unfinished.scope if unfinished else scope or study.afterwards,
        unfinished=unfinished,
        erasures=erasures,
        error=error,
        left=left,
    )
