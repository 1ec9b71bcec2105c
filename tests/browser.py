"""A real Chromium for tests: Debian's, driven by Playwright, nothing downloaded.

A machine without it skips these tests with a sentence; where CI is set the run fails instead.
"""

import os
import re
import shutil
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    sync_playwright,
)
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wsgi import ClosingIterator

from survey_app.storage.store import Store
from survey_app.web.app import create_app
from tests.installation import end_jobs, make_settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ARGUMENTS = [
    "--no-sandbox",  # needed as root, as in containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    # No name but loopback resolves inside the browser: a stray address fails loudly.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
HOW = (
    "no Chromium was found: install Debian's with `apt-get install -y --no-install-recommends "
    "chromium-headless-shell`, or set SURVEY_APP_TEST_BROWSER to the path of one"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (360, 768, 1280)
COLOURS = ["color-contrast", "link-in-text-block"]
"""Those of the rules that look at colours: the dark changes nothing else."""
DRESSED = """() => {
  const light = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const states = ["aria-current", "aria-invalid", "aria-pressed", "aria-selected", "disabled", "open"];
  const dress = (each) => [each.tagName, each.getAttribute("class"), each.type, each.checked]
    .concat(states.map((name) => each.getAttribute(name))).join("|");
  const all = [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility());
  return [...new Set(all.map((each) => [light, dress(each.parentElement), dress(each)].join(">")))];
}"""
"""How everything that is seen is dressed: by its kind, class and state, and its parent's."""
_passed: set[str] = set()
_AXE = Axe()
ARRIVE = "document.getAnimations().forEach((each) => each.finish())"
"""Ends the change of one colour into another, which is neither of the two."""


def find_chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    chosen = os.environ.get("SURVEY_APP_TEST_BROWSER")
    if chosen is not None:
        return chosen if os.access(chosen, os.X_OK) else None
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip browser tests where there is no browser; with CI set, refuse to run at all."""
    concerned = [item for item in items if item.get_closest_marker("browser")]
    if not concerned or find_chromium():
        return
    if os.environ.get("CI"):
        raise pytest.UsageError(f"{len(concerned)} browser tests cannot run: {HOW}")
    for item in concerned:
        item.add_marker(pytest.mark.skip(reason=HOW))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep a picture of the page that failed, and what its console said."""
    report = yield
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and isinstance(page, Page) and not page.is_closed():
        folder = Path("test-output")
        folder.mkdir(exist_ok=True)
        picture = folder / (re.sub(r"\W+", "-", item.nodeid) + ".png")
        page.screenshot(path=picture, full_page=True)
        report.sections.append(("browser", f"{page.url}\npicture: {picture}"))
    return report


def read_whole(app: Flask) -> "WSGIApplication":
    """Answer with whole bodies: the server forgets to close a file whose reader went away."""

    def respond(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        with closing(ClosingIterator(app(environ, start_response))) as body:
            return [b"".join(body)]

    return respond


_files: dict[tuple[bytes, bytes], bytes] = {}
"""What the application answered, byte for byte, by the line that asked for a file and the host."""


class QuietHandler(WSGIRequestHandler):
    """Writes no line for each of the sixty files of a page, and has each answered only once.

    A file's answer is the same in every test, and to make it anew for each takes longer than all
    else that a server does for a page.
    """

    asked: tuple[bytes, bytes] | None = None

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of an answer that was given."""

    def parse_request(self) -> bool:
        """Answer at once where the application has done so before, and say that all is done."""
        if not self.raw_requestline.startswith(b"GET /static/"):
            return super().parse_request()
        lines = list(iter(self.rfile.readline, b"\r\n"))
        fields = {
            name.lower(): text.strip() for name, _, text in (x.partition(b":") for x in lines)
        }
        if not {b"range", b"if-none-match", b"if-modified-since"} & set(fields):
            self.asked = (self.raw_requestline, fields[b"host"].partition(b":")[0])
        if self.asked in _files:
            self.wfile.write(_files[self.asked])
            return False
        self.rfile = BytesIO(b"".join(lines) + b"\r\n")
        return super().parse_request()

    def run_wsgi(self) -> None:
        """Let the application answer, and keep what it says of a file."""
        if self.asked is None:
            super().run_wsgi()
            return
        out, self.wfile = self.wfile, BytesIO()
        super().run_wsgi()
        answer = self.wfile.getvalue()
        out.write(answer)
        self.wfile = out
        if answer.startswith(b"HTTP/1.1 200 "):
            _files[self.asked] = answer


def listen(app: Flask, port: int = 0) -> BaseWSGIServer:
    """Take a port, or the given one, for an application."""
    handler = QuietHandler
    return make_server("127.0.0.1", port, read_whole(app), threaded=True, request_handler=handler)


def serve(server: BaseWSGIServer) -> threading.Thread:
    """Answer what comes until the server is shut down, which is noticed at once."""
    thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    return thread


@dataclass(frozen=True)
class LiveServer:
    """An installation that answers at an address."""

    url: str
    app: Flask
    store: Store


@pytest.fixture
def live_server(installation: Path, tmp_path: Path) -> Iterator[LiveServer]:
    """A server on an installation of its own."""
    shutil.copytree(installation, tmp_path, dirs_exist_ok=True)
    settings = make_settings(tmp_path)
    with Store(settings.database) as store:
        app = create_app(settings, store)
        server = listen(app)
        thread = serve(server)
        yield LiveServer(f"http://localhost:{server.server_port}", app, store)
        end_jobs(app)
        server.shutdown()
        thread.join(5)
        server.server_close()


@pytest.fixture(scope="session")
def playwright_driver() -> Iterator[Playwright]:
    """Playwright's own process."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright_driver: Playwright) -> Iterator[Browser]:
    """One browser for the run; each test has contexts of its own."""
    browser = playwright_driver.chromium.launch(
        executable_path=find_chromium(), headless=True, args=ARGUMENTS
    )
    yield browser
    browser.close()


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(chromium: Browser, live_server: LiveServer) -> Iterator[NewContext]:
    """Makes contexts: each is a device with cookies of its own."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        options = {"locale": "en-CA", "timezone_id": "America/Toronto", **options}
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@dataclass
class Witness:
    """What a page's console and network did that it should not."""

    complaints: list[str]


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """A page on a phone in portrait."""
    return new_context(viewport={"width": 360, "height": 740}).new_page()


@pytest.fixture
def witness(page: Page, live_server: LiveServer) -> Witness:
    """Notes errors on the page's console, and requests to any other host."""
    seen = Witness([])
    own = (live_server.url, "data:", "blob:")

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            seen.complaints.append(f"{message.type}: {message.text}")

    def follow(request: Request) -> None:
        if not request.url.startswith(own):
            seen.complaints.append(request.url)

    page.on("console", hear)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("request", follow)
    return seen


def find_too_wide(page: Page) -> list[int]:
    """Return the widths of windows, of those that people have, than which the page is wider."""
    own = page.viewport_size
    assert own is not None
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": own["height"]})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(width)
    page.set_viewport_size(own)
    return found


def violations(page: Page) -> str:
    """Return what axe-core finds wrong with the page, nothing if all is well."""
    colours = {rule: {"enabled": _has_new_colours(page)} for rule in COLOURS}
    return _look_at(page, {"runOnly": {"type": "tag", "values": RULES}, "rules": colours})


def violations_in_either_light(page: Page) -> str:
    """Return what is wrong with the page in light colours, and with its colours in dark ones."""
    page.emulate_media(color_scheme="light")
    page.evaluate(ARRIVE)
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    page.evaluate(ARRIVE)
    only = {"runOnly": {"type": "rule", "values": COLOURS}}
    in_dark = _look_at(page, only) if _has_new_colours(page) else ""
    page.emulate_media(color_scheme="light")
    return found + (f"in the dark: {in_dark}" if in_dark else "")


def _has_new_colours(page: Page) -> bool:
    """Whether anything on the page is dressed as nothing was that passed here before.

    To compare colours takes axe-core longer than all its other rules together, and what is dressed
    alike within what is dressed alike has the same colours on every page.
    """
    page.wait_for_load_state()
    met = set(page.evaluate(DRESSED))
    new = met - _passed
    _passed.update(new)
    return bool(new)


def _look_at(page: Page, options: dict[str, Any]) -> str:
    """Every rule looks at every element, but only what breaks one is told.

    To tell also of all that keeps them would take most of the time.
    """
    if not page.evaluate("'axe' in window"):  # it is half a megabyte, and stays with the page
        page.evaluate(_AXE.axe_script)
    looked_for = {**options, "resultTypes": ["violations"]}
    result = AxeResults(page.evaluate("(options) => axe.run(options)", looked_for))
    if not result.violations_count:
        return ""
    _passed.clear()
    return str(result.generate_report())
