"""A participant's browser: its cookie, the private link, the receipt, and what it posts."""

import re
import secrets
from dataclasses import dataclass

from flask import request
from werkzeug.wrappers import Response

from survey_app.storage.records import Change, OpenResponse
from survey_app.web.context import services
from survey_app.web.exchange import Whole
from survey_app.web.security import (
    PARTICIPANT_COOKIE,
    csrf_of,
    derive,
    hash_token,
    make_token,
    read_cookie,
    set_cookie,
)
from survey_app.web.text import CleanForm

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
LINK_LETTERS = 26  # of 5 bits: 130 bits
RECEIPT_LETTERS = 10
_COOKIE = re.compile(r"[0-9a-f]{32}(\.[0-9a-z]{26})?")
COOKIE_SECONDS = 180 * 24 * 3600


@dataclass(frozen=True)
class Visit:
    """What the cookie says: 128 random bits and, once a response has begun, its private link."""

    session: str = ""
    link: str = ""

    @property
    def cookie(self) -> str:
        """The cookie's value."""
        return f"{self.session}.{self.link}" if self.link else self.session

    @property
    def token(self) -> str:
        """The token against forged posts that goes with this cookie."""
        return csrf_of(self.cookie)


def current_visit() -> Visit:
    """Return the visit that the browser's cookie continues; an empty one if there is none."""
    cookie = read_cookie(PARTICIPANT_COOKIE)
    if not _COOKIE.fullmatch(cookie):
        return Visit()
    session, _, link = cookie.partition(".")
    return Visit(session, link)


def begin_visit() -> Visit:
    """Return the browser's visit or, if it has none, a new one (not yet in a cookie)."""
    visit = current_visit()
    return visit if visit.session else Visit(make_token())


def next_visit(visit: Visit, client: str) -> Visit:
    """Return the visit of a response that begins: the same for the same page sent twice."""
    session = derive("session", f"{visit.cookie}\n{client}").hex()[:32]
    return Visit(session, spell(derive("link", session), LINK_LETTERS))


def keep_visit(response: Response | Whole, visit: Visit) -> None:
    """Give the browser the visit's cookie."""
    set_cookie(response, PARTICIPANT_COOKIE, visit.cookie, COOKIE_SECONDS)


def find_response(visit: Visit) -> OpenResponse | None:
    """Return the response that the visit fills in, by one query."""
    if not visit.session:
        return None
    return services().store.responses.by_session(hash_token(visit.session))


def find_own(visit: Visit) -> OpenResponse | None:
    """Return the visit's response, by its private link where the session opens it no more."""
    found = find_response(visit)
    if found is None and visit.link:
        return services().store.responses.by_link(hash_token(visit.link))
    return found


def link_address(visit: Visit, response: OpenResponse) -> str | None:
    """Return the private link's whole address if this browser knows it."""
    if not visit.link or hash_token(visit.link) != response.link_hash:
        return None
    return f"{services().settings.url}/r/{visit.link}"


def receipt_code(response: OpenResponse) -> str:
    """Return the code that proves a sending: the same each time, and it opens nothing."""
    letters = spell(derive("receipt", response.id), RECEIPT_LETTERS).upper()
    return f"{letters[:5]}-{letters[5:]}"


def make_client() -> str:
    """Return a new name for an open page."""
    return secrets.token_hex(8)


def read_change(form: CleanForm, kind: str, language: str) -> Change:
    """Return what the page says of itself; a forged number counts as none."""
    # An invitation's code is kept nowhere, least of all beside the response that it began.
    path = "/i" if request.path.startswith("/i/") else request.path[:200]
    revision = form.get("revision")
    number = int(revision) if revision.isascii() and revision.isdigit() else 0
    return Change(
        client=form.get("client")[:64] or make_client(),
        sequence=1,
        base_revision=min(number, 2**31 - 1),
        kind=kind,
        actor="participant",
        source="web",
        language=language,
        body={"action": form.get("action")[:20], "path": path},
    )


def spell(data: bytes, count: int) -> str:
    """Return bytes as so many letters and digits that nobody mistakes for others."""
    number = int.from_bytes(data, "big")
    return "".join(_LETTERS[(number >> (5 * place)) & 31] for place in range(count))
