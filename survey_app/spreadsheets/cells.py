"""Values as cells of one sheet: every text typed as text, every number as a number."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from survey_app.spreadsheets.sheet import Muted, Value
from survey_app.spreadsheets.styles import Look, make_cell
from survey_app.spreadsheets.texts import TRIGGERS, replace_illegal, split_text

EXACT_LIMIT = 2**53
"""The largest whole number that a spreadsheet keeps exactly."""

FIRST_DAY = date(1900, 3, 1)
"""Before it Excel counts days wrongly (it takes 1900 for a leap year), so they stay text."""

Written = Cell | str | int | float | None


@dataclass(kw_only=True)
class Tally:
    """What was changed in texts so that they could be written at all."""

    split_cells: int = 0
    replaced_characters: int = 0


class CellMaker:
    """Makes the cells of one sheet; `tally` counts what had to be changed.

    A cell is used again for the next value of its look: openpyxl writes each before it asks for
    the next. Where nothing wraps, plain values go as they are, which takes half the time.
    """

    def __init__(self, sheet: Worksheet, tally: Tally, *, wraps: bool) -> None:
        self._sheet = sheet
        self._tally = tally
        self._wraps = wraps
        self._cells: dict[tuple[Look, bool], Cell] = {}

    def make(self, value: Value, pieces: int, *, wrap: bool = False) -> Iterator[Written]:
        """Yield the cells of a value, as many as its column was given."""
        match value:
            case None:
                yield from [None] * pieces
            case Muted():
                yield from self._write_text(value.text, "muted", pieces, wrap=wrap)
            case str():
                look: Look = "guarded" if value.startswith(TRIGGERS) else "text"
                look = "lines" if look == "text" and "\n" in value else look
                yield from self._write_text(value, look, pieces, wrap=wrap)
            case int() | float() | date():
                yield self._write_plain(value, wrap=wrap)
                yield from [None] * (pieces - 1)
            case _:
                assert_never(value)

    def make_header(self, name: str) -> Cell:
        """Return the cell of a column's name."""
        cell = make_cell(self._sheet, "header", wrap=False)
        cell.value = name
        cell.data_type = "s"
        return cell

    def _write_text(self, text: str, look: Look, pieces: int, *, wrap: bool) -> Iterator[Written]:
        safe, replaced = replace_illegal(text)
        self._tally.replaced_characters += replaced
        parts = split_text(safe)
        self._tally.split_cells += len(parts) > 1
        for part in parts:
            yield self._write(part, look, wrap=wrap)
        yield from [None] * (pieces - len(parts))

    def _write_plain(self, value: float | date, *, wrap: bool) -> Written:
        match value:
            case datetime() if value.date() >= FIRST_DAY:
                return self._write(value, "time", wrap=wrap)
            case date() if not isinstance(value, datetime) and value >= FIRST_DAY:
                return self._write(value, "date", wrap=wrap)
            case int() | float() if math.isfinite(value) and abs(value) <= EXACT_LIMIT:
                return self._write(value, "number", wrap=wrap)
        return self._write(str(value), "text", wrap=wrap)

    def _write(self, value: str | float | date, look: Look, *, wrap: bool) -> Written:
        if look in {"text", "number"} and not self._wraps and not isinstance(value, date):
            return value
        kept = self._cells.get((look, wrap))
        if kept is None:
            kept = self._cells[look, wrap] = make_cell(self._sheet, look, wrap=wrap)
        kept.value = value
        if isinstance(value, str):
            kept.data_type = "s"  # openpyxl would make a formula of "=…" and an error of "#N/A"
        return kept
