"""The administrator's page: accounts, studies and versions, and the commands that change them."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, render_template

from survey_app.access_words import say_access_event
from survey_app.backups.record import read_record
from survey_app.definition.instrument import version_order
from survey_app.storage.moments import today
from survey_app.web.access import require_role
from survey_app.web.consent_records import find_texts
from survey_app.web.context import services

blueprint = Blueprint("admin", __name__)

MOST_EVENTS = 30
"""How many lines of the log are shown; `survey-app users log` prints more."""

SIMULATION = "simulation"
"""The account that the command `simulate` adds, shut out, for the interviews that it invents."""


@blueprint.get("/admin")
@require_role(administrator=True)
def index() -> Any:
    """Show how everything is set up. It shows no answer and no count of them."""
    store, settings = services().store, services().settings
    studies = [
        (study, store.studies.protocol(study.slug), find_texts(study.slug))
        for study in store.studies.list()
    ]
    versions = sorted(
        store.instruments.list(), key=lambda each: (each.name, version_order(each.version))
    )
    return render_template(
        "admin/index.html",
        staff=store.accounts.staff(),
        studies=studies,
        versions=versions,
        simulation=SIMULATION,
        folder=settings.backups,
        record=read_record(settings.data),
        now=datetime.now(UTC),
        today=today(),
        held=store.credentials.held(),
        required=store.credentials.factor_required_since() is not None,
        events=[(event, say_access_event(event)) for event in store.access_log.list(MOST_EVENTS)],
    )
