"""Reading csv: a file, or one table of the zip that this program writes."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from survey_app.spreadsheets.table import (
    ARCHIVE_FAULTS,
    ReadingError,
    ReadRow,
    Table,
    clean,
    name_columns,
)
from survey_app.translations import gettext as _

Open = Callable[[], IO[bytes]]

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BUFFER = 1 << 20


def open_csv(path: Path) -> Table:
    """Return the table of a csv file. Raises ReadingError."""
    return _make_table(lambda: path.open("rb"), path.stem, "")


@contextmanager
def open_csv_archive(path: Path, name: str) -> Iterator[Table]:
    """Open a table of a zip of csv files by its sheet's name: Data is data.csv.

    Raises ReadingError.
    """
    file = f"{name.casefold()}.csv"
    with ZipFile(path) as archive:
        if file not in archive.namelist():
            raise ReadingError(
                _(
                    "There is no {file} in this zip. Name a workbook, a csv file, or the zip that "
                    "'survey-app export --format csv' writes."
                ).format(file=file)
            )
        _require_whole(archive, file)
        yield _make_table(partial(archive.open, file), name, file)


def _require_whole(archive: ZipFile, file: str) -> None:
    """Read all of it once, so that a damage is told before anything is made of the rest."""
    try:
        with archive.open(file) as content:
            while content.read(_BUFFER):
                pass
    except ARCHIVE_FAULTS as error:
        raise ReadingError(
            _("{file} in this zip is damaged or sealed. Fetch the zip again.").format(file=file)
        ) from error


def _make_table(open_file: Open, name: str, place: str) -> Table:
    with open_file() as file:
        if file.read(2) in _UTF_16:
            raise ReadingError(_say_encoding())
    delimiter, words = _find_delimiter(open_file)
    read = partial(_read_rows, open_file, delimiter, place)
    header = next(read(), None)
    with open_file() as file:
        lines = sum(block.count(b"\n") for block in iter(partial(file.read, _BUFFER), b""))
    return Table(
        name=name,
        place=place,
        header=() if header is None else name_columns(header.values),
        rows=partial(_skip_header, read),
        count=max(lines - 1, 0),
        even=True,
        manner=_("Read as csv in UTF-8, with {words} between the cells.").format(words=words),
    )


def _say_encoding() -> str:
    return _(
        "This file is neither a workbook nor a csv file in UTF-8. In Excel choose File, Save as, "
        "“CSV UTF-8”, or save it as .xlsx."
    )


def _find_delimiter(open_file: Open) -> tuple[str, str]:
    """Return what stands most often between the names in the first line, and what it is called."""
    called = {",": _("commas"), ";": _("semicolons"), "\t": _("tabs")}
    with open_file() as file:
        first = file.readline().decode("utf-8-sig", "replace")
    unquoted = "".join(first.split('"')[::2])
    counts = Counter(character for character in unquoted if character in called)
    found = counts.most_common(1)[0][0] if counts else ","
    return found, called[found]


def _skip_header(read: Callable[[], Iterator[ReadRow]]) -> Iterator[ReadRow]:
    rows = read()
    next(rows, None)
    return (row for row in rows if any(value is not None for value in row.values))


def _read_rows(open_file: Open, delimiter: str, place: str) -> Iterator[ReadRow]:
    number = 0
    with open_file() as file, TextIOWrapper(file, "utf-8-sig", newline="") as text:
        rows = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            for number, cells in enumerate(rows, 1):
                values = tuple(clean(cell) or None for cell in cells)
                yield ReadRow(place=place, number=number, values=values)
        except UnicodeDecodeError as error:
            raise ReadingError(_say_encoding()) from error
        except csv.Error as error:
            raise ReadingError(
                _(
                    "Row {number} cannot be read: {reason}. A quotation mark may be missing or one "
                    "too many there."
                ).format(number=number + 1, reason=error)
            ) from error
