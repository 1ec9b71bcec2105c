"""Telephones that begin to post and never end it hold up nobody for ever."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from survey_app.settings import Settings
from tests.reliability.impatient_server import PATIENCE, THREADS
from tests.reliability.servers import answers, restarting

IMPATIENT_SERVER = ("-m", "tests.reliability.impatient_server")
LONG = 60
"""Seconds; nothing here takes as long."""


@contextmanager
def stalling(port: int, number: int) -> Iterator[list[socket.socket]]:
    """So many telephones, each in the middle of a post."""
    begun = (
        f"POST /s/ami HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 30\r\n\r\nagree="
    )
    with ExitStack() as stack:
        telephones = []
        for _ in range(number):
            telephone = stack.enter_context(socket.create_connection(("127.0.0.1", port), LONG))
            telephone.sendall(begun.encode())
            telephones.append(telephone)
        yield telephones


def test_once_every_thread_waits_for_a_post_the_server_starts_anew(settings: Settings) -> None:
    with restarting(settings, IMPATIENT_SERVER) as server:
        with stalling(server.port, THREADS) as telephones:
            assert [each.recv(1) for each in telephones] == [b""] * THREADS
        assert answers(server.port)


def test_while_a_thread_is_left_everybody_else_is_answered_and_nobody_is_cut_off(
    settings: Settings,
) -> None:
    with (
        restarting(settings, IMPATIENT_SERVER) as server,
        stalling(server.port, THREADS - 1) as telephones,
    ):
        for _ in range(20):
            assert answers(server.port)
            time.sleep(PATIENCE / 10)
        for each in telephones:
            each.sendall(b"yes&code=" + b"x" * 15)
            # Refused, since it has no cookie, but read to its end and answered.
            assert each.recv(12) == b"HTTP/1.1 400"
