"""The file of a workbook is the same whenever it is written, and plain enough for Excel."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine

from survey_app.spreadsheets.sheet import Header, Muted, Row, Sheet
from survey_app.spreadsheets.writer import WorkbookWriter
from tests.spreadsheets.books import NOW

ROWS: list[Row] = [[number, f"=text {number}", Muted("refused"), NOW] for number in range(500)]
HEADERS = tuple(Header(name=name) for name in "abcd")
EXCEL_READS = 20
"""The version of zip that needs no ZIP64, times ten."""


def write(path: Path, created: datetime = NOW) -> bytes:
    writer = WorkbookWriter(["Read me", "Data"], title="A study", created=created)
    writer.add(Sheet(name="Data", headers=HEADERS, rows=lambda: iter(ROWS), large=True))
    writer.add(Sheet(name="Read me", headers=HEADERS, rows=lambda: iter(ROWS[:3])))
    writer.save(path)
    return path.read_bytes()


def test_the_same_rows_and_time_give_the_same_bytes(tmp_path: Path) -> None:
    with time_machine.travel("2026-11-23T08:00:00Z"):
        first = write(tmp_path / "a.xlsx")
    with time_machine.travel("2031-01-01T00:00:00Z"):
        second = write(tmp_path / "b.xlsx")
    assert first == second
    assert first != write(tmp_path / "c.xlsx", created=NOW.replace(year=2027))


def test_every_part_bears_the_time_of_the_export(tmp_path: Path) -> None:
    write(tmp_path / "book.xlsx")
    with ZipFile(tmp_path / "book.xlsx") as package:
        # A zip counts in steps of two seconds.
        assert {part.date_time for part in package.infolist()} == {(2026, 11, 22, 20, 14, 4)}
        properties = package.read("docProps/core.xml").decode()
    assert properties.count("2026-11-22T20:14:05Z") == 2


def test_no_part_asks_for_the_longer_sizes_that_excel_would_repair(tmp_path: Path) -> None:
    write(tmp_path / "book.xlsx")
    with ZipFile(tmp_path / "book.xlsx") as package:
        assert {part.extract_version for part in package.infolist()} == {EXCEL_READS}
        assert not any(part.extra for part in package.infolist())
        assert package.testzip() is None


def test_rows_that_break_off_leave_no_file(tmp_path: Path) -> None:
    def break_off() -> Iterator[Row]:
        yield ROWS[0]
        raise LookupError

    writer = WorkbookWriter(["Data"], title="A study", created=NOW)
    with pytest.raises(LookupError):
        writer.add(Sheet(name="Data", headers=HEADERS, rows=break_off, large=True))
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_keeps_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "taken.xlsx").mkdir()
    with pytest.raises(IsADirectoryError):
        write(tmp_path / "taken.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["taken.xlsx"]
