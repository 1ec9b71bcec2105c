"""Measures what writing a large table costs, beside openpyxl's bare write-only loop.

    python -m tests.benchmarks.export_speed                          # 100,000 rows of 45 cells
    python -m tests.benchmarks.export_speed --rows 20000 --runs 5
    python -m tests.benchmarks.export_speed --only xlsx --rows 1000000 --runs 1

Run it from the top folder. A row is an answer to 20 scales and 20 lists of codes, and 5 texts of
60 characters; the same rows for all. Each writing is a process of its own, and the writers take
turns. It prints for each the seconds from the first row to the whole file, the seconds of CPU time
(median, and every run) and their ratio to the first writer's, which others on the machine disturb
less, the highest resident memory and the size. Aims: xlsx at most 0.35, csv at most 0.2, and under
120 MiB however many rows.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from survey_app.reports.csv_archive import write_table
from survey_app.reports.formats.archive import create_archive
from survey_app.spreadsheets.sheet import Header, Row, Sheet
from survey_app.spreadsheets.writer import WorkbookWriter

NOW = datetime.fromisoformat("2026-11-22T20:14:05Z")
SCALES, LISTS, TEXTS, LENGTH = 20, 20, 5, 60
NAMES = tuple(f"column_{number}" for number in range(SCALES + LISTS + TEXTS))
CODES = ("yes", "no", "2014_2015", "perspectives", "role_model", "not chosen", "to some extent")
LETTERS = "abcdefghijklmnopqrstuvwxyz      "


def make_rows(count: int) -> Iterator[Row]:
    """Yield rows that are alike in every run."""
    chance = random.Random(7)
    words = "".join(chance.choices(LETTERS, k=100_000))
    for _ in range(count):
        scales = chance.choices(range(5), k=SCALES)
        lists = chance.choices(CODES, k=LISTS)
        starts = (chance.randrange(len(words) - LENGTH) for _text in range(TEXTS))
        yield [*scales, *lists, *(words[start : start + LENGTH] for start in starts)]


def write_with_openpyxl(path: Path, count: int) -> None:
    """Write with openpyxl alone, in its quickest way and without any guard."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Data")
    page.append(list(NAMES))
    for row in make_rows(count):
        page.append(list(row))
    book.save(path)


def write_xlsx(path: Path, count: int) -> None:
    """Write a workbook whose one large sheet is Data."""
    writer = WorkbookWriter(["Data"], title="A study", created=NOW)
    writer.add(_make_sheet(count))
    writer.save(path)


def write_csv(path: Path, count: int) -> None:
    """Write one table into a zip."""
    with create_archive(path) as archive, archive.open("data.csv") as file:
        file.rows = write_table(_make_sheet(count), file)


WRITERS: dict[str, Callable[[Path, int], None]] = {
    "openpyxl": write_with_openpyxl,
    "xlsx": write_xlsx,
    "csv": write_csv,
}


def measure(writer: str, count: int) -> dict[str, float]:
    """Write once in a new process and return seconds, MiB of memory and MB of file."""
    command = [sys.executable, "-m", __spec__.name, "--child", writer, "--rows", str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def write_once(writer: str, count: int) -> dict[str, float]:
    """Write in this process and return what it cost."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        seconds, cpu = time.perf_counter(), time.process_time()
        WRITERS[writer](path, count)
        return {
            "seconds": time.perf_counter() - seconds,
            "cpu": time.process_time() - cpu,
            "memory": _highest_memory(),
            "size": path.stat().st_size / 1e6,
        }


def main() -> None:
    """Read the command line, measure in turns and print."""
    parser = argparse.ArgumentParser(description="Measure the cost of writing a large table.")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=WRITERS, default=list(WRITERS))
    parser.add_argument("--child", choices=WRITERS, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.child:
        print(json.dumps(write_once(chosen.child, chosen.rows)))
        return
    runs: dict[str, list[dict[str, float]]] = {writer: [] for writer in chosen.only}
    for _run in range(chosen.runs):
        for writer, found in runs.items():
            found.append(measure(writer, chosen.rows))
    _report(runs, chosen.rows)


def _report(runs: dict[str, list[dict[str, float]]], count: int) -> None:
    print(f"{count} rows of {len(NAMES)} cells")
    print(f"{'writer':10}{'seconds':>9}{'CPU s':>8}{'ratio':>7}{'MiB':>6}{'MB':>8}  runs, CPU s")
    base = median(run["cpu"] for run in next(iter(runs.values())))
    for writer, found in runs.items():
        seconds, cpu = (median(run[name] for run in found) for name in ("seconds", "cpu"))
        memory = max(run["memory"] for run in found)
        every = " ".join(f"{run['cpu']:.1f}" for run in found)
        figures = f"{seconds:9.1f}{cpu:8.1f}{cpu / base:7.2f}{memory:6.0f}{found[0]['size']:8.1f}"
        print(f"{writer:10}{figures}  {every}")


def _make_sheet(count: int) -> Sheet:
    headers = tuple(Header(name=name) for name in NAMES)
    return Sheet(name="Data", headers=headers, rows=lambda: make_rows(count), large=True)


def _highest_memory() -> float:
    """Return the highest resident memory of this process in MiB, as Linux counts it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (peak,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


if __name__ == "__main__":
    main()
