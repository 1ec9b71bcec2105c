"""Large sheets are streamed to the very cells that openpyxl would have written."""

import csv
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from survey_app.spreadsheets.sheet import Header, Muted, Row, Sheet, Value
from survey_app.spreadsheets.streaming import KEPT, RowStream, TooLongError
from survey_app.spreadsheets.tally import Tally
from survey_app.spreadsheets.texts import CELL_LIMIT, replace_illegal
from survey_app.spreadsheets.writer import WorkbookWriter
from tests.spreadsheets.books import NOW, read_cells, write_book

HOSTILE_TEXTS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "#N/A", "#REF!", "\ttab", "\nline", "-", "=", "'quoted"),
    *("_x0041_", "_x005F_", "__x0041__x", "_x41_", "_X0041_"),
    *("two\nlines", "two\r\nlines", "two\rlines", "ends\n", "\r"),
    *(" leading", "trailing ", " ", "\u3000wide\u3000", "\u00a0", "in  between", "tab\tin"),
    *("<b>&amp;\"'</b>", "]]>", "&#13;", "<!--", "</sheetData>", "</t></is></c>"),
    *("😀", "👩‍👩‍👧", "e\u0301", "\u202eright to left", "\ufeff", "𝒜", "\u2028", "\x85", "\x7f"),
    *("bell\x07", "\x00", "half \ud83d", "\udc00", "\ufffe", "\uffff", "\x1f\x0b"),
    *("007", "1e5", "TRUE", "2026-11-22", "http://example.org", "1,5", "nan", ""),
]
VALUES: list[Value] = [
    *HOSTILE_TEXTS,
    *(Muted(text) for text in ("unanswered", "", "=1", "not\nrelevant", "a\x07", "R&D", " x ")),
    *(0, 1, -1, 2**53, -(2**53), 2**53 + 1, 10**30, True, False),
    *(0.5, -0.25, 1e300, 1e-300, 2.0, float("nan"), float("inf"), float("-inf"), 2.0**53, 1e16),
    *(date(2026, 11, 22), date(1900, 2, 28), date(1900, 3, 1), date(1, 1, 1), date(9999, 12, 31)),
    *(NOW, datetime(1900, 2, 28, 23, 59), datetime(1900, 3, 1), datetime(1850, 1, 1)),  # noqa: DTZ001
    *(datetime(2026, 11, 22, 20, 14, 5, 123_000), datetime(9999, 12, 31, 23, 59, 59)),  # noqa: DTZ001
    None,
]
LONG_TEXTS = ["word " * 20_000, "😀" * 20_000, "_x0041_" * 10_000, "a" * CELL_LIMIT, "<" * 9_000]

any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
hostile_text = st.one_of(
    st.sampled_from(HOSTILE_TEXTS),
    any_text,
    st.lists(st.sampled_from(HOSTILE_TEXTS)).map("".join),
)
# openpyxl writes sixteen digits of a number; with more, only the streamed cell is exact.
short_floats = st.floats().map(lambda number: float(f"{number:.16g}"))
any_value = st.one_of(
    hostile_text,
    hostile_text.map(Muted),
    st.integers(),
    short_floats,
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.none(),
)


def write_both(folder: Path, rows: list[list[Value]]) -> tuple[Path, Path]:
    """Write the same rows with openpyxl and streamed; the same must have been changed in them."""
    small, large = folder / "small.xlsx", folder / "large.xlsx"
    assert write_book(small, rows, large=False) == write_book(large, rows, large=True)
    return small, large


def read_with_calamine(path: Path) -> list[list[object]]:
    _header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [list(row) for row in rows]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_streamed_cell_is_the_one_that_openpyxl_writes(tmp_path: Path, value: Value) -> None:
    rows = [["id", value, "next"], ["again", value, 3]]
    small, large = write_both(tmp_path, rows)
    assert read_cells(large) == read_cells(small)


@pytest.mark.parametrize("text", LONG_TEXTS, ids=lambda text: f"{text[:7]}…")
def test_a_text_too_long_for_a_cell_goes_on_in_further_columns(tmp_path: Path, text: str) -> None:
    small, large = write_both(tmp_path, [["\x07", 1, 2], [text, Muted(text), 3], ["", 4, 5]])
    assert read_cells(large) == read_cells(small)
    header, _first, row, _last = load_workbook(large)["Data"].iter_rows(values_only=True)
    for name in "ab":
        pieces = [
            str(piece)
            for column, piece in zip(header, row, strict=True)
            if piece and str(column).startswith(name)
        ]
        assert "".join(pieces).replace("_x005F_", "_") == text
    assert row[-1] == 3


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(any_value, min_size=4, max_size=4), min_size=1, max_size=8),
    text=hostile_text,
    long=st.sampled_from([False, False, True]),
)
def test_hostile_rows_are_the_same_cell_by_cell(
    rows: list[list[Value]], text: str, *, long: bool
) -> None:
    # One text more than a cell takes, so that the last of them is cut anywhere.
    times = CELL_LIMIT // len(text) + 2 if long and text else 1
    rows = [*rows, [1, text * times, None, Muted("refused")]]
    with TemporaryDirectory() as folder:
        small, large = write_both(Path(folder), rows)
        assert read_cells(large) == read_cells(small)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(hostile_text, min_size=1, max_size=20))
def test_texts_are_read_again_as_they_were(texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_book(path, [[f"r{n}", text] for n, text in enumerate(texts)], large=True)
        page = load_workbook(path)["Data"]
        by_openpyxl = [str(cell.value or "") for cell in page["B"][1:]]
        by_calamine = [str(row[1]) for row in read_with_calamine(path)]
    whole = [replace_illegal(text)[0] for text in texts]
    # Excel and calamine take _x005F_ for the line that it stands for, openpyxl shows it.
    assert by_calamine == whole
    assert [text.replace("_x005F_", "_") for text in by_openpyxl] == whole


def test_a_number_keeps_all_its_digits(tmp_path: Path) -> None:
    third = 0.1 + 0.2
    write_book(tmp_path / "book.xlsx", [[third, 1 / 3]], large=True)
    assert [cell.value for cell in load_workbook(tmp_path / "book.xlsx")["Data"][2]] == [
        0.30000000000000004,
        1 / 3,
    ]


def test_a_time_with_a_zone_is_refused_as_openpyxl_does(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        write_book(tmp_path / "book.xlsx", [[datetime(2026, 11, 22, tzinfo=UTC)]], large=True)
    assert list(tmp_path.iterdir()) == []


def test_values_that_come_again_are_counted_again(tmp_path: Path) -> None:
    # More different ones than are kept, so that some are forgotten in between.
    texts: list[Value] = [f"text {number}\x07" for number in range(KEPT + 10)]
    rows: list[list[Value]] = [
        [text, Muted(f"{text}"), number, 1, True, 1.0] for number, text in enumerate(texts * 2)
    ]
    path = tmp_path / "book.xlsx"
    tally = write_book(path, rows, large=True, row_limit=100_000)
    assert tally.replaced_characters == 4 * len(texts)
    read = read_with_calamine(path)
    assert [row[0] for row in read] == [str(text).replace("\x07", "\ufffd") for text in texts * 2]
    assert [row[2] for row in read] == list(range(2 * len(texts)))
    assert all(row[4] is True for row in read)


def test_rows_are_read_once_unless_a_text_is_too_long(tmp_path: Path) -> None:
    passes: list[int] = []

    def write(text: str) -> int:
        def read_rows() -> Iterator[Row]:
            passes.append(1)
            yield from [[text], [text]]

        passes.clear()
        sheet = Sheet(name="Data", headers=(Header(name="a"),), rows=read_rows, large=True)
        writer = WorkbookWriter(["Data"], title="A study", created=NOW)
        writer.add(sheet)
        writer.save(tmp_path / "book.xlsx")
        return len(passes)

    assert write("short") == 1
    # The first try, the measuring and the second try.
    assert write("long " * 10_000) == 3


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7])
def test_more_rows_than_a_sheet_takes_go_on_as_openpyxl_would(tmp_path: Path, count: int) -> None:
    books = []
    for large in (True, False):
        writer = WorkbookWriter(["Data", "Last"], title="A study", created=NOW, row_limit=4)
        headers = (Header(name="n"), Header(name="text"))
        rows: list[Row] = [[number, f"=text {number}"] for number in range(count)]
        writer.add(Sheet(name="Data", headers=headers, rows=rows.__iter__, large=large))
        writer.add(Sheet(name="Last", headers=headers, rows=lambda: iter([[1, "end"]])))
        writer.save(tmp_path / "book.xlsx")
        books.append(read_cells(tmp_path / "book.xlsx"))
    assert books[0] == books[1]
    assert [len(page) for page in books[0]][-1] == 7


def test_a_sheet_ends_before_its_xml_is_too_large_for_a_plain_zip() -> None:
    file, rows = BytesIO(), iter([["text"]] * 10_000)
    stream = RowStream(file, {}, [1], Tally(), size_limit=100_000)
    last = stream.write(rows)
    assert 100_000 < stream.size == len(file.getvalue()) < 1_000_000
    assert file.getvalue().count(b"<row ") == last - 1 == 10_000 - len(list(rows))


def test_a_text_that_needs_more_cells_than_it_was_given_is_never_cut() -> None:
    stream = RowStream(BytesIO(), {}, [1], Tally())
    with pytest.raises(TooLongError):
        stream.write([["long " * 10_000]])


def test_a_large_sheet_may_not_wrap() -> None:
    with pytest.raises(ValueError, match="none of its columns may wrap"):
        Sheet(
            name="Data", headers=(Header(name="a", wrap=True),), rows=lambda: iter(()), large=True
        )


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_hostile_texts_as_they_were(tmp_path: Path) -> None:
    rows: list[list[Value]] = [[f"r{n}", text] for n, text in enumerate(HOSTILE_TEXTS)]
    write_book(tmp_path / "book.xlsx", rows, large=True)
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    wanted = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    subprocess.run(
        [*command, "--convert-to", wanted, "--outdir", str(tmp_path), str(tmp_path / "book.xlsx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (file,) = tmp_path.glob("*.csv")
    with file.open(encoding="utf-8", newline="") as content:
        _header, *found = csv.reader(content)
    for (name, text), (read_name, read) in zip(rows, found, strict=True):
        assert read_name == name
        # LibreOffice makes one character of two that end a line.
        whole = replace_illegal(str(text))[0].replace("\r\n", "\n")
        assert read == whole, repr(text)
