"""Long work in processes of its own, so that it never slows an answer.

A job is a folder: `job.json` says what is wanted, `progress.json` how far it is, and `files/`
holds what was made. Its process is started anew (never forked), at most two at once; the others
wait their turn in the order of asking. What was made of answers that were withdrawn since is thrown
away, and the job says so.
"""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Literal

from survey_app.translations import gettext as _

AT_ONCE = 2
MANY_RESPONSES = 20_000
"""With more than these a workbook leaves out what is not asked for."""
KEEP_SECONDS = 24 * 3600
FILES = "files"
LOG = "worker.log"
END_SECONDS = 5
"""How long a job's process may tidy up once it is told to end."""
_ID = re.compile(r"[0-9a-f]{32}")

State = Literal["waiting", "running", "done", "failed", "cancelled", "outdated"]
FRUITLESS: tuple[State, ...] = ("failed", "cancelled", "outdated")
"""How a job ends of which nothing is there."""


class JobError(Exception):
    """A job cannot go on; the sentence says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class JobFile:
    """A file that was made: its name in the job's folder, what it is called, and it in words."""

    name: str
    title: str = ""
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a job is: `fraction` from 0 to 1, and in `message` what it is doing."""

    state: State
    fraction: float = 0.0
    message: str = ""
    files: tuple[JobFile, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {"done", *FRUITLESS}


CANCELLED = Progress(state="cancelled")
OUTDATED = Progress(state="outdated")


@dataclass(frozen=True, kw_only=True)
class Job:
    """A job as it stands: which work by name, with what arguments, and how far it is.

    `withdrawn` is how many of the responses that it might read had been withdrawn when it began.
    """

    id: str
    name: str
    arguments: Mapping[str, Any]
    progress: Progress
    withdrawn: int = 0


@dataclass
class Jobs:
    """The jobs in a folder. `environment` is what their processes are given beside our own."""

    folder: Path
    environment: Mapping[str, str]
    _lock: Lock = field(default_factory=Lock)
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _waiting: deque[str] = field(default_factory=deque)
    # How those will have ended that were told to end.
    _ending: dict[str, Progress] = field(default_factory=dict)

    def start(self, name: str, arguments: Mapping[str, Any], withdrawn: int = 0) -> str:
        """Begin the work called `name`, now or when its turn comes; return the job's id.

        `withdrawn` is how many responses had been withdrawn, counted before this.
        """
        self.prune()
        job = secrets.token_hex(16)
        place = self.folder / job
        (place / FILES).mkdir(parents=True, mode=0o700)
        wanted = {"name": name, "arguments": dict(arguments), "withdrawn": withdrawn}
        write_json(place / "job.json", wanted)
        write_progress(place, Progress(state="waiting", message=_("Waiting for its turn")))
        with self._lock:
            self._waiting.append(job)
        self._start_waiting()
        return job

    def cancel(self, job: str) -> None:
        """End a job that waits or is being done, and what it has made up to now; others stay."""
        with self._lock:
            if job in self._waiting:
                self._waiting.remove(job)
                self._discard(job, CANCELLED)
            elif job in self._running and not read_progress(self.folder / job).ended:
                self._end(job, CANCELLED)

    def discard_outdated(self, is_outdated: Callable[[Job], bool]) -> None:
        """Throw away what such jobs have made, ready or not; nothing of it is there in the end.

        Those that are being done are ended, which is waited for.
        """
        for job in self._list():
            if job.progress.state == "outdated" or not is_outdated(job):
                continue
            ended = CANCELLED if job.progress.state == "cancelled" else OUTDATED
            self._stop(job.id, ended)
            with self._lock:
                self._discard(job.id, ended)

    def remove(self, is_meant: Callable[[Job], bool]) -> list[Job]:
        """Remove such jobs with all they have and say, done or not; return them as they were."""
        meant = [job for job in self._list() if is_meant(job)]
        for job in meant:
            self._stop(job.id, CANCELLED)
            with self._lock:
                shutil.rmtree(self.folder / job.id, ignore_errors=True)
        return meant

    def find(self, job: str) -> Job | None:
        """Return a job, or None if there is none of that id (any more)."""
        place = self.folder / job
        if not _ID.fullmatch(job) or not (place / "job.json").is_file():
            return None
        wanted = json.loads((place / "job.json").read_text(encoding="utf-8"))
        return Job(id=job, progress=self._look(job, place), **wanted)

    def find_newest(self, name: str, arguments: Mapping[str, Any]) -> tuple[Job, str] | None:
        """Return the newest job of that name and those arguments that has not failed, or None.

        Beside it when it was last heard of, such as ``2026-11-22T20:14:05+00:00``.
        """
        for found, moment in self._find_all(name, arguments):
            if found.progress.state not in FRUITLESS:
                return found, datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")
        return None

    def find_last(self, name: str, arguments: Mapping[str, Any]) -> Job | None:
        """Return the newest job of that name and those arguments, however it ended, or None."""
        return next((found for found, _heard in self._find_all(name, arguments)), None)

    def _find_all(self, name: str, arguments: Mapping[str, Any]) -> Iterator[tuple[Job, float]]:
        """Yield the jobs of that name and those arguments, the newest first, and when heard of."""
        heard: dict[str, float] = {}
        for place in self.folder.iterdir() if self.folder.is_dir() else ():
            with suppress(FileNotFoundError):  # of a job that is being removed just now
                heard[place.name] = place.stat().st_mtime
        for job in sorted(heard, key=lambda each: heard[each], reverse=True):
            found = self.find(job)
            if found is None or found.name != name:
                continue
            if all(found.arguments.get(key) == value for key, value in arguments.items()):
                yield found, heard[job]

    def find_file(self, job: str, number: int) -> Path | None:
        """Return the path of the file of that number that a finished job has made, or None."""
        found = self.find(job)
        files = found.progress.files if found is not None else ()
        if not 0 <= number < len(files):
            return None
        path = self.folder / job / FILES / Path(files[number].name).name
        return path if path.is_file() else None

    def prune(self) -> None:
        """Remove jobs that ended, or were last heard of, more than a day ago."""
        limit = time.time() - KEEP_SECONDS
        places = self.folder.iterdir() if self.folder.is_dir() else ()
        for place in places:
            if place.name not in self._running and place.stat().st_mtime < limit:
                shutil.rmtree(place, ignore_errors=True)

    def _look(self, job: str, place: Path) -> Progress:
        """Return the progress; a job that nobody works on any more has failed."""
        with self._lock:
            alive = job in self._running or job in self._waiting
            ending = self._ending.get(job)
        if ending is not None:
            return ending
        progress = read_progress(place)
        if alive or progress.ended:
            return progress
        return Progress(
            state="failed",
            message=_("This was interrupted before it was ready. Please start it again."),
        )

    def _start_waiting(self) -> None:
        with self._lock:
            while self._waiting and len(self._running) < AT_ONCE:
                job = self._waiting.popleft()
                self._running[job] = self._spawn(self.folder / job)
                Thread(target=self._attend, args=(job,), daemon=True).start()

    def _spawn(self, place: Path) -> subprocess.Popen[bytes]:
        # What it lays aside for a while stays in its folder, so that it goes with it.
        aside = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str((place / FILES).absolute()))
        with (place / LOG).open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - our own program, without a shell
                [sys.executable, "-m", "survey_app.worker", str(place)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment, **aside},
            )

    def _attend(self, job: str) -> None:
        """Wait for a job's process to end, then let the next one begin."""
        self._running[job].wait()
        with self._lock:
            del self._running[job]
            if job in self._ending:
                self._discard(job, self._ending.pop(job))
        self._start_waiting()

    def _stop(self, job: str, ended: Progress) -> None:
        """See to it that nobody works on a job, nor will."""
        with self._lock:
            if job in self._waiting:
                self._waiting.remove(job)
            process = self._running.get(job)
            if process is not None:
                self._end(job, ended)
        if process is not None:
            _wait(process)

    def _end(self, job: str, ended: Progress) -> None:
        self._ending[job] = ended
        self._running[job].terminate()

    def _discard(self, job: str, ended: Progress) -> None:
        """Throw away what a job has made; one that was told to end may have been ready just now."""
        place = self.folder / job
        shutil.rmtree(place / FILES, ignore_errors=True)
        with suppress(FileNotFoundError):  # the folder itself may be gone by now
            (place / LOG).unlink(missing_ok=True)
            write_progress(place, ended)

    def _list(self) -> Iterator[Job]:
        for place in self.folder.iterdir() if self.folder.is_dir() else ():
            with suppress(FileNotFoundError):  # of a job that is being made or removed just now
                found = self.find(place.name)
                if found is not None:
                    yield found


def _wait(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def read_progress(place: Path) -> Progress:
    """Return what a job's process said last."""
    found = json.loads((place / "progress.json").read_text(encoding="utf-8"))
    files = tuple(JobFile(**file) for file in found.pop("files"))
    return Progress(**found, files=files)


def write_progress(place: Path, progress: Progress) -> None:
    """Say how far a job is; who reads meanwhile sees the one or the other, never half of it."""
    write_json(place / "progress.json", asdict(progress))


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a file whole or not at all."""
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    partial.replace(path)
