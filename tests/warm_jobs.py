"""Jobs of a test run, begun by a process that has read the program: see warm_worker.py."""

import json
import os
import select
import signal
import subprocess
import sys
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import pytest

from survey_app.jobs import FILES, LOG, Jobs

WARM_WORKER = ("-m", "tests.warm_worker")
ROOT = Path(__file__).parents[1]
MILLISECONDS = 1000
CAN_BE_WARM = sys.platform == "linux" and hasattr(os, "pidfd_open")
"""Elsewhere nobody can wait for a process that another one has begun: all are begun cold there."""

start_cold = Jobs._spawn
"""How a job is begun outside of tests."""


class WarmJob:
    """A job's process, with what `Jobs` asks of a `subprocess.Popen`."""

    def __init__(self, process: int) -> None:
        self.pid = process
        self._file: int | None = None
        try:
            self._file = os.pidfd_open(process)
        except ProcessLookupError:  # it has ended already
            return
        weakref.finalize(self, os.close, self._file)

    def wait(self, timeout: float | None = None) -> int:
        """Wait until the process has ended; how is not told."""
        if self._file is not None:
            poll = select.poll()
            poll.register(self._file, select.POLLIN)
            if not poll.poll(None if timeout is None else timeout * MILLISECONDS):
                raise subprocess.TimeoutExpired(WARM_WORKER, timeout or 0)
        return 0

    def terminate(self) -> None:
        """Tell the process to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End the process at once."""
        self._send(signal.SIGKILL)

    def _send(self, number: int) -> None:
        if self._file is not None:
            try:
                signal.pidfd_send_signal(self._file, number)
            except ProcessLookupError:
                return


class WarmWorker:
    """The process that begins jobs; it is started with the first of them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[str] | None = None

    def spawn(self, jobs: Jobs, place: Path) -> WarmJob:
        """Begin a job as `Jobs` does, in the same environment and with the same log."""
        aside = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str((place / FILES).absolute()))
        (place / LOG).touch()
        told = {
            "folder": str(place),
            "log": str(place / LOG),
            "directory": str(Path.cwd()),
            "environment": {**os.environ, **jobs.environment, **aside},
        }
        with self._lock:
            return WarmJob(int(self._ask(json.dumps(told))))

    def _ask(self, line: str) -> str:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, *WARM_WORKER],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(line, file=self._process.stdin, flush=True)
        return self._process.stdout.readline()

    def close(self) -> None:
        """End it, and with it what it has begun."""
        if self._process is not None:
            self._process.communicate()  # closes what it reads from, at whose end it ends


@contextmanager
def keep_jobs_warm(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have all jobs of this process begun warm, where that can be."""
    if not CAN_BE_WARM:
        yield
        return
    worker = WarmWorker()

    def spawn(jobs: Jobs, place: Path) -> WarmJob:
        return worker.spawn(jobs, place)

    patch.setattr(Jobs, "_spawn", spawn)
    try:
        yield
    finally:
        worker.close()
