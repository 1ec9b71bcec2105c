"""Measures how long a word is on its way: from a key on the interviewer's sheet to "Saved".

    python -m tests.benchmarks.console_save_path                  # 40 keys, about a minute and a half
    python -m tests.benchmarks.console_save_path --presses 200

Run it from the top folder on Linux or macOS, on a machine that is otherwise idle. It starts our own server on a fresh
database, types one key at a time into the shipped protocol in a real Chromium, far enough apart
that each is a change of its own, and prints the median and the 99th percentile, in milliseconds,
of each part of the way:

journal    from the key until the sealed record is on this computer's disk
waiting    from the key until the post leaves (the sheet waits 600 ms for more keys by design)
answer     from the post to its answer: the network, the server, and the commit
saved      from the key to the acknowledgement
store      what storing such a change takes in the server's process, the commit included
commit     a bare commit of one row by SQLite on the same disk, fully synchronous: the floor
"""

import argparse
import sqlite3
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, sync_playwright

from survey_app import first_start
from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.settings import Settings
from survey_app.storage.records import Change
from survey_app.storage.store import Store
from tests.browser import ARGUMENTS, find_chromium
from tests.installation import make_settings
from tests.reliability.servers import OUR_SERVER, free_port, kill, start

WATCH = """() => {
    window.seen = {key: [], journal: [], post: [], saved: []};
    const note = (what) => window.seen[what].push(performance.now());
    document.addEventListener('input', () => note('key'), true);
    const transaction = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...given) {
        const made = transaction.apply(this, given);
        if (given[1] === 'readwrite') made.addEventListener('complete', () => note('journal'));
        return made;
    };
    const ask = window.fetch;
    window.fetch = async (address, options) => {
        const counts = String(address).endsWith('/changes');
        if (counts) note('post');
        const answer = await ask(address, options);
        if (counts && answer.ok) note('saved');
        return answer;
    };
}"""
APART = 1_400  # milliseconds between two keys


def open_sheet(page: Page, settings: Settings, url: str) -> None:
    """Sign in, begin a trial interview, and put the cursor into the first note."""
    with Store(settings.database) as store:
        name = "benchmark"
        store.accounts.add(name)
        store.accounts.set_role(name, "interviewer", "ami")
        link = make_sign_in_link(settings, store, name).removeprefix(settings.url)
    page.goto(url + link)
    page.get_by_role("main").get_by_role("button").click()
    page.goto(f"{url}/interviews/new?study=ami")
    page.locator("[name=code]").fill("P01")
    page.locator("[name=agreed]").check()
    page.locator("[name=recording][value=no]").check()
    page.get_by_role("button", name="Begin the interview").click()
    page.wait_for_timeout(3_000)
    page.evaluate(WATCH)
    page.locator("textarea[name^='note.']").first.focus()


def press(page: Page, presses: int) -> dict[str, list[float]]:
    """Return the milliseconds of each part of the way, key by key."""
    parts: dict[str, list[float]] = {"journal": [], "waiting": [], "answer": [], "saved": []}
    for _ in range(presses):
        page.evaluate("window.seen = {key: [], journal: [], post: [], saved: []}")
        page.keyboard.press("x")
        page.wait_for_timeout(APART)
        seen: dict[str, list[float]] = page.evaluate("window.seen")
        key, posted, saved = seen["key"][0], seen["post"][0], seen["saved"][0]
        parts["journal"].append(seen["journal"][0] - key)
        parts["waiting"].append(posted - key)
        parts["answer"].append(saved - posted)
        parts["saved"].append(saved - key)
    return parts


def time_store(settings: Settings, times: int) -> list[float]:
    """Return the milliseconds that a change takes in the store, measured in this process."""
    taken = []
    with Store(settings.database) as store:
        row = store.interviews.list("ami")[0]
        found = store.interviews.find(row.id)
        assert found is not None
        run = found.responses[0]
        for number in range(times):
            change = Change(
                client="benchmark",
                sequence=number,
                base_revision=found.revision,
                kind="console",
                actor="benchmark",
                source="console",
                language="en",
            )
            note: dict[str, Any] = {"op": "note", "response": run.response, "item": "x"}
            note |= {"probe": None, "stream": "interviewer", "kind": "note", "added": "during"}
            began = time.perf_counter()
            store.interviews.apply(row.id, change, [note | {"text": "x" * number}])
            taken.append((time.perf_counter() - began) * 1000)
    return taken


def time_commit(folder: Path, times: int) -> list[float]:
    """Return the milliseconds of a bare commit of one row."""
    database = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    database.execute("pragma journal_mode=wal")
    database.execute("pragma synchronous=full")
    database.execute("create table word (text text)")
    taken = []
    for number in range(times):
        began = time.perf_counter()
        database.execute("begin immediate")
        database.execute("insert into word values (?)", ("x" * number,))
        database.execute("commit")
        taken.append((time.perf_counter() - began) * 1000)
    database.close()
    return taken


def report(parts: dict[str, list[float]]) -> None:
    """Print the median and the 99th percentile of each part."""
    print(f"{'':10}{'median':>10}{'p99':>10}   milliseconds")
    for name, taken in parts.items():
        last = statistics.quantiles(taken, n=100, method="inclusive")[98]
        print(f"{name:10}{statistics.median(taken):10.1f}{last:10.1f}")
    commit, answer = statistics.median(parts["commit"]), statistics.median(parts["answer"])
    print(f"the commit is {commit / answer:.0%} of the answer")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--presses", type=int, default=40)
    presses: int = options.parse_args().presses
    with TemporaryDirectory() as folder:
        settings = make_settings(Path(folder))
        first_start.prepare(settings)
        port = free_port()
        process = start(OUR_SERVER, settings, port)
        try:
            with sync_playwright() as driver:
                browser = driver.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
                page = browser.new_page()
                open_sheet(page, settings, f"http://127.0.0.1:{port}")
                parts = press(page, presses)
                browser.close()
        finally:
            kill(process)
        parts["store"] = time_store(settings, max(presses, 100))
        parts["commit"] = time_commit(Path(folder), max(presses, 100))
        report(parts)


if __name__ == "__main__":
    main()
