"""A sheet as plain values: what a report hands over to be written, to a workbook or as csv."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Muted:
    """A text in grey: the reason for a blank, which is no answer."""

    text: str


Value = str | int | float | date | datetime | Muted | None
"""What a cell holds. Times have no zone, since spreadsheets know none: they are UTC."""

Row = Sequence[Value]
Rows = Callable[[], Iterator[Row]]
"""Starts reading the rows anew with every call; a sheet is read twice."""


@dataclass(frozen=True, kw_only=True)
class Header:
    """A column of a sheet: its name, its width in characters, whether its texts wrap."""

    name: str
    width: float = 12
    wrap: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Rows under one row of headers. `freeze` is the first cell that scrolls."""

    name: str
    headers: tuple[Header, ...]
    rows: Rows = field(repr=False)
    freeze: str = "A2"
    filter: bool = True
