"""Participants are answered one at a time, and nobody's disk or network holds up the others."""

import io
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from flask import Flask

from survey_app.settings import Settings
from survey_app.web.app import create_app
from survey_app.web.context import EXTENSION
from survey_app.web.turns import Turn, read_ahead
from tests.plain_browser import PlainBrowser

SECONDS = 20
"""Nothing here takes as long; what waits for something that never comes fails after it."""


class Network(io.BytesIO):
    """A telephone whose post comes when it is let."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body)
        self.asked = threading.Event()
        self.let = threading.Event()

    def read(self, size: int | None = -1) -> bytes:
        self.asked.set()
        assert self.let.wait(SECONDS)
        return super().read(size)


@pytest.fixture
def served(settings: Settings) -> Iterator[Flask]:
    """The application with a store of its own, as a server makes it."""
    app = create_app(settings)
    yield app
    app.extensions[EXTENSION].store.close()


@pytest.fixture
def beside() -> Iterator[Callable[..., Any]]:
    """Begin something in another thread."""
    with ThreadPoolExecutor(4) as pool:
        yield pool.submit


def test_one_has_the_turn_until_it_is_given_up(beside: Callable[..., Any]) -> None:
    turn, came = Turn(), threading.Event()

    def come() -> None:
        with turn:
            came.set()

    with turn:
        other = beside(come)
        assert not came.wait(0.05)
    other.result(SECONDS)
    assert came.is_set()


def test_the_turn_is_lent_by_whoever_has_it_and_taken_back(beside: Callable[..., Any]) -> None:
    turn = Turn()

    def come() -> None:
        with turn:
            pass

    with turn:
        with turn.lent():
            beside(come).result(SECONDS)
        waits = beside(come)
        assert not waits.done()
    waits.result(SECONDS)


def test_who_has_not_the_turn_lends_nothing(beside: Callable[..., Any]) -> None:
    turn, came = Turn(), threading.Event()

    def lend() -> None:
        with turn.lent():
            came.set()

    with turn:
        beside(lend).result(SECONDS)
        assert came.is_set()
    with turn:  # which is as it was
        pass


@pytest.mark.parametrize(
    ("length", "read"),
    [("5", True), ("10", True), ("11", False), ("0", False), ("", False), ("x", False), ("-5", False)],
)  # fmt: skip
def test_a_post_is_read_ahead_unless_it_is_too_long_to_be_taken(length: str, read: bool) -> None:
    body = io.BytesIO(b"0123456789")
    environ: dict[str, Any] = {"CONTENT_LENGTH": length, "wsgi.input": body}

    read_ahead(environ, 10)

    assert (body.tell() > 0) is read
    assert environ["wsgi.input"].read(int(length) if read else 0) == body.getvalue()[: body.tell()]


def test_a_slow_telephone_holds_up_nobody(served: Flask, beside: Callable[..., Any]) -> None:
    slow, body = served.test_client(), b"agree=yes"
    network = Network(body)
    post = beside(
        slow.post,
        "/s/ami",
        input_stream=network,
        content_length=len(body),
        content_type="application/x-www-form-urlencoded",
    )
    assert network.asked.wait(SECONDS)

    other = beside(served.test_client().get, "/s/ami").result(SECONDS)

    assert other.status_code == 200
    assert not post.done()
    network.let.set()
    assert post.result(SECONDS).status_code == 400


def test_a_slow_disk_holds_up_only_those_who_write(
    served: Flask, settings: Settings, beside: Callable[..., Any]
) -> None:
    writes, reads = PlainBrowser(served.test_client()), served.test_client()
    writes.open("/s/ami")
    writes.choose("agree", "yes").press()
    path = settings.database.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other_program:
        other_program.execute("BEGIN IMMEDIATE")
        post = beside(writes.press, "continue")
        pages = [beside(reads.get, "/s/ami").result(SECONDS) for _ in range(20)]
        assert not post.done()
        other_program.execute("COMMIT")

    assert [page.status_code for page in pages] == [200] * 20
    post.result(SECONDS)
    assert writes.path == "/s/ami/section/role"


def test_the_turn_is_given_up_when_a_view_fails(served: Flask) -> None:
    def fail() -> str:
        raise LookupError("nothing there")

    served.add_url_rule("/s/broken", view_func=fail)
    browser = served.test_client()

    assert [browser.get(path).status_code for path in ("/s/broken", "/s/nowhere", "/s/ami")] == [
        500,
        404,
        200,
    ]
