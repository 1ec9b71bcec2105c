"""A study's coordinator at work: rosters uploaded, letters sent, jobs waited for."""

import re
import time
from io import BytesIO

from tests.plain_browser import PlainBrowser

PEOPLE = "/people/ami"
HEADER = "Courriel;Nom;Note"


def write_roster(*lines: str) -> bytes:
    return "\n".join((HEADER, *lines)).encode()


def upload(browser: PlainBrowser, content: bytes, name: str = "roster.csv") -> None:
    """Choose a file, and look again until it has been read."""
    page = browser.open(f"{PEOPLE}/roster").get_data(as_text=True)
    data = {"csrf": find_token(page), "file": (BytesIO(content), name), "sheet": ""}
    answer = browser.client.post(f"{PEOPLE}/roster", data=data)
    wait(browser, answer.location if answer.status_code == 303 else answer.request.path)


def post(browser: PlainBrowser, path: str, **typed: str | list[str]) -> int:
    """Send a form with the token of the page that is shown; follow where it leads."""
    answer = browser.client.post(path, data={"csrf": find_token(browser.text), **typed})
    browser._show(answer)
    return browser.page.status_code


def wait(browser: PlainBrowser, path: str) -> None:
    """Open a page again and again for as long as it renews itself."""
    while "Refresh" in browser.open(path).headers:
        time.sleep(0.05)


def find_token(page: str) -> str:
    found = re.search(r'name="csrf" value="(\w+)"', page)
    assert found is not None
    return found[1]
