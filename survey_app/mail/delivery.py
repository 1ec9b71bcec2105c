"""Handing a message to the mail server, in two steps, and what can come of it.

First the server is reached and says whether it takes a letter to that person; only then is the
letter written, since its link takes the place of an earlier one. What went wrong before the
message's content left cannot have sent it; after that only the server's answer tells.
"""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from survey_app.mail.server import MailServer, Sender
from survey_app.translations import gettext as _

TIMEOUT = 30.0
"""Seconds for which each of the server's answers is waited for."""
SHOWN = 200
_GO_ON, _DONE, _FORWARDS = 354, 250, 251
_LINE_OF_DOT = re.compile(rb"(?m)^\.")


class NotSent(Exception):  # noqa: N818 - the names say what happened
    """The message was surely not sent; the text says why."""


class ServerUnusable(NotSent):
    """The server takes no message from us just now, to whomever."""


class Refused(NotSent):
    """The server does not take this message, or not to this person."""


class MaybeSent(Exception):  # noqa: N818
    """The connection ended after the message had left and before the server's answer came."""


class Session:
    """A connection on which the server takes one message from us to one person."""

    def __init__(self, connection: smtplib.SMTP) -> None:
        self._connection = connection

    def hand_over(self, message: EmailMessage) -> None:
        """Send the message. Raises Refused, ServerUnusable or MaybeSent."""
        try:
            code, answer = self._connection.docmd("DATA")
        except (OSError, smtplib.SMTPException) as error:
            raise ServerUnusable(_say_lost(error)) from error
        if code != _GO_ON:
            raise Refused(_say_refused(code, answer))
        content = _LINE_OF_DOT.sub(b"..", message.as_bytes())
        try:
            self._connection.send(content + b".\r\n")
            code, answer = self._connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise MaybeSent(
                _("The connection ended before the mail server said that it has the letter.")
            ) from error
        if code != _DONE:
            raise Refused(_say_refused(code, answer))


@contextmanager
def open_session(
    server: MailServer, sender: Sender, recipient: str, *, timeout: float = TIMEOUT
) -> Iterator[Session]:
    """Reach the server and ask whether it takes a message. Raises ServerUnusable or Refused."""
    connection = _connect(server, sender, timeout)
    try:
        _address(connection, sender, recipient)
        yield Session(connection)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.quit()
        connection.close()


def _connect(server: MailServer, sender: Sender, timeout: float) -> smtplib.SMTP:
    try:
        connection = _open(server, sender, timeout)
    except (OSError, smtplib.SMTPException) as error:
        raise ServerUnusable(_say_unreachable(server, error)) from error
    try:
        _prepare(connection, server)
    except ServerUnusable:
        connection.close()
        raise
    except (OSError, smtplib.SMTPException) as error:
        connection.close()
        raise ServerUnusable(_say_unreachable(server, error)) from error
    return connection


def _open(server: MailServer, sender: Sender, timeout: float) -> smtplib.SMTP:
    # Named by the sender's domain: to ask for this computer's own name would ask other servers.
    where = (server.host, server.port, sender.domain)
    if server.within_tls:
        return smtplib.SMTP_SSL(*where, timeout=timeout, context=ssl.create_default_context())
    return smtplib.SMTP(*where, timeout=timeout)


def _prepare(connection: smtplib.SMTP, server: MailServer) -> None:
    """Encrypt, but on this computer itself, and say who we are."""
    connection.ehlo_or_helo_if_needed()
    if not server.within_tls and not server.is_here:
        if not connection.has_extn("starttls"):
            sentence = _(
                "The mail server {host} offers no encryption, so nothing is handed to it. Use one "
                "that does, or its address with smtps://."
            )
            raise ServerUnusable(sentence.format(host=server.host))
        connection.starttls(context=ssl.create_default_context())
        connection.ehlo()
    if server.user:
        connection.login(server.user, server.password)


def _address(connection: smtplib.SMTP, sender: Sender, recipient: str) -> None:
    try:
        code, answer = connection.mail(sender.address)
        if code != _DONE:
            raise ServerUnusable(_say_refused(code, answer))
        code, answer = connection.rcpt(recipient)
        if code not in {_DONE, _FORWARDS}:
            raise Refused(_say_refused(code, answer))
    except (OSError, smtplib.SMTPException) as error:
        raise ServerUnusable(_say_lost(error)) from error


def _say_refused(code: int, answer: bytes) -> str:
    return _("The mail server refused: {code} {answer}").format(code=code, answer=_show(answer))


def _say_lost(error: Exception) -> str:
    sentence = _("The connection to the mail server ended: {reason}.")
    return sentence.format(reason=_show(str(error)) or type(error).__name__)


def _say_unreachable(server: MailServer, error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        sentence = _("The mail server {host} does not know this user and password.")
        return sentence.format(host=server.host)
    reason = _show(str(error)) or type(error).__name__
    sentence = _("The mail server {host} cannot be used: {reason}.")
    return sentence.format(host=server.host, reason=reason)


def _show(said: bytes | str) -> str:
    """Return what a server said on one line, and not too much of it."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    line = " ".join(text.split())
    return "".join(each for each in line if each.isprintable())[:SHOWN].rstrip(".")
