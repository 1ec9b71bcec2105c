"""A job is made in a process of its own, tells how far it is, and says so when it fails."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from survey_app import jobs
from survey_app.jobs import Job, JobFile, Jobs, Progress, read_progress, write_json, write_progress
from survey_app.settings import Settings
from tests.installation import make_settings

pytestmark = pytest.mark.usefixtures("cold_jobs")
"""They are about the process, which is therefore begun as everywhere."""

PATIENCE = 180
"""Seconds after which a job counts as stuck."""

WANTED: dict[str, Any] = {
    "who": "analyst",
    "study": "ami",
    "instrument": "ami-survey",
    "format": "csv",
}


@pytest.fixture
def made(settings: Settings) -> Jobs:
    return Jobs(settings.jobs, settings.to_environment())


@pytest.fixture(scope="module")
def export(fresh_installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an export that was made."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(fresh_installation, folder, dirs_exist_ok=True)
    settings = make_settings(folder)
    made = Jobs(settings.jobs, settings.to_environment())
    return settings.jobs / wait_for(made, made.start("export", WANTED)).id


def lay_down(made: Jobs, export: Path, number: int = 0, **more: Any) -> str:
    """Have a job that is done, as the export is; return its id."""
    job = f"{number:032x}"
    shutil.copytree(export, made.folder / job)
    wanted = json.loads((export / "job.json").read_text())
    write_json(made.folder / job / "job.json", wanted | more)
    return job


def wait_for(made: Jobs, job: str) -> Job:
    """Look until the job has ended."""
    until = time.monotonic() + PATIENCE
    while True:
        found = made.find(job)
        assert found is not None
        if found.progress.ended:
            return found
        assert time.monotonic() < until, "the job is stuck"
        time.sleep(0.05)


def test_a_job_leaves_its_file_under_a_number(made: Jobs, export: Path) -> None:
    job = wait_for(made, lay_down(made, export))
    assert job.progress.state == "done"
    [file] = job.progress.files
    # When it was made, to the minute and in UTC.
    assert re.fullmatch(r"ami-survey-20\d\d-\d\d-\d\dT\d{4}Z\.zip", file.name)
    path = made.find_file(job.id, 0)
    assert path is not None
    assert path.read_bytes().startswith(b"PK")
    assert made.find_file(job.id, 1) is None
    assert made.find_file(job.id, -1) is None


def test_a_job_that_is_cancelled_ends_and_leaves_nothing(made: Jobs) -> None:
    job = made.start("export", {**WANTED, "format": "bundle"})
    made.cancel(job)
    at_once = made.find(job)
    assert at_once is not None
    assert at_once.progress == Progress(state="cancelled")
    until = time.monotonic() + PATIENCE
    while (made.folder / job / "files").exists():
        assert time.monotonic() < until, "its files are still there"
        time.sleep(0.05)
    assert wait_for(made, job).progress == Progress(state="cancelled")
    assert made.find_file(job, 0) is None
    assert made.find_newest("export", WANTED) is None


def test_a_job_that_waits_for_its_turn_is_cancelled_without_being_begun(made: Jobs) -> None:
    first = [made.start("export", WANTED) for _ in range(jobs.AT_ONCE)]
    waiting = made.start("export", WANTED)
    made.cancel(waiting)
    assert wait_for(made, waiting).progress.state == "cancelled"
    assert not (made.folder / waiting / "worker.log").exists()
    assert [wait_for(made, each).progress.state for each in first] == ["done"] * jobs.AT_ONCE


def test_what_is_ready_cannot_be_cancelled_any_more(made: Jobs, export: Path) -> None:
    job = lay_down(made, export)
    made.cancel(job)
    assert wait_for(made, job).progress.state == "done"
    assert made.find_file(job, 0) is not None


def test_what_cannot_be_made_says_why(made: Jobs) -> None:
    job = wait_for(made, made.start("export", {**WANTED, "version": "9.9.9"}))
    assert job.progress.state == "failed"
    assert "ami-survey@9.9.9" in job.progress.message


def test_a_process_that_dies_without_a_word_has_failed_with_a_sentence(made: Jobs) -> None:
    broken = Jobs(made.folder, {**made.environment, "PYTHONPATH": os.devnull, "PYTHONHOME": "/no"})
    job = wait_for(broken, broken.start("export", WANTED))
    assert job.progress.state == "failed"
    assert "start it again" in job.progress.message
    assert (made.folder / job.id / jobs.LOG).read_text(), "what the process said last is kept"


def test_a_job_of_a_server_that_has_ended_meanwhile_has_failed(made: Jobs) -> None:
    waiting = made.folder / ("0" * 32)
    waiting.mkdir(parents=True)
    jobs.write_json(waiting / "job.json", {"name": "export", "arguments": WANTED})
    write_progress(waiting, Progress(state="running", fraction=0.5, message="Writing"))
    found = made.find("0" * 32)
    assert found is not None
    assert found.progress.state == "failed"


def test_two_are_made_at_once_and_the_others_wait_for_their_turn(
    made: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeper = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    spawned: list[Any] = []

    def spawn(_self: Jobs, _place: Path) -> Any:
        process = subprocess.Popen(sleeper, stdin=subprocess.PIPE)
        spawned.append(process)
        return process

    monkeypatch.setattr(Jobs, "_spawn", spawn)
    started = [made.start("export", WANTED) for _ in range(3)]
    assert len(spawned) == 2
    states = [found.progress.state for job in started if (found := made.find(job))]
    assert states == ["waiting", "waiting", "waiting"], "none has said anything yet"
    until = time.monotonic() + PATIENCE
    spawned[0].communicate()
    while len(spawned) < 3:
        assert time.monotonic() < until, "the third never began"
        time.sleep(0.01)
    for process in spawned[1:]:
        process.communicate()


@pytest.mark.parametrize("job", ["", "..", "0" * 32, "../../etc", "A" * 32, "0" * 33])
def test_there_is_no_job_of_an_id_that_was_never_given(made: Jobs, job: str) -> None:
    assert made.find(job) is None
    assert made.find_file(job, 0) is None


def test_jobs_are_kept_for_a_day(made: Jobs, export: Path) -> None:
    old, young = lay_down(made, export), made.folder / "young"
    assert made.find(old) is not None
    young.mkdir()
    long_ago = time.time() - jobs.KEEP_SECONDS - 1
    os.utime(made.folder / old, (long_ago, long_ago))
    Jobs(made.folder, made.environment).prune()
    assert made.find(old) is None
    assert young.is_dir()


def test_progress_is_read_whole_while_it_is_written(tmp_path: Path) -> None:
    write_progress(tmp_path, Progress(state="running"))
    stop = threading.Event()

    def write() -> None:
        step = 0
        while not stop.is_set():
            step += 1
            write_progress(tmp_path, Progress(state="running", message="x" * (step % 5_000)))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(300):
            assert read_progress(tmp_path).state == "running"
    finally:
        stop.set()
        writer.join()


def test_a_file_name_in_the_progress_never_leads_out_of_the_folder(
    made: Jobs, export: Path
) -> None:
    job = lay_down(made, export)
    assert made.find_file(job, 0) is not None
    files = (JobFile(name="../job.json"),)
    write_progress(made.folder / job, Progress(state="done", files=files))
    assert made.find_file(job, 0) is None


def test_the_newest_job_of_the_same_arguments_is_found(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path, {})
    assert jobs.find_newest("charts", {"study": "ami"}) is None
    for number, (study, state) in enumerate(
        [("ami", "done"), ("ami", "done"), ("ami", "failed"), ("other", "done")]
    ):
        place = tmp_path / f"{number:032x}"
        place.mkdir()
        write_json(
            place / "job.json", {"name": "charts", "arguments": {"study": study, "who": number}}
        )
        write_progress(place, Progress(state=state))  # type: ignore[arg-type]  # one of them
        os.utime(place, (1_000 + number, 1_000 + number))
    found = jobs.find_newest("charts", {"study": "ami"})
    assert found is not None
    assert (found[0].arguments["who"], found[1]) == (1, "1970-01-01T00:16:41+00:00")
    assert jobs.find_newest("export", {"study": "ami"}) is None


def everything(_job: Job) -> bool:
    return True


def test_what_is_outdated_is_deleted_and_says_so_for_ever(made: Jobs, export: Path) -> None:
    old, young = (lay_down(made, export, number, withdrawn=number) for number in (0, 1))
    made.discard_outdated(lambda job: job.withdrawn < 1)
    again = Jobs(made.folder, made.environment)
    for seen in (made, again):
        found = seen.find(old)
        assert found is not None
        assert (found.progress, found.withdrawn) == (jobs.OUTDATED, 0)
        assert seen.find_file(old, 0) is None
        assert seen.find_file(young, 0) is not None
        newest = seen.find_newest("export", WANTED)
        assert newest is not None
        assert newest[0].id == young
    assert sorted(each.name for each in (made.folder / old).iterdir()) == [
        "job.json",
        "progress.json",
    ]


@pytest.mark.parametrize("seconds", [0.0, 1.0], ids=["at once", "later"])
def test_what_is_being_made_is_ended_before_outdating_it_returns(
    made: Jobs, seconds: float
) -> None:
    job = made.start("export", {**WANTED, "format": "bundle"})
    process = made._running[job]
    time.sleep(seconds)
    made.discard_outdated(everything)
    assert process.poll() is not None
    assert not (made.folder / job / jobs.FILES).exists()
    assert wait_for(made, job).progress == jobs.OUTDATED


def test_what_is_removed_is_ended_and_says_nothing_any_more(made: Jobs) -> None:
    running, other = (made.start("export", {**WANTED, "study": each}) for each in ("ami", "b"))
    process = made._running[running]
    removed = made.remove(lambda job: job.arguments["study"] == "ami")
    assert [each.id for each in removed] == [running]
    assert process.poll() is not None
    assert not (made.folder / running).exists()
    assert made.find(running) is None
    assert made.find(other) is not None


def test_a_process_that_will_not_end_is_killed(made: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); print('on', flush=True)"
    stubborn += "\nwhile True: time.sleep(1)"

    def spawn(_self: Jobs, _place: Path) -> Any:
        process = subprocess.Popen([sys.executable, "-c", stubborn], stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"on"
        return process

    monkeypatch.setattr(Jobs, "_spawn", spawn)
    monkeypatch.setattr(jobs, "END_SECONDS", 0.1)
    job = made.start("export", WANTED)
    process: Any = made._running[job]
    made.discard_outdated(everything)
    assert process.poll() is not None
    process.stdout.close()


def test_what_waits_for_its_turn_is_outdated_without_being_begun(made: Jobs) -> None:
    first = [made.start("export", WANTED, withdrawn=1) for _ in range(jobs.AT_ONCE)]
    waiting = made.start("export", WANTED)
    made.discard_outdated(lambda job: job.withdrawn < 1)
    assert wait_for(made, waiting).progress == jobs.OUTDATED
    assert [wait_for(made, each).progress.state for each in first] == ["done"] * jobs.AT_ONCE
    assert wait_for(made, waiting).progress == jobs.OUTDATED


def test_what_a_killed_server_left_half_made_is_outdated_too(made: Jobs) -> None:
    place = made.folder / ("0" * 32)
    (place / jobs.FILES).mkdir(parents=True)
    (place / jobs.FILES / ".half.partial").write_text("half an answer")
    (place / jobs.LOG).write_text("a traceback")
    write_json(place / "job.json", {"name": "export", "arguments": WANTED})
    write_progress(place, Progress(state="running", fraction=0.5, message="Writing"))
    made.discard_outdated(everything)
    assert sorted(each.name for each in place.iterdir()) == ["job.json", "progress.json"]


def test_a_job_that_was_cancelled_stays_cancelled(made: Jobs) -> None:
    job = made.start("export", WANTED)
    made.cancel(job)
    made.discard_outdated(everything)
    assert wait_for(made, job).progress == jobs.CANCELLED


def test_what_a_job_lays_aside_stays_in_its_folder(
    made: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[dict[str, str]] = []
    real = subprocess.Popen

    def watch(*args: Any, **more: Any) -> Any:
        given.append(more["env"])
        return real(*args, **more)

    monkeypatch.setattr(subprocess, "Popen", watch)
    job = made.start("export", WANTED)
    [environment] = given
    files = str(made.folder / job / jobs.FILES)
    assert {environment[name] for name in ("TMPDIR", "TEMP", "TMP")} == {files}
    made.cancel(job)
