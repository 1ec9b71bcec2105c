"""What was acknowledged survives SIGKILL at a random moment, again and again (promise P1).

A killed process tells nothing about a lost disk cache: that power loss costs nothing is asserted
by the settings of every connection (tests/storage/test_engine.py).
"""

import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from survey_app.settings import Settings
from tests.reliability.participants import Acknowledged, Participant

KILLS = int(os.environ.get("SURVEY_APP_TEST_KILLS", "6"))
"""How often the server is killed; by hand 200 times, with ``-s`` to hear how many were told
“saved” meanwhile."""
PARTICIPANTS = 4
OUR_SERVER = ("-m", "survey_app", "serve", "--port")
HASTY_SERVER = ("-m", "tests.reliability.hasty_server")

pytestmark = pytest.mark.skipif(
    sys.platform == "win32",
    reason="Windows has no SIGKILL for a group of processes; the loop runs on Linux and macOS",
)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(
    command: tuple[str, ...], settings: Settings, port: int, output: Path = Path(os.devnull)
) -> subprocess.Popen[bytes]:
    if settings.instruments is not None:
        settings.instruments.mkdir(exist_ok=True)  # named by the environment, it must be there
    environment = {**os.environ, **settings.to_environment()}
    environment["SURVEY_APP_URL"] = f"http://127.0.0.1:{port}"
    with output.open("ab") as said:
        process = subprocess.Popen(
            [sys.executable, *command, str(port)],
            env=environment,
            cwd=Path(__file__).parents[2],
            start_new_session=True,
            stdout=said,
            stderr=said,
        )
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                return process
        except OSError:
            time.sleep(0.05)
    kill(process)
    raise AssertionError("the server did not start")


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the server and all its children, as a power switch would."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def take_part(port: int, acknowledged: Acknowledged) -> Iterator[None]:
    people = [Participant(port, seed, acknowledged) for seed in range(PARTICIPANTS)]
    for person in people:
        person.start()
    try:
        yield
    finally:
        for person in people:
            person.stopping.set()
        for person in people:
            person.join(10)


def read(settings: Settings) -> tuple[set[str], set[str]]:
    """Return the texts in the database: of all responses, and of those that were sent."""
    path = settings.database.removeprefix("sqlite:///")
    with sqlite3.connect(path) as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
        assert database.execute("pragma foreign_key_check").fetchall() == []
        rows = database.execute(
            "select json_extract(answer.value, '$'), response.state from answer "
            "join response on response.id = answer.response_id where item = 'rewarding_what'"
        ).fetchall()
        assert half_written(database) == []
    database.close()
    return {text for text, _ in rows}, {text for text, state in rows if state == "submitted"}


def half_written(database: sqlite3.Connection) -> list[object]:
    """Return responses whose state, draft and answers do not fit together."""
    return database.execute(
        "select response.id from response "
        "left join draft on draft.response_id = response.id "
        "where (response.state = 'submitted') = (draft.response_id is not null) "
        "or (response.state = 'submitted' and (select count(distinct item) from answer "
        "    where answer.response_id = response.id) <> 7)"
    ).fetchall()


def lose(settings: Settings, command: tuple[str, ...], kills: int, chance: random.Random) -> int:
    """Kill the server again and again; return how many acknowledged texts are gone."""
    acknowledged = Acknowledged()
    port = free_port()
    process = start(command, settings, port)
    with take_part(port, acknowledged):
        for _ in range(kills):
            goal = len(acknowledged.saved) + 5
            for _ in range(600):
                if len(acknowledged.saved) >= goal:
                    break
                time.sleep(0.05)
            time.sleep(chance.random() * 0.3)
            kill(process)
            saved, sent = set(acknowledged.saved), set(acknowledged.sent)
            stored, submitted = read(settings)
            if lost := len(saved - stored) + len(sent - submitted):
                return lost
            process = start(command, settings, port)
    kill(process)
    assert acknowledged.saved, "nobody was acknowledged, so nothing was tested"
    print(f"{kills} kills, {len(acknowledged.saved)} saved, {len(acknowledged.sent)} sent, 0 lost")
    return 0


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(settings: Settings) -> None:
    assert lose(settings, OUR_SERVER, KILLS, random.Random(7)) == 0


def test_the_loop_finds_a_server_that_answers_too_early(settings: Settings) -> None:
    assert lose(settings, HASTY_SERVER, KILLS, random.Random(7)) > 0
