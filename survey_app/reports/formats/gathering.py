"""The table Data column by column, in memory, for libraries that take a table as a whole.

A number takes eight bytes and a reason one; texts take what they take.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

from survey_app.definition.reasons import Reason
from survey_app.definition.reserved import OUR_COLUMNS
from survey_app.definition.shapes import Cell, Column
from survey_app.reports.dataset import Layout, make_cells
from survey_app.reports.formats.coding import Coding, make_coding
from survey_app.reports.responses import Source
from survey_app.reports.sheets.data import make_leading_values
from survey_app.spreadsheets.sheet import Value

Content = Literal["text", "number", "date", "moment"]
REASONS = tuple(Reason)
NOTHING = float("nan")
DAY = 86_400
"""Seconds."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OUR_CONTENTS: dict[str, Content] = {"started": "moment", "submitted": "moment", "is_test": "number"}


@dataclass(kw_only=True)
class Gathered:
    """A column: `numbers` or `texts` by response, and in `reasons` 0 or a place in REASONS plus 1.

    Dates and moments are seconds since 1970 in UTC; a blank is NaN or an empty text. `timed` says
    that a moment has more than a day, `decimals` how many a number has at most.
    """

    name: str
    content: Content
    column: Column | None = None
    coding: Coding | None = None
    numbers: "array[float]" = field(default_factory=lambda: array("d"))
    texts: list[str] = field(default_factory=list)
    reasons: bytearray = field(default_factory=bytearray)
    timed: bool = False
    decimals: int = 0

    def add(self, value: Value) -> None:
        """Add a value of a column that knows no reasons; None is a blank."""
        if self.content == "text":
            self.texts.append("" if value is None else str(value))
        else:
            self.numbers.append(self._count(value))
        self.reasons.append(0)

    def add_cell(self, cell: Cell) -> None:
        """Add a cell of an item."""
        self.add(None if cell.reason else cell.value)
        if cell.reason:
            self.reasons[-1] = REASONS.index(Reason(cell.reason)) + 1

    def _count(self, value: Value) -> float:
        match value:
            case None:
                return NOTHING
            case datetime():
                self.timed = True
                return (value.replace(tzinfo=UTC) - EPOCH).total_seconds()
            case date():
                return float((value.toordinal() - EPOCH.toordinal()) * DAY)
            case _ if self.coding is not None:
                return float(self.coding.find(str(value)))
            case float():
                self.decimals = max(self.decimals, count_decimals(value))
                return value
        return float(str(value))


def count_decimals(number: float) -> int:
    """Return how many decimals a number is written with."""
    return max(0, -int(Decimal(repr(number)).normalize().as_tuple().exponent))


def gather(layout: Layout, source: Source, language: str) -> tuple[Gathered, ...]:
    """Return our own columns and those of the layout, read in one pass; raise ReportError.

    Of withdrawn responses nothing is gathered.
    """
    leading = [Gathered(name=name, content=OUR_CONTENTS.get(name, "text")) for name in OUR_COLUMNS]
    asked = [_begin(layout, column) for column in layout.columns]
    for response in source.rows():
        _add_row(leading, make_leading_values(response))
        for gathered, cell in zip(asked, make_cells(layout, response, language), strict=True):
            gathered.add_cell(cell)
    return (*leading, *asked)


def _add_row(columns: Sequence[Gathered], values: Sequence[Value]) -> None:
    for gathered, value in zip(columns, values, strict=True):
        gathered.add(value)


def _begin(layout: Layout, column: Column) -> Gathered:
    contents: dict[str, Content] = {"text": "text", "date": "date"}
    return Gathered(
        name=column.name,
        content=contents.get(column.kind, "number"),
        column=column,
        coding=make_coding(layout.instruments, column.name) if column.kind == "code" else None,
    )
