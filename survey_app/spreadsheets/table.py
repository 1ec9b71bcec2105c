"""A table as it is read from a file: the names of its columns, and rows of values that stream."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zipfile import BadZipFile

from survey_app.spreadsheets.sheet import Muted
from survey_app.spreadsheets.texts import replace_illegal


@dataclass(frozen=True)
class Unusable:
    """A cell that holds no value of its own: a formula, or the error that one ended in."""

    text: str


ReadValue = str | int | float | bool | date | datetime | Muted | Unusable | None
"""What a cell holds. Muted is a text in italics, as our own workbooks write reasons for blanks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadRow:
    """One row with its number, as a spreadsheet program counts it, and where it stands.

    `place` is such as "sheet Data", and empty where the file is the table.
    """

    place: str
    number: int
    values: tuple[ReadValue, ...]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of a file, open for as long as it is read.

    `rows` starts reading anew with every call, after the header; rows without any value are left
    out. `count` is about how many there are, 0 where the file does not say. `even` says that each
    row has a cell for each column or is damaged; `ours` that the workbook was written by this
    program, so that reasons for blanks are muted; `manner` in words how the file was read.
    """

    name: str
    place: str
    header: tuple[str, ...]
    rows: Callable[[], Iterator[ReadRow]] = field(repr=False)
    count: int = 0
    even: bool = False
    ours: bool = False
    manner: str = ""


ARCHIVE_FAULTS: tuple[type[Exception], ...] = (
    BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
"""What reading a zip raises, by where it is damaged, or if it is sealed or packed unusually."""


class ReadingError(Exception):
    """A file cannot be read as a table; the sentence says why and what to do."""


def clean(text: str) -> str:
    """Return a text as one that is typed is stored: lines end in a line feed, XML can hold it."""
    return replace_illegal(text.replace("\r\n", "\n").replace("\r", "\n"))[0]


def name_columns(row: tuple[ReadValue, ...]) -> tuple[str, ...]:
    """Return the header's names without the spaces around them; a blank one is empty."""
    names = [_name(value) for value in row]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _name(value: ReadValue) -> str:
    match value:
        case None:
            return ""
        case Muted() | Unusable():
            return value.text.strip()
    return str(value).strip()
