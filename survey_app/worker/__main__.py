"""`python -m survey_app.worker FOLDER`: does the work of one job (see `survey_app.jobs`)."""

import json
import os
import signal
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

from survey_app.jobs import FILES, ErrandError, JobFile, Progress, write_progress
from survey_app.reports.progress import Forecast
from survey_app.reports.responses import ReportError
from survey_app.server_lock import end_with_parent
from survey_app.settings import Settings
from survey_app.spreadsheets.writer import SpreadsheetError
from survey_app.storage.errors import StorageError
from survey_app.storage.store import Store
from survey_app.translations import gettext as _
from survey_app.worker.drawings import make_all_charts
from survey_app.worker.exports import make_export, name_export
from survey_app.worker.requests import Request

ERRANDS = frozenset({"roster", "mailing", "test_letter"})
"""What is done with people's names; see `survey_app.worker.errands`."""
NICENESS = 10
"""How far this process stands behind the one that answers."""


def main(folder: str) -> int:
    """Do the job of a folder; return 0 when it is done, 1 when it failed and said why."""
    place = Path(folder)
    signal.signal(signal.SIGTERM, _leave)
    if sys.platform != "win32":
        os.nice(NICENESS)
    try:
        files = _work(place)
    except (ReportError, SpreadsheetError, StorageError, ErrandError) as error:
        write_progress(place, Progress(state="failed", message=str(error)))
        return 1
    except Exception:  # noqa: BLE001 - whatever it is, the page must not wait for ever
        traceback.print_exc()
        message = _("Something went wrong. The job's folder holds a log that says what.")
        write_progress(place, Progress(state="failed", message=message))
        return 1
    write_progress(place, Progress(state="done", fraction=1, message=_("Done"), files=files))
    return 0


def _leave(_signal: int, _frame: object) -> None:
    """Leave when the job is cancelled, so that what stands half made is tidied away."""
    sys.exit(1)


def _work(place: Path) -> tuple[JobFile, ...]:
    wanted = json.loads((place / "job.json").read_text(encoding="utf-8"))
    if wanted["name"] in ERRANDS:
        return _run_errand(place, wanted)
    request = Request(**wanted["arguments"])

    def show(fraction: float, message: str) -> None:
        write_progress(place, Progress(state="running", fraction=fraction, message=message))

    forecast = Forecast(tell=show)
    forecast.show(0, _("Reading the responses"))
    with Store(Settings.from_environment().database) as store:
        if wanted["name"] == "charts":
            return make_all_charts(store, request, place / FILES, forecast.show)
        target = place / FILES / name_export(request)
        material = make_export(store, request, target, forecast.show)
        # What is downloaded is told apart by when it was made; the same data are the same bytes.
        named = target.with_name(name_export(request, material.context.exported))
        target.rename(named)
        return (JobFile(name=named.name),)


def _run_errand(place: Path, wanted: dict[str, Any]) -> tuple[JobFile, ...]:
    """Do what concerns people; an export, which is made more often, does not load this."""
    import_module("survey_app.worker.errands").run(place, wanted["name"], wanted["arguments"])
    return ()


if __name__ == "__main__":
    # A server that was killed leaves no job behind that would still read what is withdrawn later.
    end_with_parent()
    sys.exit(main(sys.argv[1]))
