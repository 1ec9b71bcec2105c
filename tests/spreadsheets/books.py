"""Small workbooks written for a test, and their cells as they are read again."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from survey_app.spreadsheets.sheet import Header, Row, Sheet
from survey_app.spreadsheets.tally import Tally
from survey_app.spreadsheets.writer import WorkbookWriter

NOW = datetime(2026, 11, 22, 20, 14, 5)  # noqa: DTZ001 - spreadsheets know no zones


def make_sheet(rows: Sequence[Row], *, large: bool) -> Sheet:
    """Return the sheet Data with columns a, b and so on."""
    headers = tuple(Header(name=chr(ord("a") + place)) for place in range(len(rows[0])))
    return Sheet(name="Data", headers=headers, rows=lambda: iter(rows), large=large)


def write_book(path: Path, rows: Sequence[Row], *, large: bool, row_limit: int = 1_000) -> Tally:
    """Write a workbook of one sheet and return what was changed in texts."""
    writer = WorkbookWriter(["Data"], title="A study", created=NOW, row_limit=row_limit)
    writer.add(make_sheet(rows, large=large))
    writer.save(path)
    return writer.tally


def read_cells(path: Path) -> list[dict[str, Any]]:
    """Return by its place everything that is said of each cell, sheet by sheet."""
    return [dict(_describe_cells(page)) for page in load_workbook(path)]


def _describe_cells(page: Any) -> Iterator[tuple[str, Any]]:
    yield "page", (page.title, page.dimensions, page.auto_filter.ref, page.freeze_panes)
    for row in page.iter_rows():
        yield f"row {row[0].row}", page.row_dimensions[row[0].row].height
        for cell in row:
            yield cell.coordinate, (cell.value, cell.data_type, *_describe_look(cell))


def _describe_look(cell: Any) -> Iterator[Any]:
    colour = cell.font.color
    yield from (cell.font.name, cell.font.sz, cell.font.b, cell.font.i, colour and colour.rgb)
    yield from (cell.fill.fill_type, cell.fill.fgColor.rgb, cell.number_format, cell.quotePrefix)
    yield from (cell.alignment.vertical, cell.alignment.horizontal, cell.alignment.wrap_text)
