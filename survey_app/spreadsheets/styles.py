"""The few looks of a cell."""

from collections.abc import Sequence
from math import ceil
from typing import Literal

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from survey_app.spreadsheets.sheet import Header, Row

Look = Literal["text", "lines", "guarded", "muted", "number", "date", "time", "header"]
PLAIN: tuple[Look, ...] = ("text", "number")
"""The looks that need no style of their own where nothing wraps."""
STYLED: tuple[Look, ...] = ("lines", "guarded", "muted", "date", "time")

FONT = "Calibri"
FONT_SIZE = 11
LINE_HEIGHT = 15
INDENT = 2
"""Characters' widths that an indent takes."""
ROW_HEIGHT_LIMIT = 405  # Excel's is 409.5 points
GREY = "FF6B6B6B"
FORMATS: dict[Look, str] = {"date": "yyyy-mm-dd", "time": "yyyy-mm-dd hh:mm:ss"}


def make_cell(sheet: Worksheet, look: Look, *, wrap: bool, indent: bool = False) -> Cell:
    """Return an empty cell of a sheet with a look."""
    cell: Cell = WriteOnlyCell(sheet)
    # What stands at the right end runs into a text beside it, or is overlooked if alone.
    left = "left" if wrap or indent or look in FORMATS else None
    wraps = wrap or look == "lines"
    cell.alignment = Alignment(vertical="top", horizontal=left, wrap_text=wraps, indent=int(indent))
    if look == "muted":
        cell.font = Font(name=FONT, size=FONT_SIZE, color=GREY, italic=True)
    elif look == "header":
        cell.font = Font(name=FONT, size=FONT_SIZE, bold=True)
        cell.fill = PatternFill("solid", fgColor="FFE8EEF4")
    elif look == "guarded":
        cell.quotePrefix = True
    elif look in FORMATS:
        cell.number_format = FORMATS[look]
    return cell


def find_styles(sheet: Worksheet) -> dict[Look, int]:
    """Return by look the number of its style in the sheet's workbook, where nothing wraps.

    Plain looks have none. openpyxl numbers the styles, as it does those of the cells it writes.
    """
    return {look: make_cell(sheet, look, wrap=False).style_id for look in STYLED}


def estimate_height(row: Row, headers: Sequence[Header]) -> float | None:
    """Return the height in points that a row's wrapped texts need; None where one line does.

    Excel finds it by itself, other programs do not. Where no column wraps, a text of several
    lines shows its first, or it would be drawn over the row below.
    """
    wrapped = [
        _count_lines(str(value), header.width - INDENT * header.indent)
        for value, header in zip(row, headers, strict=True)
        if header.wrap
    ]
    if not wrapped:
        several = any(isinstance(value, str) and "\n" in value for value in row)
        return LINE_HEIGHT if several else None
    lines = max(wrapped)
    return min(lines * LINE_HEIGHT, ROW_HEIGHT_LIMIT) if lines > 1 else None


def _count_lines(text: str, width: float) -> int:
    return sum(max(1, ceil(len(line) / width)) for line in text.split("\n"))
