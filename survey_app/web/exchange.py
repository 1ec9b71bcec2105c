"""What goes in and out of the framework, without the work that none of our pages needs.

A participation is a dozen small requests, and most of what they cost is the framework's care for
cases that do not arise here: views that are coroutines, pages that are streams, headers in any
order. What is left out is left out here, and nothing else knows of it.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

from flask import Flask, Response
from flask import Request as BaseRequest
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.routing import MapAdapter
from werkzeug.utils import cached_property

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MOST_KNOWN = 1_000
"""How many participants' addresses are remembered: a study has a dozen."""
_FORM = "application/x-www-form-urlencoded"


class Request(BaseRequest):
    """A request whose form, if it comes as forms do, is read without the care for files."""

    @cached_property
    def form(self) -> ImmutableMultiDict[str, str]:
        """What was posted, by name; the framework limits its length while it is read."""
        if self.environ.get("CONTENT_TYPE") != _FORM:
            posted: ImmutableMultiDict[str, str] = super().form
            return posted
        self.__dict__["files"] = ImmutableMultiDict()
        text = self.stream.read().decode(errors="replace")
        return ImmutableMultiDict(parse_qsl(text, keep_blank_values=True))


class Whole(Response):
    """An answer whose body is there in bytes, and which is sent as it stands.

    A list is what the server sends at once; whatever else comes, it asks for piece by piece.
    """

    def __init__(self, body: bytes, status: int = 200) -> None:
        super().__init__(body, status, content_type="text/html; charset=utf-8")
        self._body = [body]

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer as WSGI asks; only a request for the headers alone takes the long way."""
        if environ["REQUEST_METHOD"] == "HEAD":
            return super().__call__(environ, start_response)
        start_response(self.status, self.headers.to_wsgi_list())
        return self._body


def lead_to(address: str) -> Whole:
    """Return the answer to a post, or to a page that is elsewhere: read `address` next."""
    response = Whole(b"", 303)
    response.headers["Location"] = quote(address, safe="/")
    return response


class Routes(MapAdapter):
    """The routes as one request sees them; those of participants' pages are remembered.

    Only theirs: other addresses may hold a private link.
    """

    def __init__(self, known: dict[tuple[str, str], Any], **request: Any) -> None:
        super().__init__(**request)
        self._known = known

    def match(self, *args: Any, **kwargs: Any) -> Any:
        """Return the rule and what stands in its places, as Flask asks for every request."""
        if args or kwargs != {"return_rule": True} or not self.path_info.startswith("/s/"):
            return super().match(*args, **kwargs)
        here = (self.default_method, self.path_info)
        found = self._known.get(here)
        if found is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            found = self._known[here] = super().match(return_rule=True)
        rule, places = found
        return rule, {**places}


class Application(Flask):
    """Flask for one host, at the root of its addresses, and for views that are plain functions."""

    request_class = Request

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[tuple[str, str], Any] = {}

    def create_url_adapter(self, request: BaseRequest | None) -> MapAdapter | None:
        """Return what finds a request's view; whether the host is ours is known by then."""
        if request is None:
            return None
        return Routes(
            self._known,
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
