"""A workbook written row by row, so that memory does not grow with the rows."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from survey_app.spreadsheets.cells import CellMaker, Tally
from survey_app.spreadsheets.sheet import Header, Row, Sheet
from survey_app.spreadsheets.styles import estimate_height
from survey_app.spreadsheets.texts import count_pieces, replace_illegal

ROW_LIMIT = 1_048_576
COLUMN_LIMIT = 16_384


class SpreadsheetError(Exception):
    """A table cannot be a sheet; the sentence says why and what to do."""


class WorkbookWriter:
    """Writes sheets in any order into a workbook whose sheets stand in the order of `names`.

    `row_limit` is Excel's; what is more goes on in a further sheet, "Long (2)". `tally` counts
    what had to be changed in texts, up to now.
    """

    def __init__(
        self, names: Sequence[str], *, title: str, created: datetime, row_limit: int = ROW_LIMIT
    ) -> None:
        self.tally = Tally()
        self._row_limit = row_limit
        self._book = Workbook(write_only=True)
        self._book.properties.title = replace_illegal(title)[0]
        self._book.properties.creator = "survey-app"
        self._book.properties.created = created
        self._pages: dict[str, Worksheet] = {name: self._book.create_sheet(name) for name in names}

    def add(self, sheet: Sheet) -> None:
        """Write a sheet; raise SpreadsheetError if it has more columns than a sheet can have.

        Its rows are read twice: a text that is too long for a cell goes on in further columns,
        and these must stand in the header before the first row is written.
        """
        pieces = measure_columns(sheet)
        headers = spread_headers(sheet.headers, pieces)
        if len(headers) > COLUMN_LIMIT:
            raise SpreadsheetError(
                f"The sheet '{sheet.name}' would have {len(headers)} columns; a spreadsheet takes "
                f"{COLUMN_LIMIT}. Export it as csv, or fewer versions at a time."
            )
        rows = sheet.rows()
        page = self._pages[sheet.name]
        first = next(rows, None)
        number = 1
        while True:
            _arrange(page, headers, sheet.freeze)
            self._fill(page, sheet, headers, pieces, _lead(first, rows, self._row_limit - 1))
            first = next(rows, None)
            if first is None:
                return
            number += 1
            page = self._continue(page, f"{sheet.name} ({number})")

    def save(self, path: Path) -> None:
        """Write the file; it is never seen half written."""
        part = path.with_name(f"{path.name}.part")
        self._book.save(part)
        part.replace(path)

    def _continue(self, page: Worksheet, name: str) -> Worksheet:
        further: Worksheet = self._book.create_sheet(
            name, self._book.sheetnames.index(page.title) + 1
        )
        return further

    def _fill(
        self,
        page: Worksheet,
        sheet: Sheet,
        headers: Sequence[Header],
        pieces: Sequence[int],
        rows: Iterator[Row],
    ) -> None:
        wraps = any(header.wrap for header in headers)
        maker = CellMaker(page, self.tally, wraps=wraps)
        page.append([maker.make_header(header.name) for header in headers])
        count = 1
        for row in rows:
            count += 1
            height = estimate_height(row, sheet.headers)
            if height is not None:
                page.row_dimensions[count].height = height
            cells = (
                written
                for value, many, header in zip(row, pieces, sheet.headers, strict=True)
                for written in maker.make(value, many, wrap=header.wrap)
            )
            page.append(cells)  # type: ignore[arg-type] # the stubs know of no generators here
            page.row_dimensions.pop(count, None)
        if sheet.filter:
            page.auto_filter.ref = f"A1:{get_column_letter(len(headers))}{count}"


def measure_columns(sheet: Sheet) -> list[int]:
    """Return for each column how many cells its longest text needs."""
    pieces = [1] * len(sheet.headers)
    for row in sheet.rows():
        for place, value in enumerate(row):
            if isinstance(value, str):
                pieces[place] = max(pieces[place], count_pieces(value))
    return pieces


def spread_headers(headers: Sequence[Header], pieces: Sequence[int]) -> list[Header]:
    """Return the headers with `name (2)` and so on where texts need further columns."""
    spread = []
    for header, many in zip(headers, pieces, strict=True):
        spread.append(header)
        for number in range(2, many + 1):
            name = f"{header.name} ({number})"
            spread.append(Header(name=name, width=header.width, wrap=header.wrap))
    return spread


def _arrange(page: Worksheet, headers: Sequence[Header], freeze: str) -> None:
    # Before the first row: openpyxl silently loses widths that are set later.
    page.freeze_panes = freeze
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for place, header in enumerate(headers, 1):
        page.column_dimensions[get_column_letter(place)].width = header.width


def _lead(first: Row | None, rows: Iterator[Row], limit: int) -> Iterator[Row]:
    if first is not None:
        yield first
        yield from islice(rows, limit - 1)
