"""`python -m survey_app.worker FOLDER`: does the work of one job (see `survey_app.jobs`)."""

import atexit
import gc
import json
import os
import signal
import sys
from importlib import import_module
from pathlib import Path

from survey_app.failure_report import describe_failure
from survey_app.jobs import JobError, JobFile, Progress, write_progress
from survey_app.server_lock import end_with_parent
from survey_app.storage.errors import StorageError
from survey_app.translations import gettext as _

ROOMS = {
    "roster": "errands",
    "mailing": "errands",
    "test_letter": "errands",
    "charts": "pictures",
    "recruitment": "pictures",
    "export": "results",
}
"""Where each job is done: those about people, those that draw, and exports. A job loads only what
it needs."""
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
    except (JobError, StorageError) as error:
        write_progress(place, Progress(state="failed", message=str(error)))
        return 1
    except Exception as error:  # noqa: BLE001 - whatever it is, the page must not wait for ever
        sys.stderr.write(describe_failure(error) + "\n")
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
    run = import_module(f"survey_app.worker.{ROOMS[wanted['name']]}").run
    made: tuple[JobFile, ...] = run(place, wanted["name"], wanted["arguments"])
    return made


if __name__ == "__main__":
    # A server that was killed leaves no job behind that would still read what is withdrawn later.
    end_with_parent()
    # The end of the process would look through all of the program for garbage: a fifth of a second.
    atexit.register(gc.freeze)
    sys.exit(main(sys.argv[1]))
