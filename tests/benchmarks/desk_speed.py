"""Measures how quick the analyst's desk is where many responses have come in.

    python -m tests.benchmarks.desk_speed                        # 100,000 responses
    python -m tests.benchmarks.desk_speed --responses 10000 --data FOLDER

Run it from the top folder on a machine that is otherwise idle. The responses are made by copying a
few hundred invented ones within SQLite (desk_database.py); with --data they are kept in a folder
and used again, and their numbers of changes go up. Each page is asked for through the whole
application, without a network. First the page with its head figures by what narrows it: *cold* the
first time, *changed* the median of the first look after each of some changes, *warm* where nothing
has changed. Then every table, cold and warm. Aims: 150 ms for the page however it is narrowed and
whatever has changed, 2 s for a cold table, 50 ms for a warm one.

It prints milliseconds of waiting, and of the processor in brackets: on a busy machine the second
says what the first would be on an idle one.
"""

import argparse
import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import unescape
from pathlib import Path
from sqlite3 import connect
from statistics import median
from tempfile import TemporaryDirectory

from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.storage.store import Store
from survey_app.storage.upgrade import migrate
from survey_app.web.app import create_app
from tests.benchmarks.desk_database import INSTRUMENT, STUDY, make_database
from tests.installation import make_settings
from tests.plain_browser import PlainBrowser

DAYS = "from=2026-03-01&to=2026-06-30"
FILTERS = ("", f"?state=submitted&{DAYS}&rewarding=yes")
PAGES = (
    "",
    "?test=1",
    "?state=submitted",
    "?version=1.0.1",
    f"?{DAYS}",
    "?rewarding=yes",
    f"?{DAYS}&rewarding=yes",
    f"?state=submitted&{DAYS}&rewarding=yes",
)
NOTHING = "?from=2099-01-01"
"""A filter that no response fits."""
WARM = 7
Figures = tuple[float, float]
"""Milliseconds of waiting and of the processor."""


@contextmanager
def open_desk(folder: Path, responses: int) -> Iterator[PlainBrowser]:
    """Yield the browser of an analyst of a study with so many responses."""
    settings = make_settings(folder)
    if not settings.data.exists():
        make_database(settings, responses)
    migrate(settings.database)
    with Store(settings.database) as store:
        name = "the benchmark"
        if store.accounts.find(name) is None:
            store.accounts.add(name)
            store.accounts.set_role(name, "analyst", STUDY)
        client = create_app(settings, store).test_client()
        client.post(make_sign_in_link(settings, store, name).removeprefix(settings.url))
        # The templates are compiled once for as long as a server runs: not what is asked here.
        nothing = f"/analysis/{STUDY}/{INSTRUMENT}{NOTHING}"
        for address in (nothing, nothing.replace("?", "/fragments/kinds?")):
            client.get(address)
        yield PlainBrowser(client)


def measure(browser: PlainBrowser, address: str) -> Figures:
    """Return what it took to answer."""
    wall, cpu = time.perf_counter(), time.process_time()
    page = browser.open(address)
    spent = (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000
    if page.status_code != 200:
        raise RuntimeError(f"{address} answers {page.status}")
    return spent


def change_one(folder: Path) -> None:
    """Change a response behind the application's back, as another process would."""
    path = make_settings(folder).database.removeprefix("sqlite:///")
    with closing(connect(path)) as connection, connection:
        connection.execute(
            "UPDATE response SET revision = revision + 1"
            " WHERE id = (SELECT min(id) FROM response WHERE NOT is_test)"
        )


def compare_pages(browser: PlainBrowser, folder: Path) -> None:
    """Print what the page takes by what narrows it: cold, after changes, and warm."""
    print("\n| the page | cold | changed | warm |\n|---|---|---|---|")
    for query in PAGES:
        address = f"/analysis/{STUDY}/{INSTRUMENT}{query}"
        cold, changed = measure(browser, address), []
        for _ in range(WARM):
            change_one(folder)
            changed.append(measure(browser, address))
        warm = [measure(browser, address) for _ in range(WARM)]
        figures = " | ".join(spell(each) for each in (cold, middle(changed), middle(warm)))
        print(f"| {query or 'no filter'} | {figures} |")


def middle(measured: list[Figures]) -> Figures:
    """Return the median of each of the two."""
    return median(each[0] for each in measured), median(each[1] for each in measured)


def spell(figures: Figures) -> str:
    """Return milliseconds of waiting, and of the processor in brackets."""
    return f"{figures[0]:.0f} ({figures[1]:.0f})"


def report(browser: PlainBrowser, address: str) -> None:
    """Print what an address takes, cold and warm."""
    cold = measure(browser, address)
    warm = [measure(browser, address) for _ in range(WARM)]
    name = address.partition("?")[0].removeprefix(f"/analysis/{STUDY}/{INSTRUMENT}") or "the page"
    print(f"| {name} | {spell(cold)} | {spell(middle(warm))} |")


def main() -> None:
    """Read the command line, make the responses and print the tables."""
    parser = argparse.ArgumentParser(description="Measure the analyst's desk.")
    parser.add_argument("--responses", type=int, default=100_000)
    parser.add_argument("--data", type=Path, help="a folder in which the responses are kept")
    chosen = parser.parse_args()
    with TemporaryDirectory() as temporary:
        folder = chosen.data or Path(temporary)
        with open_desk(folder, chosen.responses) as browser:
            compare_pages(browser, folder)
        for query in FILTERS:
            with open_desk(folder, chosen.responses) as browser:
                page = f"/analysis/{STUDY}/{INSTRUMENT}{query}"
                print(f"\n{query or 'no filter'}\n\n| | cold | warm |\n|---|---|---|")
                report(browser, page)
                pieces = re.findall(r'data-fragment="([^"]+)"', browser.text)
                others = [page.replace(INSTRUMENT, f"{INSTRUMENT}/responses")]
                for address in [*map(unescape, pieces), *others]:
                    report(browser, address)


if __name__ == "__main__":
    main()
