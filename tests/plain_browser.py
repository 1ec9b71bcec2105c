"""A browser without scripts: it reads a page's form as HTML says and posts what is filled in."""

import re
from functools import cached_property
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)


class FormReader(HTMLParser):
    """The values of a page's first form, as they stand on the page."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.controls: dict[str, str] = {}
        self.options: dict[str, list[str]] = {}
        self.action: str | None = None
        self._inside = False
        self._done = False
        self._textarea: str | None = None
        self._select: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and not self._done:
            self._inside, self.action = True, given.get("action")
        if not self._inside:
            return
        name = given.get("name", "")
        if tag == "input":
            self._read_input(name, given)
        elif tag == "textarea":
            self._textarea, self._text = name, ""
            self.controls[name] = "textarea"
        elif tag == "select":
            self._select = name
            self.controls[name] = "select"
        elif tag == "option" and self._select:
            self.options.setdefault(self._select, []).append(given.get("value", ""))
            if "selected" in given:
                self.values[self._select] = [given.get("value", "")]

    def _read_input(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        self.controls[name] = kind
        if kind in {"radio", "checkbox"}:
            self.options.setdefault(name, []).append(given["value"])
            if "checked" in given:
                self.values.setdefault(name, []).append(given["value"])
        else:
            self.values[name] = [given.get("value", "")]

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea is not None:
            # A parser drops the line feed that comes first in a textarea.
            self.values[self._textarea] = [self._text.removeprefix("\n")]
            self._textarea = None
        elif tag == "select":
            self._select = None
        elif tag == "form" and self._inside:
            self._inside, self._done = False, True


class PlainBrowser:
    """One window of a browser without scripts."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page: TestResponse

    @cached_property
    def form(self) -> FormReader:
        """The page's first form; read when it is asked for, as many a page is only looked at."""
        reader = FormReader()
        found = FORM.search(self.text)
        reader.feed(found[0] if found else "")
        return reader

    @property
    def text(self) -> str:
        """The page as HTML."""
        return self.page.get_data(as_text=True)

    @property
    def path(self) -> str:
        """The address of the page."""
        return self.page.request.full_path.rstrip("?")

    def open(self, path: str) -> TestResponse:
        """Open an address and follow where it leads."""
        return self._show(self.client.get(path, follow_redirects=True))

    def fill(self, **texts: str) -> "PlainBrowser":
        """Type texts, by input name with `__` for `-`."""
        for name, text in texts.items():
            assert name.replace("__", "-") in self.form.controls, f"no input {name}"
            self.form.values[name.replace("__", "-")] = [text]
        return self

    def choose(self, name: str, *codes: str) -> "PlainBrowser":
        """Tick exactly these of a group of buttons or boxes."""
        for code in codes:
            assert code in self.form.options[name], f"{name} has no {code}"
        self.form.values[name] = list(codes)
        return self

    def press(self, action: str = "", **more: str) -> TestResponse:
        """Press a button; `action` is its value. The answer's redirects are followed."""
        return self._show(self.post(action, **more))

    def post(self, action: str = "", **more: str) -> TestResponse:
        """Send the form without following where the answer leads."""
        data: dict[str, Any] = {**self.form.values, **{key: [text] for key, text in more.items()}}
        if action:
            data["action"] = [action]
        return self.client.post(self.form.action or self.path, data=data)

    def go_back(self, page: TestResponse) -> None:
        """Show an earlier page as it was, without asking the server."""
        self._show(page)

    def _show(self, response: TestResponse) -> TestResponse:
        while response.status_code in {301, 302, 303}:
            response = self.client.get(response.location)
        self.page = response
        self.__dict__.pop("form", None)
        return response
