"""Sheets in real browsers: opened, typed into, cut off, killed, and opened again."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Playwright, Request, expect

from survey_app.storage.store import Store
from survey_app.web.app import create_app
from tests.browser import ARGUMENTS, find_chromium, listen, serve
from tests.installation import make_settings
from tests.web.interviewing import Shelf, make_sign_in

DESKTOP = {"width": 1280, "height": 900}
READY = "Saves as you type"
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d$")
NOTE = "note.1.topics"
PAGE = "interviewer_page"


def sign_in(context: BrowserContext, store: Store, token: str, name: str = "ivy") -> None:
    """Sign somebody in with a link of their own, as its page's button does."""
    answer = context.request.post(make_sign_in(store, name, token))
    assert answer.ok, answer.status


def begin(context: BrowserContext, code: str = "P01", study: str = "talks") -> Page:
    """Begin an interview and return its sheet."""
    page = context.new_page()
    page.goto(f"/interviews/new?study={study}")
    page.get_by_label("Participant’s code").fill(code)
    page.get_by_label("the participant has agreed").check()
    page.get_by_label("Yes, recording is permitted").check()
    page.get_by_role("button", name="Begin the interview").click()
    wait_until_ready(page)
    return page


def open_sheet(context: BrowserContext, address: str) -> Page:
    """Open the sheet of an interview that was begun."""
    page = context.new_page()
    page.goto(address)
    wait_until_ready(page)
    return page


def wait_until_ready(page: Page) -> None:
    """Wait until a sheet that was just opened saves what is typed."""
    expect(state_of(page)).to_have_text(READY)
    wait_for_records(page, 1)


COUNT_RECORDS = """async () => new Promise((resolve) => {
    const request = indexedDB.open('survey-app', 1);
    request.onupgradeneeded = () => request.transaction.abort();
    request.onerror = () => resolve(0);
    request.onsuccess = () => {
        const all = request.result.transaction('journal').objectStore('journal').count();
        all.onsuccess = () => { request.result.close(); resolve(all.result); };
    };
})"""


def wait_for_records(page: Page, count: int) -> None:
    """Wait until the browser's disk holds so many sealed records: one is the page's own name."""
    if page.locator("#safety[data-kept]").count():
        wait_until_kept(page)
    found = -1
    for _ in range(200):
        found = page.evaluate(COUNT_RECORDS)
        if found == count:
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"the journal holds {found} records, not {count}")


def state_of(page: Page) -> Locator:
    """Return what the page says about saving."""
    return page.locator("#save-state")


def notice(page: Page, name: str) -> Locator:
    """Return one of the notices about keeping words safe."""
    return page.locator(f'[data-notice="{name}"]')


def control(page: Page, name: str) -> Locator:
    """Return the control of a name."""
    return page.locator(f'[name="{name}"]')


def wait_until_let_go(context: BrowserContext, url: str) -> None:
    """Wait until no page of a browser has the right to write, as some time after it was closed."""
    page = context.new_page()
    page.goto(url)
    page.wait_for_function("navigator.locks.query().then(({held}) => held.length === 0)")
    page.close()


def wait_until_kept(page: Page) -> None:
    """Wait until all that was typed is on this computer's disk, sealed."""
    expect(page.locator("#safety")).to_have_attribute("data-kept", "yes")


def collect_posts(page: Page) -> list[str]:
    """Return a list that takes in the body of every change the page posts from now on."""
    bodies: list[str] = []

    def hear(request: Request) -> None:
        if request.url.endswith("/changes"):
            bodies.append(request.post_data or "")

    page.on("request", hear)
    return bodies


def type_into(page: Page, text: str, name: str = NOTE) -> None:
    """Type at the end of a field, key by key."""
    control(page, name).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


class Installation:
    """A server that can be stopped and started again at the same address."""

    def __init__(self, folder: Path, source: Path) -> None:
        shutil.copytree(source, folder, dirs_exist_ok=True)
        self.settings = make_settings(folder)
        self.port = 0
        self.start()

    def start(self) -> None:
        """Open the store and answer."""
        self.store = Store(self.settings.database)
        self.app = create_app(self.settings, self.store)
        self._server = listen(self.app, self.port)
        self.port = self._server.server_port
        self._thread = serve(self._server)

    def stop(self) -> None:
        """Answer no more, and let go of the database."""
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()
        self.store.close()

    @property
    def url(self) -> str:
        """The address."""
        return f"http://localhost:{self.port}"

    def shelf(self, address: str) -> Shelf:
        """Return what is stored of the interview at an address."""
        return Shelf.of(self.store, address)


class Machine:
    """A computer with one browser on it, which can be killed as by a power cut."""

    def __init__(self, driver: Playwright, profile: Path, url: str) -> None:
        self.driver = driver
        self.profile = profile
        self.url = url
        self.start()

    def start(self) -> None:
        """Start the browser with the profile that the last one left."""
        port_file = self.profile / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        command = [
            find_chromium() or "",
            *ARGUMENTS,
            "--headless",
            f"--user-data-dir={self.profile}",
            "--remote-debugging-port=0",
            "about:blank",
        ]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        for _ in range(400):
            if port_file.exists() and len(port_file.read_text().splitlines()) > 1:
                break
            time.sleep(0.05)
        port = port_file.read_text().splitlines()[0]
        self.browser = self.driver.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        self.context = self.browser.contexts[0]
        self.context.set_default_timeout(10_000)

    def page(self, path: str) -> Page:
        """Open a page of the installation."""
        page = self.context.new_page()
        page.goto(self.url + path)
        return page

    def kill(self) -> None:
        """End the browser and all its processes at once: SIGKILL asks nobody."""
        if self.process.poll() is not None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)  # a group of its own, which it alone made
        self.process.wait()
        for _ in range(200):
            if not self._is_alive():
                return
            time.sleep(0.05)

    def _is_alive(self) -> bool:
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def holds(self, text: str) -> bool:
        """Whether any file of the profile holds the text, in either of Chromium's spellings."""
        wanted = (text.encode(), text.encode("utf-16-le"))
        files = [path for path in self.profile.rglob("*") if path.is_file()]
        return any(spelling in path.read_bytes() for path in files for spelling in wanted)


@contextmanager
def installed(tmp_path: Path, source: Path) -> Iterator[Installation]:
    """An installation that ends with the test."""
    installation = Installation(tmp_path / "installation", source)
    try:
        yield installation
    finally:
        installation.stop()


@contextmanager
def machine(driver: Playwright, profile: Path, url: str) -> Iterator[Machine]:
    """A machine that is switched off in the end."""
    made = Machine(driver, profile, url)
    try:
        yield made
    finally:
        made.kill()


def without(page_or_context: Any, name: str) -> None:
    """Take something away from every page's window before any script of the page runs."""
    page_or_context.add_init_script(
        f"Object.defineProperty(window, '{name}', {{ value: undefined, configurable: true }})"
    )
