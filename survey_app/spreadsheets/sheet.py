"""A sheet as plain values: what a report hands over to be written, to a workbook or as csv."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from survey_app.spreadsheets.drawings import Drawing


class SpreadsheetError(Exception):
    """A table cannot be a sheet; the sentence says why and what to do."""


@dataclass(frozen=True)
class Muted:
    """A text in grey: the reason for a blank, which is no answer."""

    text: str


Value = str | int | float | date | datetime | Muted | None
"""What a cell holds. Times have no zone, since spreadsheets know none: they are UTC."""

Row = Sequence[Value]
Rows = Callable[[], Iterator[Row]]
"""Starts reading the rows anew with every call, since a sheet may be read several times."""


@dataclass(frozen=True, kw_only=True)
class Header:
    """A column of a sheet: its name, its width in characters, whether its texts wrap.

    With `indent` texts stand off the column at the left, whose numbers end where they begin.
    """

    name: str
    width: float = 12
    wrap: bool = False
    indent: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Rows under one row of headers. `freeze` is the first cell that scrolls.

    `large` is a sheet whose rows grow with the responses: it is written in a quicker way, to the
    same cells, in which no column wraps. It is said rather than found out, so that a sheet is
    written alike for ten responses and for a million. `drawings` lie over the cells.
    """

    name: str
    headers: tuple[Header, ...]
    rows: Rows = field(repr=False)
    freeze: str = "A2"
    filter: bool = True
    large: bool = False
    drawings: tuple[Drawing, ...] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        """Refuse a large sheet that wraps, whose rows would need heights, or is indented."""
        if self.large and any(header.wrap or header.indent for header in self.headers):
            raise ValueError(f"The sheet '{self.name}' is large, so none of its columns may wrap.")
