"""A workbook written row by row, so that memory does not grow with the rows."""

import weakref
from collections.abc import Iterator, Sequence
from datetime import datetime
from gzip import GzipFile
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from survey_app.spreadsheets.cells import CellMaker
from survey_app.spreadsheets.columns import measure_columns, spread_headers
from survey_app.spreadsheets.drawn import add_drawing
from survey_app.spreadsheets.package import StreamedRows, write_package
from survey_app.spreadsheets.pages import begin_page, end_page
from survey_app.spreadsheets.sheet import Header, Row, Sheet, SpreadsheetError
from survey_app.spreadsheets.streaming import RowStream, TooLongError
from survey_app.spreadsheets.styles import estimate_height, find_styles
from survey_app.spreadsheets.tally import Tally
from survey_app.spreadsheets.texts import replace_illegal

ROW_LIMIT = 1_048_576
COLUMN_LIMIT = 16_384
PACKING = 1
"""How hard streamed rows are packed until the file is saved: as little as keeps them small."""


class WorkbookWriter:
    """Writes sheets in any order into a workbook whose sheets stand in the order of `names`.

    `row_limit` is Excel's; what is more goes on in a further sheet, "Long (2)", and `continued`
    holds by sheet the further ones. `tally` counts what had to be changed in texts, up to now. The
    same sheets and the same `created` give the same bytes.
    """

    def __init__(
        self, names: Sequence[str], *, title: str, created: datetime, row_limit: int = ROW_LIMIT
    ) -> None:
        self.tally = Tally()
        self.continued: dict[str, tuple[str, ...]] = {}
        self._row_limit = row_limit
        self._book = Workbook(write_only=True)
        self._book.properties.title = replace_illegal(title)[0]
        self._book.properties.creator = "survey-app"
        self._book.properties.created = created
        self._pages: dict[str, Worksheet] = {name: self._book.create_sheet(name) for name in names}
        self._streamed: dict[str, StreamedRows] = {}

    def add(self, sheet: Sheet) -> None:
        """Write a sheet; raise SpreadsheetError if it has more columns than a sheet can have.

        A text that is too long for a cell goes on in further columns, which must stand in the
        header. So the rows are read twice; those of a large sheet only if there is such a text.
        """
        if sheet.large:
            self._add_large(sheet)
        else:
            self._add_small(sheet)
        self._add_drawings(sheet)

    def save(self, path: Path) -> None:
        """Write the file; it is never seen half written."""
        part = path.with_name(f"{path.name}.part")
        try:
            write_package(self._book, part, self._streamed)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def _add_small(self, sheet: Sheet) -> None:
        pieces = measure_columns(sheet)
        headers = _make_headers(sheet, pieces)
        for number, rows in enumerate(_split(sheet.rows(), self._row_limit - 1), 1):
            page = self._find_page(sheet.name, number)
            begin_page(page, sheet, headers)
            end_page(page, sheet, headers, _fill(page, sheet, pieces, rows, self.tally))

    def _add_large(self, sheet: Sheet) -> None:
        pieces = [1] * len(sheet.headers)
        headers = _make_headers(sheet, pieces)
        try:
            streams, tally = self._stream(sheet, pieces)
        except TooLongError:
            pieces = measure_columns(sheet)
            headers = _make_headers(sheet, pieces)
            streams, tally = self._stream(sheet, pieces)
        self.tally.add(tally)
        for number, rows in enumerate(streams, 1):
            page = self._find_page(sheet.name, number)
            self._streamed[page.title] = rows
            begin_page(page, sheet, headers)
            end_page(page, sheet, headers, rows.last)

    def _add_drawings(self, sheet: Sheet) -> None:
        if sheet.drawings:
            headers = _make_headers(sheet, measure_columns(sheet))
            columns = {header.name: number for number, header in enumerate(headers, 1)}
            for drawing in sheet.drawings:
                add_drawing(self._pages[sheet.name], drawing, columns)

    def _stream(self, sheet: Sheet, pieces: Sequence[int]) -> tuple[list[StreamedRows], Tally]:
        styles = find_styles(self._pages[sheet.name])
        streams, tally = [], Tally()
        for rows in _split(sheet.rows(), self._row_limit - 1):
            # They wait packed, since what goes before them in the file is written at the end.
            file = TemporaryFile()  # noqa: SIM115 - it lives as long as the writer
            weakref.finalize(self, file.close)
            with GzipFile(fileobj=file, mode="wb", compresslevel=PACKING) as packed:
                stream = RowStream(packed, styles, pieces, tally)
                last = stream.write(rows)
            streams.append(StreamedRows(file=file, last=last, size=stream.size))
        return streams, tally

    def _find_page(self, name: str, number: int) -> Worksheet:
        if number == 1:
            return self._pages[name]
        place = self._book.sheetnames.index(self._pages[name].title) + number - 1
        further: Worksheet = self._book.create_sheet(f"{name} ({number})", place)
        self.continued[name] = (*self.continued.get(name, ()), further.title)
        return further


def _make_headers(sheet: Sheet, pieces: Sequence[int]) -> list[Header]:
    headers = spread_headers(sheet.headers, pieces)
    if len(headers) > COLUMN_LIMIT:
        raise SpreadsheetError(
            f"The sheet '{sheet.name}' would have {len(headers)} columns; a spreadsheet takes "
            f"{COLUMN_LIMIT}. Export it as csv, or fewer versions at a time."
        )
    return headers


def _fill(
    page: Worksheet, sheet: Sheet, pieces: Sequence[int], rows: Iterator[Row], tally: Tally
) -> int:
    """Append rows under the header and return the number of the last."""
    styled = any(header.wrap or header.indent for header in sheet.headers)
    maker = CellMaker(page, tally, wraps=styled)
    last = 1
    for last, row in enumerate(rows, 2):
        height = estimate_height(row, sheet.headers)
        if height is not None:
            page.row_dimensions[last].height = height
        cells = (
            written
            for value, many, header in zip(row, pieces, sheet.headers, strict=True)
            for written in maker.make(value, many, header)
        )
        page.append(cells)  # type: ignore[arg-type] # the stubs know of no generators here
        page.row_dimensions.pop(last, None)
    return last


def _split(rows: Iterator[Row], limit: int) -> Iterator[Iterator[Row]]:
    """Yield the rows of each sheet, at least one; it may leave some, which the next begins with."""
    first = next(rows, None)
    yield _lead(first, rows, limit)
    while (first := next(rows, None)) is not None:
        yield _lead(first, rows, limit)


def _lead(first: Row | None, rows: Iterator[Row], limit: int) -> Iterator[Row]:
    if first is not None:
        yield first
        yield from islice(rows, limit - 1)
