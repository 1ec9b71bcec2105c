"""Jobs, each begun by a process that has read the program once.

Most of what a short job costs is reading the program, which has nothing to do with what it makes.
Here each is a fork of a process that did so. From then on it is the process that `Jobs` starts: it
has the same environment and the same log, and does what `python -m survey_app.worker` does.
"""

import gc
import json
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any

import survey_app.reports.formats.bundle
import survey_app.reports.scales
import survey_app.spreadsheets.workbook_reading
import survey_app.worker.errands
import survey_app.worker.pictures
import survey_app.worker.results  # noqa: F401 - all read here, so that no job need
from survey_app.server_lock import end_with_parent
from survey_app.worker.__main__ import main


def do_job(told: Mapping[str, Any]) -> int:
    """Be the process of a job, as if it had been started with what is told; return its end."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.chdir(told["directory"])
    os.environ.clear()
    os.environ.update(told["environment"])
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(told["log"], os.O_WRONLY | os.O_APPEND)
    for stream, file in ((0, nothing), (1, log), (2, log)):
        os.dup2(file, stream)
    end_with_parent()
    return main(told["folder"])


def begin_jobs() -> None:
    """Begin each job that a line of the standard input tells, and answer with its process's id."""
    gc.freeze()  # what was read is of no job's collection: not even of the one as it ends
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # so that those that ended are gone at once
    for line in sys.stdin:
        told = json.loads(line)
        child = os.fork()
        if not child:
            sys.exit(do_job(told))
        print(child, flush=True)


if __name__ == "__main__":
    begin_jobs()
