"""Participants who go on and on over real sockets, and remember what was acknowledged to them."""

import http.client
import random
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

SECTION = "/s/ami/section/role"


@dataclass
class Acknowledged:
    """What the server said is saved: texts, and texts of responses that were sent."""

    saved: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)


class Participant(threading.Thread):
    """Begins, writes one text, sends, and begins again, until it is told to stop."""

    def __init__(self, port: int, seed: int, acknowledged: Acknowledged) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.random = random.Random(seed)
        self.acknowledged = acknowledged
        self.stopping = threading.Event()
        self.cookie = ""

    def run(self) -> None:
        """Walk after walk; a server that is gone is waited for."""
        while not self.stopping.is_set():
            try:
                self.take_part()
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)

    def take_part(self) -> None:
        """One participation; whatever breaks it off leaves what was acknowledged."""
        self.cookie = ""
        text = f"{self.random.getrandbits(64):016x}"
        form = self.hidden(self.ask("GET", "/s/ami")[1])
        self.expect(303, "/s/ami", {**form, "agree": "yes"})
        form = self.hidden(self.ask("GET", SECTION)[1])
        answers = {"item_rewarding": "yes", "item_rewarding_what": text, "action": "continue"}
        self.expect(303, SECTION, {**form, **answers})
        self.acknowledged.saved.add(text)
        form = self.hidden(self.ask("GET", "/s/ami/check")[1])
        self.expect(303, "/s/ami/check", form)
        self.acknowledged.sent.add(text)

    def expect(self, status: int, path: str, form: dict[str, str]) -> None:
        """Post the same form until the server answers with `status`; give up when stopped."""
        while not self.stopping.is_set():
            try:
                if self.ask("POST", path, form)[0] == status:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
        raise http.client.HTTPException("stopped")

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Send one request on a connection of its own; return the status and the body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=3)
        headers = {"Cookie": f"survey={self.cookie}"} if self.cookie else {}
        body = urlencode(form) if form else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
            cookie = response.getheader("Set-Cookie") or ""
            if cookie.startswith("survey="):
                self.cookie = cookie.removeprefix("survey=").partition(";")[0]
            return response.status, text
        finally:
            connection.close()

    @staticmethod
    def hidden(page: str) -> dict[str, str]:
        """Return the page's hidden inputs."""
        values = {}
        for name in ("csrf", "client", "revision"):
            mark = f'name="{name}" value="'
            if mark in page:
                values[name] = page.split(mark, 1)[1].split('"', 1)[0]
        return values
