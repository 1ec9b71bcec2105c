"""Tables are read as they stand, and what is no table is refused with a sentence."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from survey_app.spreadsheets.reading import open_table
from survey_app.spreadsheets.sheet import Header, Muted, Row, Sheet
from survey_app.spreadsheets.table import ReadingError, Unusable, clean
from survey_app.spreadsheets.writer import WorkbookWriter
from survey_app.web import text as web

DAY = datetime(2026, 11, 22)  # noqa: DTZ001 - spreadsheets know no zone
HOSTILE = (
    "=1+1",
    "#N/A",
    "two\nlines",
    "tab\t",
    "_x000D_",
    "x005F_",
    "_x005F_x0041_",
    "  spaces  ",
    "👩🏽‍⚕️",
    "1",
)


def write_book(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # there is one
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    book.save(path)
    return path


def read(path: Path, sheet: str | None = None) -> list[tuple[object, ...]]:
    with open_table(path, sheet) as table:
        return [table.header, *(row.values for row in table.rows())]


def test_values_are_read_as_what_they_are_and_nothing_is_evaluated(tmp_path: Path) -> None:
    moment = DAY.replace(hour=20, minute=14)
    rows: list[list[Any]] = [
        ["a", "b", "c", "d", "e"],
        [1, 2.5, "=1+1", moment, True],
        [None, "#N/A", "", "x", 0],
    ]
    path = write_book(tmp_path / "book.xlsx", Data=rows)
    assert read(path) == [
        ("a", "b", "c", "d", "e"),
        (1, 2.5, Unusable("=1+1"), moment, True),
        (None, Unusable("#N/A"), None, "x", 0),
    ]


def test_texts_of_our_own_workbooks_come_back_as_they_were(tmp_path: Path) -> None:
    rows: list[Row] = [[text, Muted("refused"), date(2026, 11, 22)] for text in HOSTILE]
    headers = (Header(name="a"), Header(name="b"), Header(name="c"))
    writer = WorkbookWriter(["Data"], title="", created=DAY)
    writer.add(Sheet(name="Data", headers=headers, rows=lambda: iter(rows)))
    writer.save(tmp_path / "book.xlsx")
    with open_table(tmp_path / "book.xlsx") as table:
        found = [row.values for row in table.rows()]
        assert (table.ours, table.header, table.place) == (True, ("a", "b", "c"), "sheet Data")
    assert found == [(text, Muted("refused"), DAY) for text in HOSTILE]


@settings(deadline=None, max_examples=50)
@given(texts=st.lists(st.text() | st.from_regex("_?x[0-9A-F]{4}_"), min_size=1))
def test_whatever_was_typed_comes_back_from_a_workbook_of_ours(texts: list[str]) -> None:
    typed = [clean(text) for text in texts if clean(text)]
    rows: list[Row] = [[text] for text in typed]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        writer = WorkbookWriter(["Data"], title="", created=DAY)
        writer.add(Sheet(name="Data", headers=(Header(name="a"),), rows=lambda: iter(rows)))
        writer.save(path)
        assert read(path) == [("a",), *((text,) for text in typed)]


def test_a_workbook_of_another_program_is_not_taken_for_ours(tmp_path: Path) -> None:
    with open_table(write_book(tmp_path / "book.xlsx", Data=[["a"], [1]])) as table:
        assert not table.ours


SHARED = """<?xml version="1.0"?>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><t>a</t></si><si><r><t>x005F_ </t></r><r><t>_x005F_x0041__x000D_b</t></r></si>
</sst>"""
SHARED_TYPE = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)


def share_texts(path: Path, shared: str = SHARED) -> Path:
    """Make a workbook whose texts stand in a part of their own, as Excel writes it."""
    write_book(path, Data=[["a"], ["here"]])
    change_part(path, "xl/worksheets/sheet1.xml", '"inlineStr"><is><t>a</t></is>', '"s"><v>0</v>')
    change_part(
        path, "xl/worksheets/sheet1.xml", '"inlineStr"><is><t>here</t></is>', '"s"><v>1</v>'
    )
    change_part(path, "[Content_Types].xml", "</Types>", SHARED_TYPE)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", shared)
    return path


def test_texts_that_cells_share_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = share_texts(tmp_path / "book.xlsx")
    assert read(path) == [("a",), ("x005F_ _x0041_\nb",)]


def test_a_sheet_that_calls_itself_smaller_than_it_is_is_read_whole(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx", Data=[["a"], [1], [2], [3]])
    change_part(path, "xl/worksheets/sheet1.xml", 'ref="A1:A4"', 'ref="A1:A2"')
    assert read(path) == [("a",), (1,), (2,), (3,)]


def change_part(path: Path, name: str, old: str, new: str) -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    assert old.encode() in parts[name]
    parts[name] = parts[name].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, content)


@pytest.mark.parametrize(
    ("names", "wanted", "found"),
    [
        (("Data", "Labels"), None, "Data"),
        (("notes", "data"), None, "data"),
        (("Sheet1",), None, "Sheet1"),
        (("Data", "Labels"), "labels", "Labels"),
    ],
)
def test_the_sheet_is_the_one_named_else_data_else_the_only_one(
    tmp_path: Path, names: tuple[str, ...], wanted: str | None, found: str
) -> None:
    path = write_book(tmp_path / "book.xlsx", **{name: [[name]] for name in names})
    assert read(path, wanted) == [(found,)]


def test_a_sheet_that_goes_on_in_a_second_one_is_read_to_its_end(tmp_path: Path) -> None:
    sheets: dict[str, Any] = {"Data": [["a"], [1]], "Data (2)": [["a"], [2]], "Long": [["b"]]}
    path = write_book(tmp_path / "book.xlsx", **sheets)
    with open_table(path) as table:
        assert [(row.place, row.number, *row.values) for row in table.rows()] == [
            ("sheet Data", 2, 1),
            ("sheet Data (2)", 2, 2),
        ]


def test_rows_without_anything_are_left_out_and_the_others_keep_their_numbers(
    tmp_path: Path,
) -> None:
    path = write_book(tmp_path / "book.xlsx", Data=[["a"], [1], [None], [3]])
    with open_table(path) as table:
        assert [row.number for row in table.rows()] == [2, 4]
        assert [row.number for row in table.rows()] == [2, 4], "reading starts anew"
        assert table.count == 3


def test_names_of_columns_lose_the_spaces_around_them(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx", Data=[[" a ", None, 2026, None]])
    assert read(path) == [("a", "", "2026")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_csv_is_read_whatever_stands_between_the_cells(
    tmp_path: Path, delimiter: str, mark: str, ending: str
) -> None:
    lines = ['a|"b;,|x"|c', '1|"x ""y""\nz|"|', "||ü"]
    text = ending.join(lines).replace("|", delimiter)
    path = tmp_path / "some.csv"
    path.write_bytes(f"{mark}{text}{ending}".encode())
    assert read(path) == [
        ("a", f"b;,{delimiter}x", "c"),
        ("1", f'x "y"\nz{delimiter}', None),
        (None, None, "ü"),
    ]


def test_how_csv_was_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "some.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    with open_table(path) as table:
        assert table.manner == "Read as csv in UTF-8, with semicolons between the cells."
        assert (table.name, table.place, table.even, table.count) == ("some", "", True, 1)


def test_a_zip_of_csv_gives_the_table_that_is_named(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data.csv", "a\n1\n")
        archive.writestr("labels.csv", "a\none\n")
    assert read(path) == [("a",), ("1",)]
    assert read(path, "Labels") == [("a",), ("one",)]


def test_an_empty_file_is_a_table_without_columns(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("", encoding="utf-8")
    assert read(path) == [()]
    assert read(write_book(tmp_path / "empty.xlsx", Data=[])) == [()]


SEALED = bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (SEALED, "This workbook is protected by a password."),
        (SEALED[:8] + b"Workbook", "This is a workbook of an older Excel (.xls)"),
        (b"PK\x03\x04 cut off", "This file is damaged"),
        ("a,b\n1,ü\n".encode("latin-1"), "neither a workbook nor a csv file in UTF-8"),
        ("a\tb\n".encode("utf-16"), "neither a workbook nor a csv file in UTF-8"),
        (b'a,b\n1,"open\n2,3\n', "Row 2 cannot be read"),
        (b'a,b\n1,"x"y\n', "A quotation mark may be missing"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    with pytest.raises(ReadingError) as refusal:
        read(path)
    assert sentence in str(refusal.value)


def test_a_zip_and_a_workbook_without_the_table_say_what_there_is(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "some.zip", "w") as archive:
        archive.writestr("other.csv", "a\n")
    with pytest.raises(ReadingError, match=r"There is no data\.csv in this zip"):
        read(tmp_path / "some.zip")
    path = write_book(tmp_path / "book.xlsx", One=[["a"]], Two=[["b"]])
    with pytest.raises(ReadingError, match=r"no sheet “Data” .*but “One”, “Two”: name one by"):
        read(path)
    with pytest.raises(ReadingError, match="no sheet “Three”"):
        read(path, "Three")


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/worksheets/sheet1.xml", b"<worksheet"),
        ("xl/worksheets/sheet1.xml", b""),
        ("xl/workbook.xml", b"<workbook"),
        ("[Content_Types].xml", b""),
    ],
)
def test_a_damaged_workbook_is_refused_wherever_the_damage_is(
    tmp_path: Path, part: str, content: bytes
) -> None:
    path = write_book(tmp_path / "book.xlsx", Data=[["a"], ["b"]])
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for each, whole in parts.items():
            archive.writestr(each, content if each == part else whole)
    with pytest.raises(ReadingError, match="This workbook cannot be read"):
        read(path)


@pytest.mark.parametrize("shared", ["not XML", SHARED.replace("<si><t>a</t></si>", "")])
def test_a_workbook_whose_shared_texts_are_damaged_is_refused(tmp_path: Path, shared: str) -> None:
    path = share_texts(tmp_path / "book.xlsx", shared)
    with pytest.raises(ReadingError, match="This workbook cannot be read"):
        read(path)


@pytest.mark.parametrize("text", [*HOSTILE, "a\r\nb\rc", "\x00\x1f\x7f", "\ud800", "\ufffe", ""])
def test_what_is_read_is_cleaned_by_the_rule_of_what_is_typed(text: str) -> None:
    assert clean(text) == web.clean(text)
