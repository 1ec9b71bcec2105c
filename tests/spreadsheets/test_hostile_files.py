"""Files that were made to harm whoever reads them are refused, or read as text."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from survey_app.spreadsheets import reading
from survey_app.spreadsheets.reading import open_table
from survey_app.spreadsheets.table import ReadingError

BOOK = "xl/worksheets/sheet1.xml"
SHEET = """<?xml version="1.0"?>{doctype}
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>{cell}</t></is></c></row>
</sheetData></worksheet>"""
SECRET = "the words of another file"


def write(path: Path, **parts: str) -> Path:
    """Write a workbook of one sheet, with some parts of its zip taken for others."""
    book = Workbook()
    assert book.active is not None
    book.active.title = "Data"
    book.active.append(["name"])
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        whole = {each: archive.read(each) for each in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (whole | parts).items():
            archive.writestr(name, content)
    return path


def read(path: Path) -> list[tuple[object, ...]]:
    with open_table(path) as table:
        return [table.header, *(row.values for row in table.rows())]


def test_a_file_that_unpacks_to_far_more_is_refused_before_it_is(tmp_path: Path) -> None:
    path = write(tmp_path / "bomb.xlsx", **{BOOK: " " * (reading.ALWAYS_UNPACKED + 2**20)})
    assert path.stat().st_size * reading.MOST_TIMES < reading.ALWAYS_UNPACKED
    with pytest.raises(ReadingError, match="far larger once it is unpacked"):
        read(path)


def test_a_file_of_far_too_many_parts_is_refused(tmp_path: Path) -> None:
    parts = {f"xl/part{number}.xml": "" for number in range(reading.MOST_PARTS)}
    with pytest.raises(ReadingError, match="far larger once it is unpacked"):
        read(write(tmp_path / "parts.xlsx", **parts))


def test_a_zip_of_csv_is_held_to_the_same(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.csv", "a\n" * reading.ALWAYS_UNPACKED)
    with pytest.raises(ReadingError, match="far larger once it is unpacked"):
        read(path)


def test_a_zip_that_says_that_it_is_small_gives_no_more_than_it_says(tmp_path: Path) -> None:
    path = write(tmp_path / "liar.xlsx", **{BOOK: SHEET.format(doctype="", cell="x" * 100_000)})
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(BOOK).file_size.to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (900).to_bytes(4, "little")))
    with pytest.raises(ReadingError):
        read(path)


def test_no_other_file_is_read_by_way_of_an_entity(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(SECRET)
    doctype = f'<!DOCTYPE w [<!ENTITY other SYSTEM "{other.as_uri()}">]>'
    path = write(tmp_path / "entity.xlsx", **{BOOK: SHEET.format(doctype=doctype, cell="&other;")})
    try:
        rows = read(path)
    except ReadingError:
        return
    assert SECRET not in str(rows)


def test_entities_that_multiply_are_refused(tmp_path: Path) -> None:
    named = ["<!ENTITY e0 'ha'>"]
    named += [f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 10)]
    doctype = f"<!DOCTYPE w [{''.join(named)}]>"
    path = write(tmp_path / "laughs.xlsx", **{BOOK: SHEET.format(doctype=doctype, cell="&e9;")})
    with pytest.raises(ReadingError):
        read(path)
