"""What was acknowledged survives SIGKILL at a random moment, again and again (promise P1).

A killed process tells nothing about a lost disk cache: that power loss costs nothing is asserted
by the settings of every connection (tests/storage/test_engine.py).
"""

import os
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from survey_app.settings import Settings
from tests.reliability.participants import Acknowledged, Participant
from tests.reliability.servers import HASTY_SERVER, OUR_SERVER, restarting

KILLS = int(os.environ.get("SURVEY_APP_TEST_KILLS", "6"))
"""How often the server is killed; by hand 200 times, with ``-s`` to hear how many were told
“saved” meanwhile."""
PARTICIPANTS = 4
MOST_AWAITED = 5
"""At most so many texts are acknowledged before the next kill, and those on their way."""

pytestmark = pytest.mark.skipif(
    sys.platform == "win32",
    reason="Windows has no SIGKILL for a group of processes; the loop runs on Linux and macOS",
)


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
    acknowledged, begun = Acknowledged(), time.monotonic()
    with restarting(settings, command) as server, take_part(server.port, acknowledged):
        for killed in range(1, kills + 1):
            wait_for(acknowledged, chance.randint(1, MOST_AWAITED))
            time.sleep(chance.random() * 0.1)
            server.kill()
            saved, sent = set(acknowledged.saved), set(acknowledged.sent)
            stored, submitted = read(settings)
            if lost := len(saved - stored) + len(sent - submitted):
                print(
                    f"after {killed} kills {lost} of {len(saved)} saved and {len(sent)} sent lost"
                )
                return lost
            server.start()
    assert len(acknowledged.saved) >= kills, "too few were acknowledged, so little was tested"
    took = time.monotonic() - begun
    print(f"{kills} kills in {took:.0f} s, {len(saved)} saved, {len(sent)} sent, 0 lost")
    return 0


def wait_for(acknowledged: Acknowledged, more: int) -> None:
    """Wait until so many more texts are acknowledged as saved; a minute is enough."""
    goal, until = len(acknowledged.saved) + more, time.monotonic() + 60
    while len(acknowledged.saved) < goal and time.monotonic() < until:
        time.sleep(0.005)


def test_nothing_acknowledged_is_lost_when_the_server_is_killed(settings: Settings) -> None:
    assert lose(settings, OUR_SERVER, KILLS, random.Random(7)) == 0


def test_the_loop_finds_a_server_that_answers_too_early(settings: Settings) -> None:
    assert lose(settings, HASTY_SERVER, KILLS, random.Random(7)) > 0
