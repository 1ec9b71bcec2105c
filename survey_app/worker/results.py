"""What a job makes of responses as a file, from one snapshot of the database."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from survey_app.jobs import FILES, JobError, JobFile, Progress, write_progress
from survey_app.reports.progress import Forecast
from survey_app.reports.responses import ReportError
from survey_app.settings import Settings
from survey_app.spreadsheets.sheet import SpreadsheetError
from survey_app.storage.store import Store
from survey_app.translations import gettext as _
from survey_app.worker.exports import make_export, name_export
from survey_app.worker.requests import Request


def run(place: Path, _name: str, arguments: Mapping[str, Any]) -> tuple[JobFile, ...]:
    """Make the export that is asked for, into a job's folder. Raises JobError."""
    request = Request(**arguments)
    target = place / FILES / name_export(request)
    with reading(place) as (store, forecast):
        material = make_export(store, request, target, forecast.show)
    # What is downloaded is told apart by when it was made; the same data are the same bytes.
    named = target.with_name(name_export(request, material.context.exported))
    target.rename(named)
    return (JobFile(name=named.name),)


@contextmanager
def reading(place: Path) -> Iterator[tuple[Store, Forecast]]:
    """Open the store for a job, with what tells how far it has come. Raises JobError."""

    def show(fraction: float, message: str) -> None:
        write_progress(place, Progress(state="running", fraction=fraction, message=message))

    forecast = Forecast(tell=show)
    forecast.show(0, _("Reading the responses"))
    try:
        with Store(Settings.from_environment().database) as store:
            yield store, forecast
    except (ReportError, SpreadsheetError) as error:
        raise JobError(str(error)) from error
