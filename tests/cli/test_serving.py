"""The first start prints three links that work; later ones say how to get another."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PATIENCE = 60
"""Seconds after which a server counts as stuck."""

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(folder: Path, port: int) -> Iterator[list[str]]:
    """A server in a folder, and the lines that it printed before it answered."""
    environment = {
        name: text for name, text in os.environ.items() if not name.startswith("SURVEY_APP_")
    }
    with (folder / "out.txt").open("w") as out, (folder / "err.txt").open("w") as err:
        server = subprocess.Popen(
            [sys.executable, "-m", "survey_app", "serve", "--port", str(port)],
            cwd=folder,
            env={**environment, "PYTHONPATH": str(PROJECT)},
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
    try:
        wait_for_answer(server, port)
        yield (folder / "out.txt").read_text(encoding="utf-8").splitlines()
        os.killpg(server.pid, signal.SIGINT)
        assert server.wait(PATIENCE) == 0, (folder / "err.txt").read_text(encoding="utf-8")
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
    with serving(tmp_path, port) as lines:
        door, interviewer, analyst = lines
        assert door == f"http://127.0.0.1:{port}/s/ami"
        assert 'name="agree"' in fetch(door)
        for link, title in ((interviewer, "Interviews"), (analyst, "Results")):
            assert "<button" in fetch(link), "looking uses nothing up"
            assert f"<h1>{title}</h1>" in fetch(link, data=b"")
            with pytest.raises(urllib.error.HTTPError, match="410"):
                fetch(link)
    data = tmp_path / "survey-data"
    assert data.stat().st_mode & 0o777 == 0o700
    for name in ("responses.sqlite3", "people.sqlite3", "secret"):
        assert (data / name).stat().st_mode & 0o777 == 0o600
    with serving(tmp_path, port) as lines:
        assert lines == [door]
        link = run("users", "sign-in-link", "analyst").stdout.strip()
        assert "<h1>Results</h1>" in fetch(link, data=b""), "it leads to where the server answers"
    assert "survey-app users sign-in-link NAME" in (tmp_path / "err.txt").read_text()


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
