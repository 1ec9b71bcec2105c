"""What a telephone began to send and could not end is not taken for what it meant to say."""

import socket
import sqlite3
from urllib.parse import urlencode

from survey_app.settings import Settings
from tests.reliability.participants import SECTION, Acknowledged, Participant
from tests.reliability.servers import restarting

WORDS = " ".join(["What I found rewarding is a long story."] * 200)


def stored(settings: Settings) -> list[str]:
    """Return the texts in the database."""
    database = sqlite3.connect(settings.database.removeprefix("sqlite:///"))
    query = "select json_extract(value, '$') from answer where item = 'rewarding_what'"
    texts = [text for (text,) in database.execute(query)]
    database.close()
    return texts


def cut_off(port: int, cookie: str, body: bytes, sent: int) -> bytes:
    """Post so many bytes of the body to the section; return the beginning of the answer."""
    head = (
        f"POST {SECTION} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: survey={cookie}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(head.encode() + body[:sent])
        connection.shutdown(socket.SHUT_WR)
        return connection.recv(100)


def test_a_post_that_is_cut_off_saves_nothing_and_the_whole_one_saves_all(
    settings: Settings,
) -> None:
    with restarting(settings) as server:
        person = Participant(server.port, 0, Acknowledged())
        door = person.hidden(person.ask("GET", "/s/ami")[1])
        person.expect(303, "/s/ami", {**door, "agree": "yes"})
        form = person.hidden(person.ask("GET", SECTION)[1]) | {"action": "continue"}
        answers = {"item_rewarding": "yes", "item_rewarding_what": WORDS}
        whole = form | answers
        body = urlencode(whole).encode()

        for sent in (0, len(body) // 2, len(body) - 1):
            assert cut_off(server.port, person.cookie, body, sent).startswith(b"HTTP/1.1 400")
            assert stored(settings) == []

        assert person.ask("POST", SECTION, whole)[0] == 303
        assert stored(settings) == [WORDS]
