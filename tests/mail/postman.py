"""A real mail server on this computer, which can also refuse, be slow, and hang up."""

import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast


@dataclass(kw_only=True)
class Postman:
    """What the server does, and every message that it was handed.

    `refused` are addresses that it takes nothing for. `before_answer` is called when a message has
    come in and before that is said; where it returns False the connection is cut there.
    """

    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    greeting: str = "220 ready"
    mail_answer: str = "250 fine"
    data_answer: str = "354 go on"
    last_answer: str = "250 taken"
    before_answer: Callable[[int], bool] = lambda _number: True
    extensions: tuple[str, ...] = ()
    tls: ssl.SSLContext | None = None
    within_tls: bool = False
    encrypted: list[bool] = field(default_factory=list)
    hello: list[str] = field(default_factory=list)
    port: int = 0
    host: str = "127.0.0.1"

    def url(self, who: str = "", scheme: str = "smtp") -> str:
        return f"{scheme}://{who}{self.host}:{self.port}"

    def texts(self) -> list[str]:
        """The words of each message."""
        return [each.get_content() for each in self.messages]


class _Visit(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        try:
            self._talk(cast("_Server", self.server).postman)
        except OSError:
            return
        finally:
            self.rfile.close()
            self.connection.close()

    def _talk(self, postman: Postman) -> None:
        self._encrypted = False
        if postman.within_tls:
            self._encrypt(postman)
        self._say(postman.greeting)
        while line := self.rfile.readline():
            words = line.decode("ascii", "replace").strip()
            verb = words.partition(" ")[0].upper()
            if verb in {"EHLO", "HELO"}:
                self._greet(postman, words)
            elif verb == "STARTTLS":
                self._say("220 begin")
                self._encrypt(postman)
            elif verb == "MAIL":
                self._say(postman.mail_answer)
            elif verb == "RCPT":
                self._address(postman, words)
            elif verb == "DATA":
                if not self._take(postman):
                    return
            elif verb == "AUTH":
                self._say("235 known" if words.endswith("AHVzZXIAcEBzcw==") else "535 unknown")
            else:
                self._say("221 bye" if verb == "QUIT" else "250 fine")

    def _greet(self, postman: Postman, words: str) -> None:
        postman.hello.append(words.partition(" ")[2])
        extensions = list(postman.extensions)
        if postman.tls is not None and not self._encrypted:
            extensions.append("STARTTLS")
        lines = ["postman", *extensions]
        for line in lines[:-1]:
            self._say(f"250-{line}")
        self._say(f"250 {lines[-1]}")

    def _address(self, postman: Postman, words: str) -> None:
        self._to = words.partition("<")[2].partition(">")[0]
        known = self._to not in postman.refused
        self._say("250 fine" if known else "550 There is no such mailbox")

    def _take(self, postman: Postman) -> bool:
        """Take a message; False where the connection is cut."""
        self._say(postman.data_answer)
        if not postman.data_answer.startswith("354"):
            return True
        content = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            content += line[1:] if line.startswith(b".") else line
        postman.messages.append(message_from_bytes(content, policy=default))
        postman.recipients.append(self._to)
        postman.encrypted.append(self._encrypted)
        if not postman.before_answer(len(postman.messages)):
            return False
        self._say(postman.last_answer)
        return True

    def _encrypt(self, postman: Postman) -> None:
        assert postman.tls is not None
        self.connection = postman.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self._encrypted = True

    def _say(self, line: str) -> None:
        self.connection.sendall(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    postman: Postman


@contextmanager
def serve_mail(postman: Postman) -> Iterator[Postman]:
    """Answer at a free port for as long as the block lasts."""
    with _Server((postman.host, 0), _Visit) as server:
        server.postman = postman
        postman.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
        thread.start()
        yield postman
        server.shutdown()
        thread.join(5)
