"""What a job makes of responses: exports and charts, from one snapshot of the database."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from survey_app.jobs import FILES, JobError, JobFile, Progress, write_progress
from survey_app.reports.progress import Forecast
from survey_app.reports.responses import ReportError
from survey_app.settings import Settings
from survey_app.spreadsheets.writer import SpreadsheetError
from survey_app.storage.store import Store
from survey_app.translations import gettext as _
from survey_app.worker.drawings import RECRUITMENT, make_all_charts, make_recruitment_chart
from survey_app.worker.exports import make_export, name_export
from survey_app.worker.requests import Request


def run(place: Path, name: str, arguments: Mapping[str, Any]) -> tuple[JobFile, ...]:
    """Make what is asked for, into a job's folder; return its files. Raises JobError."""
    if name == RECRUITMENT:
        return make_recruitment_chart(arguments["flow"], place / FILES)
    try:
        return _make(place, name, Request(**arguments))
    except (ReportError, SpreadsheetError) as error:
        raise JobError(str(error)) from error


def _make(place: Path, name: str, request: Request) -> tuple[JobFile, ...]:
    def show(fraction: float, message: str) -> None:
        write_progress(place, Progress(state="running", fraction=fraction, message=message))

    forecast = Forecast(tell=show)
    forecast.show(0, _("Reading the responses"))
    with Store(Settings.from_environment().database) as store:
        if name == "charts":
            return make_all_charts(store, request, place / FILES, forecast.show)
        target = place / FILES / name_export(request)
        material = make_export(store, request, target, forecast.show)
        # What is downloaded is told apart by when it was made; the same data are the same bytes.
        named = target.with_name(name_export(request, material.context.exported))
        target.rename(named)
        return (JobFile(name=named.name),)
