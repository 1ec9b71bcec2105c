"""The one mail server that this installation hands its letters to, read from a URL."""

from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from survey_app.mail.addresses import is_address

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PORTS = {"smtp": 587, "smtps": 465}
"""Of message submission, with STARTTLS (RFC 6409) and within TLS (RFC 8314)."""
EXAMPLE = "smtps://user:password@mail.example.org"


class MailSettingsError(ValueError):
    """What was set for mail cannot be meant; the sentence says why, without any password."""


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Whom letters come from: the address, and a name before it or nothing."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """The part of the address behind the @."""
        return self.address.partition("@")[2]


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where letters are handed over; `within_tls` from the first byte, else after STARTTLS."""

    host: str
    port: int
    within_tls: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def is_here(self) -> bool:
        """Whether it runs on this computer, where nobody listens in on the way to it."""
        return self.host in LOOPBACK


def read_server(url: str) -> MailServer:
    """Return the server that a URL names. Raises MailSettingsError."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise MailSettingsError(_say_url()) from error
    if parts.scheme not in PORTS or not parts.hostname or parts.path not in {"", "/"}:
        raise MailSettingsError(_say_url())
    if parts.query or parts.fragment:
        raise MailSettingsError(_say_url())
    return MailServer(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        within_tls=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def read_sender(text: str) -> Sender:
    """Return whom letters come from: `Name <address>`, or an address. Raises MailSettingsError."""
    name, address = parseaddr(text)
    if not is_address(address) or not text.isprintable():
        raise MailSettingsError(
            "SURVEY_APP_MAIL_FROM must say whom letters come from, such as study@example.org or "
            "'The study <study@example.org>'."
        )
    return Sender(name=name, address=address)


def _say_url() -> str:
    return (
        f"SURVEY_APP_SMTP is no address of a mail server; write one such as {EXAMPLE}, with "
        "smtp:// for one that begins with STARTTLS. Characters such as @ and / in a password are "
        "written as %40 and %2F."
    )
