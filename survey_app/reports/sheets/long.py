"""The sheet Long: one row for each answer and each option or row of it."""

from collections.abc import Iterator

from survey_app.definition.shapes import Cell, Column
from survey_app.reports.dataset import Layout, complete_answers, find_placed
from survey_app.reports.responses import ResponseRow, Source
from survey_app.spreadsheets.sheet import Header, Row, Sheet

HEADERS = (
    Header(name="response", width=35),
    Header(name="participant", width=15),
    Header(name="version", width=11),
    Header(name="delivery", width=12),
    Header(name="item", width=24),
    Header(name="row", width=18),
    Header(name="option", width=18),
    Header(name="code", width=12),
    Header(name="label", width=32),
    Header(name="text", width=60),
    Header(name="reason", width=18),
    Header(name="column", width=32),
)


def make_long_sheet(layout: Layout, source: Source, language: str) -> Sheet:
    """Return every cell of each response's own version as a row."""

    def read_rows() -> Iterator[Row]:
        for response in source.rows():
            yield from make_long_rows(layout, response, language)

    return Sheet(name="Long", headers=HEADERS, rows=read_rows, large=True)


def make_long_rows(layout: Layout, response: ResponseRow, language: str) -> Iterator[Row]:
    """Yield the rows of one response; `item` is what its version calls the question."""
    for item, places in find_placed(layout, response):
        asked = layout.lineage.find_asked(response.version, item.key)
        cells = item.cells(complete_answers(layout, item, response), language)
        for place, cell in zip(places, cells, strict=True):
            yield _make_row(response, asked, layout.columns[place], cell)


def _make_row(response: ResponseRow, asked: str, column: Column, cell: Cell) -> Row:
    written = column.kind == "text"
    return [
        response.id,
        response.participant,
        response.version,
        response.delivery,
        asked,
        column.row or None,
        column.option or None,
        None if written else cell.value,
        None if written or cell.reason else cell.label,
        cell.value if written else None,
        cell.reason,
        column.name,
    ]
