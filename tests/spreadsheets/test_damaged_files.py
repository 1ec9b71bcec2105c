"""A file that is damaged anywhere is read, or refused with a sentence, and nothing else happens."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from survey_app.spreadsheets.reading import open_table
from survey_app.spreadsheets.table import ReadingError

TRIES = 150
PIECES = (
    b"",
    b"\x00",
    b"<",
    b">",
    b'"',
    b"&",
    b"&x;",
    b"</row>",
    b"<c/>",
    b"\xff\xfe",
    b"999999999",
    b"-1",
    b"\n",
    b'"\n',
    b"PK\x03\x04",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"A" * 5_000,
)


def make_workbook() -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "Data"
    page.append(["name", "when", "number", "formula", "blank"])
    page.append(["Zoë", datetime(2026, 11, 22, 20, 14), 1.5, "=1+1", None])  # noqa: DTZ001
    page.append(["two\nlines", True, -3, "#N/A", "not_relevant"])
    page["E3"].font = Font(italic=True)
    book.create_sheet("Labels").append(["name"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def make_csv() -> bytes:
    return b'\xef\xbb\xbfname,words\r\nZo\xc3\xab,"said ""no"",\nand left"\r\nP02,\r\n'


def make_archive() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("data.csv", make_csv())
        archive.writestr("manifest.json", "{}")
    return file.getvalue()


def break_bytes(content: bytes, chance: random.Random) -> bytes:
    """Cut it, turn a byte over, or put something in it or in the place of something."""
    start = chance.randrange(len(content) + 1)
    end = min(len(content), start + chance.choice((0, 1, 8, 200)))
    if chance.random() < 0.2:
        return content[:start]
    return content[:start] + chance.choice(PIECES) + content[end:]


def break_inside(content: bytes, chance: random.Random) -> bytes:
    """Break one of the files in an archive, or leave it out; the archive itself stays sound."""
    with ZipFile(BytesIO(content)) as archive:
        inner = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(inner))
    if chance.random() < 0.1:
        del inner[name]
    else:
        inner[name] = break_bytes(inner[name], chance)
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for each, held in inner.items():
            archive.writestr(each, held)
    return file.getvalue()


@pytest.mark.parametrize(
    ("make", "damage"),
    [
        (make_workbook, break_bytes),
        (make_workbook, break_inside),
        (make_csv, break_bytes),
        (make_archive, break_bytes),
        (make_archive, break_inside),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_whatever_is_broken_is_read_or_refused_with_a_sentence(
    tmp_path: Path, make: Callable[[], bytes], damage: Callable[[bytes, random.Random], bytes]
) -> None:
    chance = random.Random(20261126)
    whole, seen = make(), Counter[str]()
    for number in range(TRIES):
        path = tmp_path / f"{number}"
        path.write_bytes(damage(whole, chance))
        said = read(path)
        assert said is None or said.endswith("."), "a sentence"
        seen["read" if said is None else "refused"] += 1
    assert seen["read"] > TRIES / 50
    assert seen["refused"] > TRIES / 50 or make is make_csv


def read(path: Path) -> str | None:
    """Read all of a table; return what was said instead, if it is refused."""
    try:
        with open_table(path) as table:
            for row in table.rows():
                assert row.number > 0
    except ReadingError as error:
        return str(error)
    return None
