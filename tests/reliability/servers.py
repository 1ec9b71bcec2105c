"""Servers in processes of their own, which are killed as a power switch would end them."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from survey_app.settings import Settings

OUR_SERVER = ("-m", "survey_app", "serve", "--port")
HASTY_SERVER = ("-m", "tests.reliability.hasty_server")
WARM_SERVER = ("-m", "tests.reliability.warm_server")
COLD_EVERY = 20
"""Of so many starts one is by the command as it is typed, which takes seconds."""
ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def make_environment(settings: Settings, port: int) -> dict[str, str]:
    """Return the environment of a server; a folder that it names is there."""
    if settings.instruments is not None:
        settings.instruments.mkdir(exist_ok=True)
    environment = {**os.environ, **settings.to_environment()}
    return environment | {"SURVEY_APP_URL": f"http://127.0.0.1:{port}"}


def start(
    command: tuple[str, ...], settings: Settings, port: int, output: Path = Path(os.devnull)
) -> subprocess.Popen[bytes]:
    with output.open("ab") as said:
        process = subprocess.Popen(
            [sys.executable, *command, str(port)],
            env=make_environment(settings, port),
            cwd=ROOT,
            start_new_session=True,
            stdout=said,
            stderr=said,
        )
    if not answers(port):
        kill(process)
        raise AssertionError("the server did not start")
    return process


def answers(port: int) -> bool:
    """Whether a server answers, within the time that a start may take."""
    for _ in range(1500):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                return True
        except OSError:
            time.sleep(0.02)
    return False


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the server and all its children, as a power switch would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class RestartedServer:
    """One server that is killed and started again and again, cold at first, then mostly warm.

    A warm start is a fork of a process that has read the program: see warm_server.py. Without
    ``warm`` every start is by the ``command``.
    """

    def __init__(
        self, settings: Settings, port: int, command: tuple[str, ...], *, warm: bool
    ) -> None:
        self.settings = settings
        self.port = port
        self.command = command
        self.is_warm = warm
        self.starts = 0
        self.cold: subprocess.Popen[bytes] | None = None
        self.stove: subprocess.Popen[str] | None = None
        self.group = 0

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.starts += 1
        if not self.is_warm or self.starts % COLD_EVERY == 1:
            self.cold = start(self.command, self.settings, self.port)
            return
        self.group = int(self._tell(f"{self.port} {os.devnull}"))
        if not answers(self.port):
            self.kill()
            raise AssertionError("the server did not start")

    def kill(self) -> None:
        """End it and all its children; when this returns, all of them are gone."""
        if self.cold is not None:
            kill(self.cold)
            self.cold = None
        elif self.group:
            os.killpg(self.group, signal.SIGKILL)
            assert self._read() == "ended"
            self.group = 0

    def close(self) -> None:
        """End all that was started."""
        self.kill()
        if self.stove is not None:
            self.stove.communicate()  # closes what it reads from, at whose end it ends

    def _tell(self, line: str) -> str:
        if self.stove is None:
            self.stove = subprocess.Popen(
                [sys.executable, *WARM_SERVER],
                env=make_environment(self.settings, self.port),
                cwd=ROOT,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        assert self.stove.stdin is not None
        self.stove.stdin.write(line + "\n")
        self.stove.stdin.flush()
        return self._read()

    def _read(self) -> str:
        assert self.stove is not None
        assert self.stove.stdout is not None
        return self.stove.stdout.readline().strip()


@contextmanager
def restarting(
    settings: Settings, command: tuple[str, ...] = OUR_SERVER
) -> Iterator[RestartedServer]:
    """A server that is started already, to be killed and started again."""
    server = RestartedServer(settings, free_port(), command, warm=command == OUR_SERVER)
    try:
        server.start()
        yield server
    finally:
        server.close()
