"""What goes in and out of the framework, without the work that none of our pages needs.

A participation is a dozen small requests, and most of what they cost is the framework's care for
cases that do not arise here: views that are coroutines, pages that are streams, headers in any
order. What is left out is left out here, and nothing else knows of it.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, quote

from flask import Flask, Response, request
from flask import Request as BaseRequest
from flask.sessions import NullSession, SessionInterface
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.http import dump_cookie
from werkzeug.routing import MapAdapter, Rule
from werkzeug.utils import cached_property

from survey_app.web.context import answering
from survey_app.web.inflow import Inflow
from survey_app.web.turns import POSTED, Turn, read_ahead

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MOST_KNOWN = 1_000
"""How many participants' addresses are remembered: a study has a dozen."""
PARTICIPANTS = "/s/"
"""Begins the addresses of participants' pages."""
_FORM = "application/x-www-form-urlencoded"
_NOTHING: ImmutableMultiDict[str, str] = ImmutableMultiDict()


class Request(BaseRequest):
    """A request whose form, if it comes as forms do, is read without the care for files."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """What stands behind the question mark of the address, which mostly is nothing."""
        given: MultiDict[str, str] = super().args if self.query_string else _NOTHING
        return given

    @cached_property
    def form(self) -> ImmutableMultiDict[str, str]:
        """What was posted, by name; the framework limits its length while it is read."""
        if self.environ.get("CONTENT_TYPE") != _FORM:
            posted: ImmutableMultiDict[str, str] = super().form
            return posted
        self.__dict__["files"] = _NOTHING
        body = self.environ.get(POSTED)
        text = (self.stream.read() if body is None else body).decode(errors="replace")
        return ImmutableMultiDict(parse_qsl(text, keep_blank_values=True))


class Whole:
    """An answer whose body is there in bytes, and which is sent as it stands.

    To Flask it is a WSGI application. A list is what the server sends at once; whatever else comes,
    it asks for piece by piece.
    """

    def __init__(self, body: bytes, status: str = "200 OK", *, location: str = "") -> None:
        self._body = body
        self._status = status
        self._headers = [
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
        ]
        if location:
            self._headers.append(("Location", location))

    def set_cookie(self, name: str, value: str, **said: Any) -> None:
        """Give the browser a cookie, as Flask's own answers do."""
        self._headers.append(("Set-Cookie", dump_cookie(name, value, **said)))

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer as WSGI asks; a request for the headers alone gets no body."""
        start_response(self._status, [*self._headers])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self._body]


def lead_to(address: str) -> Whole:
    """Return the answer to a post, or to a page that is elsewhere: read `address` next."""
    return Whole(b"", "303 SEE OTHER", location=quote(address, safe="/"))


class Routes(MapAdapter):
    """The routes as requests to one address see them; what was found is remembered."""

    _found: tuple[Rule, Mapping[str, Any]] | None = None

    def match(self, *args: Any, **kwargs: Any) -> Any:
        """Return the rule and what stands in its places, as Flask asks for every request."""
        if args or kwargs != {"return_rule": True}:
            return super().match(*args, **kwargs)
        found = self._found = self._found or super().match(return_rule=True)
        return found[0], {**found[1]}


def _expect_whole(environ: "WSGIEnvironment") -> None:
    """Let a post be refused that was cut off on its way and is shorter than it says.

    The server says that what it hands over ends by itself, and the framework would then ask no
    more. Of one that does not say its length, as no browser posts, nobody could tell.
    """
    if environ.get("CONTENT_LENGTH"):
        environ.pop("wsgi.input_terminated", None)


class NoSession(SessionInterface):
    """Flask's own session, which we never open: ours are rows, known by a cookie's hash."""

    _none = NullSession()

    def open_session(self, app: Flask, request: BaseRequest) -> NullSession:  # noqa: ARG002
        """Return the session that holds nothing and takes nothing."""
        return self._none


class Application(Flask):
    """Flask for one host, at the root of its addresses, and for views that are plain functions."""

    request_class = Request
    session_interface = NoSession()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[tuple[str, str, str, str], Routes] = {}
        self.turn = Turn()
        self.inflow = Inflow()

    def wsgi_app(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request; participants' each take their turn."""
        if environ["REQUEST_METHOD"] == "POST":
            _expect_whole(environ)
            environ["wsgi.input"] = self.inflow.watch(environ["wsgi.input"])
        if not environ["PATH_INFO"].startswith(PARTICIPANTS):
            return super().wsgi_app(environ, start_response)
        read_ahead(environ, self.config["MAX_CONTENT_LENGTH"])
        with self.turn, answering(self):
            return super().wsgi_app(environ, start_response)

    def preprocess_request(self) -> Any:
        """Ask what is asked before every view; participants' views ask it by themselves."""
        if request.path.startswith(PARTICIPANTS):
            return None
        return super().preprocess_request()

    def finalize_request(self, rv: Any, from_error_handler: bool = False) -> Response:  # noqa: FBT001, FBT002 - Flask's own
        """Return the answer; one that is whole wants nothing done to it after the view."""
        if isinstance(rv, Whole):
            # Flask does no more with it than to call it.
            return cast("Response", rv)
        return super().finalize_request(rv, from_error_handler)

    def do_teardown_request(self, exc: Any = None) -> None:
        """Do nothing: no part of ours waits for the end of a request."""

    def do_teardown_appcontext(self, exc: Any = None) -> None:
        """Do nothing, in the same way."""

    def create_url_adapter(self, request: BaseRequest | None) -> MapAdapter | None:
        """Return what finds a request's view; whether the host is ours is known by then.

        For participants' addresses it is remembered, and for theirs alone: others may hold a
        private link.
        """
        if request is None:
            return None
        if request.query_string or not request.path.startswith(PARTICIPANTS):
            return self._make_routes(request)
        host = request.environ.get("HTTP_HOST", "")
        here = (host, request.scheme, request.method, request.path)
        routes = self._known.get(here)
        if routes is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            routes = self._known[here] = self._make_routes(request)
        return routes

    def _make_routes(self, request: BaseRequest) -> Routes:
        return Routes(
            map=self.url_map,
            server_name=request.environ.get("HTTP_HOST", ""),
            script_name=request.root_path,
            subdomain="",
            url_scheme=request.scheme,
            path_info=request.path,
            default_method=request.method,
            query_args=request.query_string.decode("latin1"),
        )

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is: none of ours is a coroutine."""
        return func
