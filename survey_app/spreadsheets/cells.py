"""Values as cells of one sheet: every text typed as text, every number as a number."""

import math
from collections.abc import Iterator
from datetime import date, datetime

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from survey_app.spreadsheets.sheet import Header, Muted, Value
from survey_app.spreadsheets.styles import PLAIN, Look, make_cell
from survey_app.spreadsheets.tally import Tally
from survey_app.spreadsheets.texts import TRIGGERS

EXACT_LIMIT = 2**53
"""The largest whole number that a spreadsheet keeps exactly."""

FIRST_DAY = date(1900, 3, 1)
"""Before it Excel counts days wrongly (it takes 1900 for a leap year), so they stay text."""

Written = Cell | str | int | float | None


def find_look(value: str | float | date | Muted) -> tuple[Look, str | float | date]:
    """Return how a value looks in a cell and as what it is written there."""
    match value:
        case Muted():
            return "muted", value.text
        case str():
            return _find_text_look(value), value
        case datetime() if value.date() >= FIRST_DAY:
            return "time", value
        case date() if not isinstance(value, datetime) and value >= FIRST_DAY:
            return "date", value
        case int() | float() if math.isfinite(value) and abs(value) <= EXACT_LIMIT:
            return "number", value
    return "text", str(value)


def _find_text_look(text: str) -> Look:
    if text.startswith(TRIGGERS):
        return "guarded"
    return "lines" if "\n" in text else "text"


class CellMaker:
    """Makes the cells of one sheet; `tally` counts what had to be changed.

    A cell is used again for the next value of its look: openpyxl writes each before it asks for
    the next. Where nothing wraps, or is indented, plain values go as they are, which takes half
    the time.
    """

    def __init__(self, sheet: Worksheet, tally: Tally, *, wraps: bool) -> None:
        self._sheet = sheet
        self._tally = tally
        self._wraps = wraps
        self._cells: dict[tuple[Look, bool, bool], Cell] = {}

    def make(self, value: Value, pieces: int, header: Header) -> Iterator[Written]:
        """Yield the cells of a value in a column, as many as that was given."""
        if value is None:
            yield from [None] * pieces
            return
        look, written = find_look(value)
        parts: list[str | float | date] = [written]
        if isinstance(value, str | Muted):
            parts = [*self._tally.make_safe(str(written))]
        for part in parts:
            yield self._write(part, look, header)
        yield from [None] * (pieces - len(parts))

    def _write(self, value: str | float | date, look: Look, header: Header) -> Written:
        if look in PLAIN and not self._wraps and not isinstance(value, date):
            return value
        kind = (look, header.wrap, header.indent)
        kept = self._cells.get(kind)
        if kept is None:
            kept = make_cell(self._sheet, look, wrap=header.wrap, indent=header.indent)
            self._cells[kind] = kept
        kept.value = value
        if isinstance(value, str):
            kept.data_type = "s"  # openpyxl would make a formula of "=…" and an error of "#N/A"
        return kept
