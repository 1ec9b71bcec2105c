"""Handing a message to a server: encrypted but at home, and sure of what came of it."""

import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from survey_app.mail.delivery import MaybeSent, Refused, ServerUnusable, open_session
from survey_app.mail.letters import Text
from survey_app.mail.messages import compose
from survey_app.mail.server import Sender, read_server
from tests.mail.certificates import make_certificate
from tests.mail.postman import Postman, serve_mail

ELSEWHERE = "127.0.0.2"
"""An address of this computer that is not called loopback by us, as that of any other server."""
STUDY = Sender(name="Étude", address="study@example.org")
ADA = "ada@example.org"


def send(url: str, body: str = "Hello\n", to: str = ADA, timeout: float = 5.0) -> None:
    message = compose(Text(subject="Été", body=body), STUDY, "Ada L’Ovelace", to)
    with open_session(read_server(url), STUDY, to, timeout=timeout) as session:
        session.hand_over(message)


def test_a_message_arrives_whole() -> None:
    body = "Ünïcode ☺\n.a line that begins with a dot\n..and two\n" + "x" * 2_000 + "\n"
    with serve_mail(Postman()) as postman:
        send(postman.url(), body)
    (message,) = postman.messages
    assert message.get_content().replace("\r\n", "\n") == body
    assert (message["Subject"], message["To"]) == ("Été", f"Ada L’Ovelace <{ADA}>")
    assert message["From"] == "Étude <study@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<mailto:study@example.org?subject=stop>"
    assert (postman.recipients, postman.hello) == ([ADA], ["example.org"])


def test_a_name_cannot_add_a_header_or_another_recipient() -> None:
    with pytest.raises(ValueError, match="CR or LF"):
        compose(Text(subject="a", body="b"), STUDY, "Ada\r\nBcc: all@example.org", ADA)
    message = compose(Text(subject="a", body="b"), STUDY, 'Ada", x <y@example.org>', ADA)
    assert [each.addr_spec for each in message["To"].addresses] == [ADA]


@pytest.mark.parametrize(
    ("postman", "sentence"),
    [
        (Postman(refused={ADA}), "550 There is no such mailbox"),
        (Postman(data_answer="451 not now"), "451 not now"),
        (Postman(last_answer="554 looks like spam"), "554 looks like spam"),
    ],
)
def test_what_the_server_refuses_was_surely_not_sent(postman: Postman, sentence: str) -> None:
    with serve_mail(postman), pytest.raises(Refused, match=sentence):
        send(postman.url())


@pytest.mark.parametrize(
    ("postman", "sentence"),
    [
        (Postman(mail_answer="421 too many today"), "421 too many today"),
        (Postman(greeting="554 go away"), "cannot be used"),
    ],
)
def test_a_server_that_takes_nothing_is_told_from_one_that_refuses_somebody(
    postman: Postman, sentence: str
) -> None:
    with serve_mail(postman), pytest.raises(ServerUnusable, match=sentence):
        send(postman.url())


def test_no_server_at_all_is_said() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"smtp://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(ServerUnusable, match=r"mail server 127\.0\.0\.1 cannot be used"):
            send(url, timeout=1)


def test_a_connection_that_is_cut_after_the_letter_leaves_it_open() -> None:
    cut = serve_mail(Postman(before_answer=lambda _number: False))
    with cut as postman, pytest.raises(MaybeSent, match="ended before the mail server said"):
        send(postman.url())
    assert len(postman.messages) == 1


def test_an_answer_that_does_not_come_leaves_it_open_too() -> None:
    waits = threading.Event()
    with serve_mail(Postman(before_answer=lambda _number: waits.wait(20))) as postman:
        with pytest.raises(MaybeSent):
            send(postman.url(), timeout=0.2)
        waits.set()


def test_user_and_password_are_said_to_a_server_that_asks() -> None:
    with serve_mail(Postman(extensions=("AUTH PLAIN",))) as postman:
        send(postman.url("user:p%40ss@"))
        with pytest.raises(ServerUnusable, match="does not know this user and password"):
            send(postman.url("user:wrong@"))
    assert len(postman.messages) == 1


def test_elsewhere_nothing_is_handed_over_in_clear() -> None:
    plain = serve_mail(Postman(host=ELSEWHERE, extensions=("AUTH PLAIN",)))
    with plain as postman, pytest.raises(ServerUnusable, match="offers no encryption"):
        send(postman.url("user:p%40ss@"))
    assert postman.messages == []


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_elsewhere_it_is_encrypted_by_a_certificate_that_is_trusted(
    scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls, authority = make_certificate(tmp_path, ELSEWHERE)
    postman = Postman(host=ELSEWHERE, tls=tls, within_tls=scheme == "smtps")
    with serve_mail(postman):
        with pytest.raises(ServerUnusable, match="certificate"):
            send(postman.url(scheme=scheme))
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        send(postman.url(scheme=scheme))
    assert postman.encrypted == [True]


def test_a_certificate_for_another_server_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls, authority = make_certificate(tmp_path, "127.0.0.3")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    other = serve_mail(Postman(host=ELSEWHERE, tls=tls))
    with other as postman, pytest.raises(ServerUnusable, match="certificate"):
        send(postman.url())
    assert postman.messages == []


def test_no_name_is_looked_up_but_the_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    look_up = socket.getaddrinfo

    def note(host: str, *more: Any, **options: Any) -> Any:
        asked.append(host)
        return look_up(host, *more, **options)

    def refuse(*_: object) -> str:
        raise AssertionError("this computer's own name was asked for")

    monkeypatch.setattr(socket, "getaddrinfo", note)
    monkeypatch.setattr(socket, "getfqdn", refuse)
    with serve_mail(Postman()) as postman:
        send(postman.url())
    assert asked == ["127.0.0.1"]
