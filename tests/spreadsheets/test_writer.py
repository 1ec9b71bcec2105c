"""What is written to a workbook is read back as it was."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from survey_app.spreadsheets.sheet import Header, Muted, Row, Sheet, SpreadsheetError, Value
from survey_app.spreadsheets.texts import CELL_LIMIT
from survey_app.spreadsheets.writer import COLUMN_LIMIT, WorkbookWriter

NOW = datetime(2026, 11, 22, 20, 14, 5)  # noqa: DTZ001 - spreadsheets know no zones


def make_sheet(rows: Sequence[Row], *headers: Header, name: str = "Data") -> Sheet:
    return Sheet(name=name, headers=headers, rows=lambda: iter(rows))


def write(path: Path, *sheets: Sheet, row_limit: int = 1_000) -> tuple[Any, WorkbookWriter]:
    names = [sheet.name for sheet in sheets]
    writer = WorkbookWriter(names, title="A study", created=NOW, row_limit=row_limit)
    for sheet in sheets:
        writer.add(sheet)
    writer.save(path)
    return load_workbook(path), writer


@pytest.mark.parametrize("wrap", [True, False])
@pytest.mark.parametrize(
    ("value", "read", "data_type"),
    [
        (3, 3, "n"),
        (0.25, 0.25, "n"),
        (2**53 + 1, "9007199254740993", "s"),
        (float("nan"), "nan", "s"),
        ("007", "007", "s"),
        ("=1+1", "=1+1", "s"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)", "s"),
        ("+1", "+1", "s"),
        ("@SUM(A1)", "@SUM(A1)", "s"),
        ("#N/A", "#N/A", "s"),
        (" spaces ", " spaces ", "s"),
        ("two\nlines 😀", "two\nlines 😀", "s"),
        ("bell\x07", "bell\ufffd", "s"),
        (date(2026, 11, 22), datetime(2026, 11, 22), "d"),  # noqa: DTZ001
        (NOW, NOW, "d"),
        (date(1850, 1, 1), "1850-01-01", "s"),
        (Muted("unanswered"), "unanswered", "s"),
    ],
)
def test_a_value_is_read_back_with_its_type(
    tmp_path: Path, value: Value, read: object, data_type: str, *, wrap: bool
) -> None:
    sheet = make_sheet([["id", value], ["next", 1]], Header(name="a"), Header(name="b", wrap=wrap))
    book, _writer = write(tmp_path / "book.xlsx", sheet)
    cell = book["Data"]["B2"]
    assert (cell.value, cell.data_type) == (read, data_type)
    assert book["Data"]["B3"].value == 1


@pytest.mark.parametrize("wrap", [True, False])
def test_an_indented_text_stands_off_the_number_before_it(tmp_path: Path, *, wrap: bool) -> None:
    headers = (Header(name="n"), Header(name="method", wrap=wrap, indent=True))
    book, _writer = write(tmp_path / "book.xlsx", make_sheet([[3, "alpha"]], *headers))
    for number, text in book["Data"].iter_rows():
        assert (number.alignment.indent, text.alignment.indent) == (0, 1)
        assert text.alignment.horizontal == "left"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\ttab", "#REF!"])
def test_what_could_become_a_formula_stays_text_when_it_is_edited(
    tmp_path: Path, text: str
) -> None:
    book, _writer = write(tmp_path / "book.xlsx", make_sheet([[text]], Header(name="a")))
    assert book["Data"]["A2"].quotePrefix


def test_a_text_too_long_for_a_cell_goes_on_in_further_columns(tmp_path: Path) -> None:
    long = "word " * 20_000
    sheet = make_sheet([["short", 1], [long, 2]], Header(name="a"), Header(name="b"))
    book, writer = write(tmp_path / "book.xlsx", sheet)
    header, _short, row = ([cell.value for cell in row] for row in book["Data"].rows)
    assert header == ["a", "a (2)", "a (3)", "a (4)", "b"]
    assert "".join(row[:4]) == long
    assert max(len(piece) for piece in row[:4]) == CELL_LIMIT
    assert row[4] == 2
    assert writer.tally.split_cells == 1


def test_replaced_characters_are_counted_once(tmp_path: Path) -> None:
    sheet = make_sheet([["\x07\x07"], ["fine"]], Header(name="a"))
    _book, writer = write(tmp_path / "book.xlsx", sheet)
    assert writer.tally.replaced_characters == 2


def test_more_rows_than_a_sheet_takes_go_on_in_a_further_sheet(tmp_path: Path) -> None:
    rows = [[number] for number in range(7)]
    first = make_sheet(rows, Header(name="n"), name="Long")
    last = make_sheet([], Header(name="m"), name="Notes")
    book, writer = write(tmp_path / "book.xlsx", first, last, row_limit=4)
    assert book.sheetnames == ["Long", "Long (2)", "Long (3)", "Notes"]
    assert writer.continued == {"Long": ("Long (2)", "Long (3)")}
    pages = [[cell.value for cell in book[name]["A"]] for name in book.sheetnames]
    assert pages == [["n", 0, 1, 2], ["n", 3, 4, 5], ["n", 6], ["m"]]


def test_sheets_stand_in_the_order_of_their_names_whenever_they_are_written(tmp_path: Path) -> None:
    writer = WorkbookWriter(["Read me", "Data"], title="A study", created=NOW)
    writer.add(make_sheet([[1]], Header(name="a")))
    writer.add(make_sheet([["last"]], Header(name="b"), name="Read me"))
    writer.save(tmp_path / "book.xlsx")
    book = load_workbook(tmp_path / "book.xlsx")
    assert book.sheetnames == ["Read me", "Data"]
    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]


def test_headers_are_frozen_filtered_and_wide_enough(tmp_path: Path) -> None:
    headers = (Header(name="a", width=30), Header(name="b"))
    sheet = Sheet(name="Data", headers=headers, rows=lambda: iter([[1, 2]]), freeze="B2")
    page = write(tmp_path / "book.xlsx", sheet)[0]["Data"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("B2", "A1:B2")
    assert page.column_dimensions["A"].width == 30
    assert page.print_title_rows == "$1:$1"


def test_too_many_columns_are_refused_with_a_way_out(tmp_path: Path) -> None:
    headers = tuple(repeat(Header(name="a"), COLUMN_LIMIT + 1))
    writer = WorkbookWriter(["Data"], title="A study", created=NOW)
    with pytest.raises(SpreadsheetError, match="Export it as csv"):
        writer.add(make_sheet([], *headers))


def test_rows_are_read_as_they_are_written_and_never_kept(tmp_path: Path) -> None:
    alive: list[int] = []

    def count_rows() -> Iterator[Row]:
        for number in range(50):
            alive.append(number)
            yield [number]

    sheet = Sheet(name="Data", headers=(Header(name="n"),), rows=count_rows)
    write(tmp_path / "book.xlsx", sheet)
    assert alive == [*range(50), *range(50)]


@pytest.mark.parametrize(
    ("text", "wrap", "height"),
    [
        ("short", True, None),
        ("two\nlines", True, 30),
        ("x" * 25, True, 45),
        ("line\n" * 500, True, 405),
        ("short", False, None),
        ("two\nlines", False, 15),
    ],
)
def test_a_row_is_as_high_as_its_wrapped_texts(
    tmp_path: Path, text: str, *, wrap: bool, height: float | None
) -> None:
    sheet = make_sheet([[text]], Header(name="a", width=10, wrap=wrap))
    page = write(tmp_path / "book.xlsx", sheet)[0]["Data"]
    assert page.row_dimensions[2].height == height
