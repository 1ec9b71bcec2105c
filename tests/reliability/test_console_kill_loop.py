"""What the sheet was told is saved survives SIGKILL of the server, in order and once.

The interviewers here post as the sheet's script does: one batch at a time, the same bytes again
and again until they are acknowledged.
"""

import http.client
import json
import os
import random
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.settings import Settings
from survey_app.storage.records import Change
from survey_app.storage.store import Store
from tests.reliability.servers import HASTY_SERVER, OUR_SERVER, restarting

KILLS = int(os.environ.get("SURVEY_APP_TEST_KILLS", "5"))
INTERVIEWERS = 3
MOST_AWAITED = 10
"""At most so many batches are acknowledged before the next kill, and those on their way."""
GUIDE = ("ami-interview", "1.1.0")

pytestmark = pytest.mark.skipif(
    sys.platform == "win32",
    reason="Windows has no SIGKILL for a group of processes; the loop runs on Linux and macOS",
)


class Interviewer(threading.Thread):
    """Writes one note again and again, each time a word longer, until told to stop."""

    def __init__(self, port: int, interview: str, response: str, link: str) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.interview = interview
        self.response = response
        self.link = link
        self.stopping = threading.Event()
        self.acknowledged = 0
        self.repeats = 0
        self.cookie = self.token = ""

    def run(self) -> None:
        """Batch after batch; a server that is gone is waited for."""
        while not self.stopping.is_set():
            body = self.make_body(self.acknowledged + 1)
            while not self.stopping.is_set():
                try:
                    told = self.post(body)
                except (OSError, http.client.HTTPException):
                    time.sleep(0.02)
                    continue
                if told in {"saved", "repeat"}:
                    self.acknowledged += 1
                    self.repeats += told == "repeat"
                    break

    def make_body(self, number: int) -> str:
        place = {"response": self.response, "item": "mentor_do", "probe": None}
        operation = {"op": "note", **place, "text": f"{self.interview} {number}"}
        key = {"client": f"page-{self.interview}", "sequence": number, "base_revision": 0}
        return json.dumps({**key, "operations": [operation]})

    def post(self, body: str) -> str:
        """Send one batch and return the status in words, whatever had to be done before."""
        if not self.cookie:
            _, cookie, _ = self.ask(self.link, "")
            self.cookie = cookie.removeprefix("staff=").partition(";")[0]
        _, _, answer = self.ask(f"/interviews/{self.interview}/changes", body)
        self.token = answer.get("csrf", self.token)
        return str(answer.get("status"))

    def ask(self, path: str, body: str) -> tuple[int, str, dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3)
        headers = {"X-CSRF-Token": self.token, "Cookie": f"staff={self.cookie}"}
        if body:
            headers["Content-Type"] = "application/json"
        try:
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
            cookie = response.getheader("Set-Cookie") or ""
            answer = json.loads(text) if body else {}
            return response.status, cookie, answer
        finally:
            connection.close()


def prepare(settings: Settings) -> list[tuple[str, str, str]]:
    """Return interviews in the first study: each with a response and its interviewer's link."""
    with Store(settings.database) as store:
        made = []
        for number in range(INTERVIEWERS):
            account = store.accounts.add(f"interviewer {number}")
            store.accounts.set_role(account.name, "interviewer", "ami")
            link = make_sign_in_link(settings, store, account.name).removeprefix(settings.url)
            change = Change(
                client=f"begin-{number}",
                sequence=0,
                base_revision=0,
                kind="begin",
                actor=account.name,
                source="console",
                language="en",
            )
            interview = store.interviews.begin(
                study="ami",
                participant_code=f"P{number}",
                interviewer_account_id=account.id,
                runs=[GUIDE],
                consent=None,
                change=change,
            )
            found = store.interviews.find(interview)
            assert found is not None
            made.append((interview, found.responses[0].response, link))
        return made


@contextmanager
def interviewing(port: int, interviews: list[tuple[str, str, str]]) -> Iterator[list[Interviewer]]:
    people = [Interviewer(port, *each) for each in interviews]
    for person in people:
        person.start()
    try:
        yield people
    finally:
        for person in people:
            person.stopping.set()
        for person in people:
            person.join(10)


def read_sequences(settings: Settings, interview: str) -> list[int]:
    """Return the numbers of the page's batches in the order in which they were stored."""
    path = settings.database.removeprefix("sqlite:///")
    database = sqlite3.connect(path)
    rows = database.execute(
        "select client_sequence from event where subject = ? and client = ? order by sequence",
        (interview, f"page-{interview}"),
    ).fetchall()
    database.close()
    return [number for (number,) in rows]


def lose(settings: Settings, command: tuple[str, ...], chance: random.Random) -> int:
    """Kill the server again and again; return how many acknowledged batches are gone."""
    interviews, begun = prepare(settings), time.monotonic()
    with restarting(settings, command) as server, interviewing(server.port, interviews) as people:
        for killed in range(1, KILLS + 1):
            wait_for(people, chance.randint(1, MOST_AWAITED))
            time.sleep(chance.random() * 0.1)
            server.kill()
            told = [person.acknowledged for person in people]
            stored = [read_sequences(settings, interview) for interview, _, _ in interviews]
            lost = sum(
                len(set(range(1, count + 1)) - set(numbers))
                for count, numbers in zip(told, stored, strict=True)
            )
            if lost:
                print(f"after {killed} kills {lost} of {sum(told)} batches lost")
                return lost
            assert stored == [list(range(1, len(numbers) + 1)) for numbers in stored]
            server.start()
    assert sum(told) >= KILLS, "too few were acknowledged, so little was tested"
    assert all(told), "each interviewer was told so at least once"
    repeats, took = sum(person.repeats for person in people), time.monotonic() - begun
    print(f"{KILLS} kills in {took:.0f} s, {sum(told)} batches, {repeats} repeats, 0 lost")
    return 0


def wait_for(people: list[Interviewer], more: int) -> None:
    """Wait until so many more batches are acknowledged; a minute is enough."""
    until = time.monotonic() + 60
    goal = sum(person.acknowledged for person in people) + more
    while sum(person.acknowledged for person in people) < goal and time.monotonic() < until:
        time.sleep(0.005)


def test_a_sheet_s_batches_are_stored_in_order_and_once_though_the_server_is_killed(
    settings: Settings,
) -> None:
    assert lose(settings, OUR_SERVER, random.Random(11)) == 0


def test_the_loop_finds_a_server_that_acknowledges_too_early(settings: Settings) -> None:
    assert lose(settings, HASTY_SERVER, random.Random(11)) > 0
