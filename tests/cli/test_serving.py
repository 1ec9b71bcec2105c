"""The first start prints three links that work; later ones say how to get another."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PATIENCE = 180
"""Seconds after which a server counts as stuck."""

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int, name: str, *words: str) -> "subprocess.Popen[bytes]":
    """Start a server in a folder, whose output goes into files of that name."""
    environment = {
        name: text for name, text in os.environ.items() if not name.startswith("SURVEY_APP_")
    }
    with (folder / f"{name}.out").open("w") as out, (folder / f"{name}.err").open("w") as err:
        return subprocess.Popen(
            [sys.executable, "-m", "survey_app", "serve", "--port", str(port), *words],
            cwd=folder,
            env={**environment, "PYTHONPATH": str(PROJECT)},
            stdout=out,
            stderr=err,
            start_new_session=True,
        )


@contextmanager
def serving(folder: Path, port: int, *words: str) -> Iterator[list[str]]:
    """A server in a folder, and the lines that it printed before it answered."""
    server = start(folder, port, "serving", *words)
    try:
        wait_for_answer(server, port)
        yield (folder / "serving.out").read_text(encoding="utf-8").splitlines()
        os.killpg(server.pid, signal.SIGINT)
        assert server.wait(PATIENCE) == 0, (folder / "serving.err").read_text(encoding="utf-8")
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def wait_for_answer(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while server.poll() is None:
        try:
            fetch(f"http://127.0.0.1:{port}/healthz")
        except OSError:
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server ended at once")


def fetch(address: str, data: bytes | None = None) -> str:
    """Return the page at an address, in a browser with cookies that follows where it leads."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(address, data, timeout=PATIENCE) as page:
        return str(page.read().decode())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups to interrupt")
def test_the_first_start_prints_three_links_that_work(run: Run, tmp_path: Path, port: int) -> None:
    run("users", "add", "interviewer")
    broken = tmp_path / "instruments" / "mine.yaml"
    broken.parent.mkdir()
    broken.write_text("format: 1", encoding="utf-8")
    with serving(tmp_path, port) as lines:
        door, interviewer, analyst = lines
        told = (tmp_path / "serving.err").read_text(encoding="utf-8")
        assert "1 definition file has problems; to see them: survey-app check" in told
        assert door == f"http://127.0.0.1:{port}/s/ami"
        assert 'name="agree"' in fetch(door)
        for link, title in ((interviewer, "Your interviews"), (analyst, "Results")):
            assert "<button" in fetch(link), "looking uses nothing up"
            assert f"<h2>{title}</h2>" in fetch(link, data=b"")
            with pytest.raises(urllib.error.HTTPError, match="410"):
                fetch(link)
    data = tmp_path / "survey-data"
    assert data.stat().st_mode & 0o777 == 0o700
    for name in ("responses.sqlite3", "people.sqlite3", "secret"):
        assert (data / name).stat().st_mode & 0o777 == 0o600
    with serving(tmp_path, port) as lines:
        assert lines == [door]
        link = run("users", "sign-in-link", "analyst").stdout.strip()
        assert "<h2>Results</h2>" in fetch(link, data=b""), "it leads to where the server answers"
    assert "survey-app users sign-in-link NAME" in (tmp_path / "serving.err").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups to interrupt")
def test_one_file_takes_one_server_and_every_other_command_beside_it(
    run: Run, tmp_path: Path, port: int
) -> None:
    with serving(tmp_path, port):
        second = start(tmp_path, port + 1, "second")
        assert second.wait(PATIENCE) == 1
        said = (tmp_path / "second.err").read_text(encoding="utf-8")
        assert f"Another server runs on the database {tmp_path}" in said
        assert f"at http://127.0.0.1:{port}, and one file takes one server." in said
        assert "--database sqlite:///" in said
        for words in (
            ("simulate", "ami-survey@1.0.1", "-n", "1"),
            ("export", "ami-survey", "--include-test"),
            ("users", "list"),
            ("backup", "copy.sqlite3"),
        ):
            assert run(*words).exit_code == 0, words


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups to interrupt")
def test_a_killed_server_leaves_neither_a_worker_nor_a_lock(tmp_path: Path, port: int) -> None:
    killed = start(tmp_path, port, "killed")
    wait_for_answer(killed, port)
    killed.kill()
    killed.wait()
    until = time.monotonic() + PATIENCE
    while answers(port):
        assert time.monotonic() < until, "the worker outlives its server"
        time.sleep(0.1)
    with serving(tmp_path, port):
        assert answers(port)


def answers(port: int) -> bool:
    try:
        fetch(f"http://127.0.0.1:{port}/healthz")
    except OSError:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no process groups to interrupt")
def test_a_server_makes_a_backup_and_its_absence_ends_nothing(
    run: Run, tmp_path: Path, port: int
) -> None:
    folder, record = tmp_path / "backups", tmp_path / "survey-data" / "backups.json"
    with serving(tmp_path, port, "--backup-to", "backups"):
        wait_for(record.is_file)
        assert answers(port)
    assert f"There is no folder {folder}." in (tmp_path / "serving.err").read_text("utf-8")
    folder.mkdir()
    left = tmp_path / "survey-data" / ".0123.survey-app-partial"
    left.mkdir()
    with serving(tmp_path, port, "--backup-to", "backups"):
        assert not left.exists(), "what a backup that was killed has left"
        wait_for(lambda: len(list(folder.glob("survey-app-*.sqlite3"))) == 2)
        wait_for(lambda: json.loads(record.read_text("utf-8"))["made"] != [])
        assert answers(port)
    assert sorted(each.name[-14:] for each in folder.iterdir()) == [
        "people.sqlite3",
        "ponses.sqlite3",
    ]
    assert "Made a backup: " in (tmp_path / "serving.err").read_text("utf-8")
    copy = next(str(each) for each in folder.glob("*-responses.sqlite3"))
    assert run("verify", copy).exit_code == 0


@pytest.mark.parametrize(
    ("words", "environment", "sentence"),
    [
        (("--database", "postgresql://host/name"), {}, "PostgreSQL database no backups are made"),
        ((), {"SURVEY_APP_BACKUP_PASSPHRASE": "short"}, "is soon guessed"),
    ],
)
def test_backups_that_cannot_be_are_refused_at_once(
    *,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    words: tuple[str, ...],
    environment: dict[str, str],
    sentence: str,
) -> None:
    for name, text in environment.items():
        monkeypatch.setenv(name, text)
    result = run("serve", "--port", "1025", "--backup-to", "backups", *words)
    assert result.exit_code in {1, 2}
    assert sentence in result.stderr
    assert list(tmp_path.iterdir()) == []


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "it does not come"
        time.sleep(0.1)


def test_a_port_in_use_is_said_and_nothing_else_is_done(run: Run, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        result = run("serve", "--port", port)
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.search(rf"Port {port} .* is in use", result.stderr)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("sqlite:///:memory:", "kept in memory alone"),
        ("sqlite://", "Name a file, such as sqlite:///responses.sqlite3."),
        ("mysql://who:secret@host/name", "no address of a database that this program knows"),
    ],
)
def test_a_database_that_cannot_serve_is_refused_with_one_that_can(
    run: Run, tmp_path: Path, address: str, sentence: str
) -> None:
    result = run("serve", "--port", "1025", "--database", address)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert "secret" not in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "environment", "sentence"),
    [
        (("--host", "0.0.0.0"), {}, "--insecure-lan"),
        (("--host", "0.0.0.0"), {"SURVEY_APP_URL": "http://localhost:8000"}, "--insecure-lan"),
        ((), {"SURVEY_APP_URL": "http://survey.example"}, "in clear"),
        ((), {"SURVEY_APP_URL": "survey.example"}, "https://"),
        ((), {"SURVEY_APP_SECRET": "short"}, "SURVEY_APP_SECRET"),
        (("--host", "192.0.2.1", "--insecure-lan"), {}, "cannot listen at 192.0.2.1"),
    ],
)
def test_what_would_not_be_safe_or_cannot_be_is_refused_before_anything_is_made(
    *,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    environment: dict[str, str],
    sentence: str,
) -> None:
    for name, text in environment.items():
        monkeypatch.setenv(name, text)
    result = run("serve", "--port", "1025", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert sentence in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_process_that_watches_over_a_server_loads_no_library_that_it_does_not_need() -> None:
    probe = "import sys, survey_app.cli.serving; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", probe], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"granian", "click"} <= set(loaded)
    assert not {"sqlalchemy", "alembic", "flask", "jinja2", "wtforms", "yaml"} & set(loaded)
