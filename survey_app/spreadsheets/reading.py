"""Reading a table from a workbook or from csv, row by row, without evaluating anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

from survey_app.spreadsheets.csv_reading import open_csv, open_csv_archive
from survey_app.spreadsheets.table import ARCHIVE_FAULTS, ReadingError, Table
from survey_app.translations import gettext as _

DATA = "Data"
MOST_PARTS = 1_000
MOST_TIMES = 100
"""How many times as large as its file what is unpacked may be: workbooks come to thirty or so."""
ALWAYS_UNPACKED = 64 * 2**20
"""Bytes that are unpacked in any case."""
_ZIP = b"PK"
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
"""Begins the files of older Excel, and .xlsx files that are sealed by a password (MS-CFB)."""

_SEALED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream that holds a sealed workbook (MS-OFFCRYPTO 2.3)."""


@contextmanager
def open_table(path: Path, sheet: str | None = None) -> Iterator[Table]:
    """Open the table of a file: .xlsx, csv, or the zip of csv files that this program writes.

    `sheet` is the one to read of a workbook or a zip, by default Data or the only one. What a file
    is, is told by its content, never by its name. Raises ReadingError, or OSError for a file that
    is not there.
    """
    with path.open("rb") as file:
        begin = file.read(len(_COMPOUND))
    if begin.startswith(_COMPOUND):
        raise ReadingError(_say_compound(path))
    if not begin.startswith(_ZIP):
        yield open_csv(path)
    elif _is_workbook(path):
        # openpyxl and NumPy take a third of a second: they are loaded where there is a workbook.
        from survey_app.spreadsheets.workbook_reading import open_sheet

        with open_sheet(path, sheet, DATA) as table:
            yield table
    else:
        with open_csv_archive(path, sheet or DATA) as table:
            yield table


def _is_workbook(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            _require_bounded(archive, path.stat().st_size)
            return "[Content_Types].xml" in archive.namelist()
    except ARCHIVE_FAULTS as error:
        raise ReadingError(
            _("This file is damaged: it begins as a workbook and has no end. Fetch it again.")
        ) from error


def _require_bounded(archive: ZipFile, size: int) -> None:
    """Raise ReadingError for a zip that would fill a disk or memory once it is unpacked.

    No more comes out of a part than the zip says of it, whatever is in it. OWASP ASVS 5.0.0, 5.2.3.
    """
    parts = archive.infolist()
    whole = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or whole > max(ALWAYS_UNPACKED, MOST_TIMES * size):
        raise ReadingError(
            _("This file would be far larger once it is unpacked, so it was not. Save it again.")
        )


def _say_compound(path: Path) -> str:
    if _SEALED in path.read_bytes():
        return _(
            "This workbook is protected by a password. Open it, take the password away under "
            "File, Info, and save it again."
        )
    return _(
        "This is a workbook of an older Excel (.xls), or no workbook at all. Save it as .xlsx or "
        "as CSV UTF-8."
    )
