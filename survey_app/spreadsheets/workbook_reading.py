"""Reading a sheet of an .xlsx file row by row."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import IO, Any
from warnings import catch_warnings, simplefilter

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from survey_app.spreadsheets.sheet import Muted
from survey_app.spreadsheets.table import (
    ARCHIVE_FAULTS,
    ReadingError,
    ReadRow,
    ReadValue,
    Table,
    Unusable,
    clean,
    name_columns,
)
from survey_app.translations import gettext as _

OURS = "survey-app"
"""The creator that workbooks of this program name."""

_escaped = re.compile("_x([0-9A-Fa-f]{4})_")
_STRING = f"{{{SHEET_MAIN_NS}}}si"
_ROW = b"<row "
_BLOCK = 1 << 20
_FAULTS: tuple[type[Exception], ...] = (
    *ARCHIVE_FAULTS,
    InvalidFileException,
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    SyntaxError,
    TypeError,
)
"""What openpyxl raises, by where a file is damaged; SyntaxError is XML's."""


class WorkbookReader(ExcelReader):
    """Reads as openpyxl does, but texts as they stand in the file.

    openpyxl takes each "x005F_" out of a text, also out of one in which somebody wrote it, and
    leaves the other escapes in. `unescape` is what ECMA-376 says instead.
    """

    archive: Any
    package: Any

    def read_strings(self) -> None:
        """Read the texts that cells share."""
        found = self.package.find(SHARED_STRINGS)
        if found is not None:
            with self.archive.open(found.PartName[1:]) as source:
                self.shared_strings = list(_read_strings(source))


@contextmanager
def open_sheet(path: Path, wanted: str | None, usual: str) -> Iterator[Table]:
    """Open a sheet: the wanted one, else the usual or the only one. Raises ReadingError."""
    with path.open("rb") as file:
        book = _open_book(file)
        try:
            yield _make_table(book, _choose(_list_sheets(book), wanted, usual))
        finally:
            book.close()


def unescape(text: str) -> str:
    """Return a text without the escapes `_xHHHH_` (ECMA-376 part 1, 22.9.2.19, ST_Xstring)."""
    return _escaped.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _open_book(file: IO[bytes]) -> Any:
    try:
        with catch_warnings():
            # openpyxl warns of what it does not keep, such as lists to choose from; we write none.
            simplefilter("ignore")
            reader = WorkbookReader(file, read_only=True, keep_links=False)
            reader.read()
    except _FAULTS as error:
        raise _damaged() from error
    return reader.wb


def _damaged() -> ReadingError:
    return ReadingError(
        _("This workbook cannot be read: it is damaged, or no .xlsx at all. Save it again.")
    )


def _read_strings(source: IO[bytes]) -> Iterator[str]:
    for _event, node in iterparse(source):
        if node.tag == _STRING:
            text: Any = Text.from_tree(node)
            yield text.content
            node.clear()


def _list_sheets(book: Any) -> dict[str, Any]:
    return {sheet.title: sheet for sheet in book.worksheets}


def _choose(sheets: dict[str, Any], wanted: str | None, usual: str) -> list[Any]:
    """Return the sheet, with those on which our export goes on where one is full."""
    there = {name.casefold(): name for name in sheets}
    name = there.get((wanted or usual).casefold())
    if name is None and wanted is None and len(sheets) == 1:
        name = next(iter(sheets))
    if name is None:
        raise ReadingError(
            _(
                "There is no sheet “{name}” in this workbook, but {there}: name one by --sheet."
            ).format(name=wanted or usual, there=", ".join(f"“{each}”" for each in sheets))
        )
    further = (sheets.get(f"{name} ({number})") for number in range(2, len(sheets) + 1))
    return [sheets[name], *(sheet for sheet in further if sheet is not None)]


def _make_table(book: Any, sheets: list[Any]) -> Table:
    for sheet in sheets:
        # A file may say wrongly how large a sheet is, and openpyxl would leave out the rest.
        sheet.reset_dimensions()
    ours = book.properties.creator == OURS
    read = partial(_read_rows, sheets)
    header = next(_read_sheet(sheets[0]), None)
    return Table(
        name=sheets[0].title,
        place=_place(sheets[0]),
        header=() if header is None else name_columns(header.values),
        rows=read,
        count=sum(max(_count_rows(sheet) - 1, 0) for sheet in sheets),
        ours=ours,
    )


def _count_rows(sheet: Any) -> int:
    """Return about how many rows a sheet has: a mark that two blocks share is not counted."""
    try:
        with sheet._get_source() as source:  # noqa: SLF001 - few files say how many they are
            return sum(block.count(_ROW) for block in iter(partial(source.read, _BLOCK), b""))
    except _FAULTS as error:
        raise _damaged() from error


def _read_rows(sheets: Iterable[Any]) -> Iterator[ReadRow]:
    for sheet in sheets:
        rows = _read_sheet(sheet)
        next(rows, None)
        yield from (row for row in rows if any(value is not None for value in row.values))


def _read_sheet(sheet: Any) -> Iterator[ReadRow]:
    italic: dict[int, bool] = {}
    place = _place(sheet)
    try:
        with catch_warnings():
            simplefilter("ignore")
            for number, cells in enumerate(sheet.iter_rows(), 1):
                values = tuple(_read_cell(cell, italic) for cell in cells)
                yield ReadRow(place=place, number=number, values=values)
    except _FAULTS as error:
        raise _damaged() from error


def _place(sheet: Any) -> str:
    return _("sheet {name}").format(name=sheet.title)


def _read_cell(cell: Any, italic: dict[int, bool]) -> ReadValue:
    value = cell.value
    match value:
        case None:
            return None
        case _ if cell.data_type in {"f", "e"}:
            return Unusable(str(getattr(value, "text", value)))
        case str():
            text = clean(unescape(value))
            return Muted(text) if _is_italic(cell, italic) else (text or None)
        case bool() | int() | float() | datetime() | date():
            return value
        case time() | timedelta():
            return str(value)
    return Unusable(str(value))


def _is_italic(cell: Any, known: dict[int, bool]) -> bool:
    style = cell._style_id  # noqa: SLF001 - its font is found by nothing else
    found = known.get(style)
    if found is None:
        found = known[style] = bool(cell.font.i)
    return found
