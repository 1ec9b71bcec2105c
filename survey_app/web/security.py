"""Cookies, tokens against forged posts, and the headers that every answer carries."""

import hashlib
import hmac
import secrets
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, jsonify, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from survey_app.settings import Settings
from survey_app.signatures import sign
from survey_app.translations import gettext
from survey_app.web.context import services
from survey_app.web.exchange import Whole
from survey_app.web.text import clean

PARTICIPANT_COOKIE = "survey"
STAFF_COOKIE = "staff"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}
ONE_YEAR = 31_536_000
NEVER_SHOWN = frozenset({"csrf", "password", "again", "current", "factor_code"})
"""Inputs whose text is in no page, not even to be sent again: it is typed once more."""
OWN_FORM_BLUEPRINTS = {"participant"}
"""These check the token in their views, since they show the same form again by themselves."""


def make_token() -> str:
    """Return 128 random bits as text."""
    return secrets.token_hex(16)


def hash_token(token: str) -> str:
    """Return what the database keeps of a secret: its SHA-256 in hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()


def derive(purpose: str, text: str) -> bytes:
    """Return 256 bits that only this installation can make of a text, for one purpose."""
    return sign(services().secret, purpose, text)


def cookie_name(kind: str) -> str:
    """Return a cookie's name; `__Host-` ties it to this host and to https."""
    return f"__Host-{kind}" if services().is_secure else kind


def read_cookie(kind: str) -> str:
    """Return a cookie's value, or nothing; those that we give need no unquoting."""
    wanted = cookie_name(kind)
    given: str = request.environ.get("HTTP_COOKIE", "")
    for pair in given.split(";"):
        name, _, value = pair.strip().partition("=")
        if name == wanted:
            return value
    return ""


def set_cookie(response: BaseResponse | Whole, kind: str, value: str, seconds: int) -> None:
    """Give the browser a cookie that no script can read."""
    response.set_cookie(
        cookie_name(kind),
        value,
        max_age=seconds,
        secure=services().settings.is_secure,
        httponly=True,
        samesite="Lax",
        path="/",
    )


def drop_cookie(response: BaseResponse, kind: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(
        cookie_name(kind), secure=services().settings.is_secure, httponly=True, path="/"
    )


def csrf_of(cookie: str) -> str:
    """Return the token that goes with a cookie: made without time, so it never grows old."""
    return derive("csrf", cookie).hex()[:32]


def csrf_token() -> str:
    """Return the token for the signed-in person's forms."""
    return csrf_of(read_cookie(STAFF_COOKIE))


def csrf_field() -> Markup:
    """Return the hidden input that carries the token."""
    return Markup('<input type="hidden" name="csrf" value="{}">').format(csrf_token())


def is_own_post(cookie: str) -> bool:
    """Whether a post comes from one of our own pages in the browser that holds the cookie."""
    given = request.environ.get("HTTP_X_CSRF_TOKEN") or request.form.get("csrf", "")
    return is_same_origin() and hmac.compare_digest(given.encode(), csrf_of(cookie).encode())


def is_same_origin() -> bool:
    """Whether the browser says that a post comes from our own pages (if it says anything)."""
    headers = request.environ
    site = headers.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("HTTP_ORIGIN")
    return origin is None or urlsplit(origin).netloc == request.host


def protect(app: Flask, settings: Settings) -> None:
    """Check every post, give every answer its headers, and offer the token to templates."""
    app.before_request(check_post)
    app.wsgi_app = HostAndHeaders(app.wsgi_app, settings)  # type: ignore[method-assign]
    app.context_processor(offer_token)


def offer_token() -> dict[str, Any]:
    """Give staff pages the token; participants' pages, some of them shared, hold their own."""
    if request.blueprint in OWN_FORM_BLUEPRINTS:
        return {}
    return {"csrf_field": csrf_field, "csrf_token": csrf_token}


def allow_without_token(view: Any) -> Any:
    """Mark a view whose address is itself the secret, such as a sign-in link."""
    view.without_token = True
    return view


def check_post() -> Any:
    """Refuse a post that is not from our own page; what was typed is shown again, not saved."""
    if request.method != "POST" or request.blueprint in OWN_FORM_BLUEPRINTS:
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "without_token", False) and is_same_origin():
        return None
    if is_own_post(read_cookie(STAFF_COOKIE)):
        return None
    if request.is_json:
        return jsonify(error="csrf", csrf=csrf_token()), 400
    fields = [(name, clean(text)) for name, text in request.form.items(multi=True)]
    kept = [(name, text) for name, text in fields if name not in NEVER_SHOWN]
    return render_template("stale_form.html", fields=kept), 400


class HostAndHeaders:
    """Refuses other hosts, and adds the headers to every answer; a view's own policy stands.

    It stands around the application, since there a header costs a hundredth of what it costs
    within: Flask checks and copies each one.
    """

    def __init__(self, application: Any, settings: Settings) -> None:
        self._application = application
        self._hosts = frozenset(settings.trusted_hosts)
        self._address = settings.url
        self._always = list(HEADERS.items())
        if settings.is_secure:
            self._always.append(
                ("Strict-Transport-Security", f"max-age={ONE_YEAR}; includeSubDomains")
            )

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer a request as WSGI asks."""

        def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            given = {name for name, _ in headers}
            if "Content-Security-Policy" not in given:
                headers.append(("Content-Security-Policy", POLICY))
            if "Cache-Control" not in given:
                headers.append(("Cache-Control", "no-store"))
            return start_response(status, headers + self._always, error)

        if not self._is_ours(environ.get("HTTP_HOST", "")):
            start("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
            return [self._refusal().encode()]
        return self._application(environ, start)

    def _refusal(self) -> str:
        return gettext(
            "This server does not answer under that name. Open it at {address} instead."
        ).format(address=self._address)

    def _is_ours(self, host: str) -> bool:
        """Whether a request names us: links are made for no other host."""
        name = (
            host.partition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
        )
        return name.lower() in self._hosts
