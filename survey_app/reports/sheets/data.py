"""The sheets Data and Labels: one row a response that was not withdrawn, in codes and in words."""

from collections.abc import Callable, Iterator

from survey_app.definition.reserved import OUR_COLUMNS
from survey_app.definition.shapes import Cell, Column
from survey_app.reports.dataset import Layout, make_cells
from survey_app.reports.moments import read_moment
from survey_app.reports.responses import ResponseRow, Source
from survey_app.spreadsheets.sheet import Header, Muted, Row, Sheet, Value

WIDTHS = {
    "response": 35,
    "state": 13,
    "study": 16,
    "instrument": 18,
    "started": 20,
    "submitted": 20,
}
REASON_WIDTH = 19
TEXT_WIDTH = 40
LABEL_WIDTH = 22
FILTER_WIDTH = 4
"""What the filter's button takes of a header."""


def make_data_sheet(layout: Layout, source: Source, language: str) -> Sheet:
    """Return the responses in codes; a blank is its reason's code in grey."""
    return _make_sheet("Data", layout, source, language, show_value)


def make_labels_sheet(layout: Layout, source: Source, language: str) -> Sheet:
    """Return the responses in words; numbers and dates stay what they are."""
    return _make_sheet("Labels", layout, source, language, show_label)


def make_leading_values(response: ResponseRow) -> list[Value]:
    """Return the values of the columns that stand before the items."""
    values: dict[str, Value] = {name: getattr(response, name, None) for name in OUR_COLUMNS}
    values["response"] = response.id
    values["started"] = read_moment(response.started)
    values["submitted"] = read_moment(response.submitted)
    values["is_test"] = int(response.is_test)
    return list(values.values())


def show_value(cell: Cell) -> Value:
    """Return a cell's value, or its reason's code."""
    return Muted(cell.reason) if cell.reason else cell.value


def show_label(cell: Cell) -> Value:
    """Return a cell's words, its value where that says the same."""
    if cell.reason:
        return Muted(cell.label)
    return cell.value if str(cell.value) == cell.label else cell.label


def _make_sheet(
    name: str, layout: Layout, source: Source, language: str, show: Callable[[Cell], Value]
) -> Sheet:
    def read_rows() -> Iterator[Row]:
        for response in source.rows():
            cells = make_cells(layout, response, language)
            yield [*make_leading_values(response), *map(show, cells)]

    least = LABEL_WIDTH if show is show_label else REASON_WIDTH
    headers = (*(_our_header(name) for name in OUR_COLUMNS), *_headers(layout, least))
    return Sheet(name=name, headers=headers, rows=read_rows, freeze="C2", large=True)


def _our_header(name: str) -> Header:
    return Header(name=name, width=WIDTHS.get(name, len(name) + FILTER_WIDTH))


def _headers(layout: Layout, least: int) -> Iterator[Header]:
    for column in layout.columns:
        yield Header(name=column.name, width=_find_width(column, least))


def _find_width(column: Column, least: int) -> int:
    width = TEXT_WIDTH if column.kind == "text" else least
    return max(width, len(column.name) + FILTER_WIDTH)
