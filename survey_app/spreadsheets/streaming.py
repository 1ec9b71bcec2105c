"""The rows of a large sheet as XML, several times as quick as openpyxl writes them.

The cells are those that openpyxl makes of the same values: texts as inline strings, styles by the
numbers that it gave them, and a row's height where a text has several lines (ECMA-376 part 1,
18.3.1.4 and 18.3.1.73). But a number keeps all its digits, of which openpyxl writes sixteen.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from survey_app.spreadsheets.cells import find_look
from survey_app.spreadsheets.sheet import Muted, Row, Value
from survey_app.spreadsheets.styles import LINE_HEIGHT, Look
from survey_app.spreadsheets.tally import Tally
from survey_app.spreadsheets.texts import is_plain

CHUNK = 1_024
"""How many pieces of XML are joined before they are written."""

KEPT = 4_096
KEPT_LENGTH = 64
"""Of how many values, and of how long ones, the XML is kept: codes, labels and reasons come again
and again."""

SIZE_LIMIT = 2_000_000_000
"""Bytes of XML in a sheet: with more, the file would need ZIP64, which Excel offers to repair."""

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


class Target(Protocol):
    """What rows are written into."""

    def write(self, content: bytes, /) -> int:
        """Take the next bytes."""


class TooLongError(Exception):
    """A text needs more cells than its column was given."""


class RowStream:
    """Writes rows into a file as they stand under a header in row 1.

    `styles` are the styles' numbers by look (see `find_styles`), `pieces` how many cells each
    column has, and `tally` counts what had to be changed in texts. `size` is that of what was
    written, in bytes.
    """

    def __init__(
        self,
        file: Target,
        styles: Mapping[Look, int],
        pieces: Sequence[int],
        tally: Tally,
        *,
        size_limit: int = SIZE_LIMIT,
    ) -> None:
        self.size = 0
        self._file = file
        self._size_limit = size_limit
        self._tally = tally
        self._styles = {look: f' s="{number}"' for look, number in styles.items()}
        self._columns = _open_columns(pieces)
        self._firsts = [column[0] for column in self._columns]
        # A cell is its opening, which names its column, the row's number, and an ending.
        self._known: dict[object, str] = {}
        self._reasons: dict[object, str] = {}

    def write(self, rows: Iterable[Row]) -> int:
        """Write rows until they end or are as large as a sheet may be; raise TooLongError.

        Returns the number of the last.
        """
        written: list[str] = []
        last = 1
        for last, row in enumerate(rows, 2):
            self._add_row(row, str(last), written)
            if len(written) > CHUNK:
                self._flush(written)
                if self.size > self._size_limit:
                    return last
        self._flush(written)
        return last

    def _flush(self, written: list[str]) -> None:
        content = "".join(written).encode()
        self.size += len(content)
        self._file.write(content)
        written.clear()

    def _add_row(self, row: Row, number: str, written: list[str]) -> None:
        known, reasons = self._known, self._reasons
        start = len(written)
        written.append("")
        height = ""
        for place, (opening, value) in enumerate(zip(self._firsts, row, strict=True)):
            if value is None:
                continue
            kind = type(value)
            ending = None
            if kind is str or kind is int:
                ending = known.get(value)
            elif isinstance(value, Muted):
                ending = reasons.get(value.text)
            if ending is not None:
                written.append(opening + number + ending)
                continue
            if isinstance(value, str) and "\n" in value:
                height = f' ht="{LINE_HEIGHT}" customHeight="1"'
            written.append(self._make_cells(place, number, value))
        written[start] = f'<row r="{number}"{height}>'
        written.append("</row>")

    def _make_cells(self, place: int, number: str, value: str | float | date | Muted) -> str:
        look, written = find_look(value)
        if not isinstance(value, str | Muted):
            return self._firsts[place] + number + self._end_value(value, look, written)
        text = str(written)
        if is_plain(text):
            return self._firsts[place] + number + self._end_plain(value, look, text)
        parts = self._tally.make_safe(text)
        if len(parts) > len(self._columns[place]):
            raise TooLongError
        cells = zip(self._columns[place], parts, strict=False)
        return "".join(opening + number + self._end_text(look, part) for opening, part in cells)

    def _end_plain(self, value: str | Muted, look: Look, text: str) -> str:
        """Return the ending of a text that holds nothing to be counted, so that it may be kept."""
        ending = self._end_text(look, text)
        if len(text) <= KEPT_LENGTH:
            if isinstance(value, Muted):
                _keep(self._reasons, text, ending)
            else:
                _keep(self._known, text, ending)
        return ending

    def _end_text(self, look: Look, text: str) -> str:
        opened = f'"{self._styles.get(look, "")} t="inlineStr">'
        if not text:
            return f"{opened}</c>"
        space = ' xml:space="preserve"' if text != text.strip() else ""
        for character, escape in _ESCAPES.items():
            if character in text:
                text = text.replace(character, escape)
        return f"{opened}<is><t{space}>{text}</t></is></c>"

    def _end_value(self, value: Value, look: Look, written: str | float | date) -> str:
        if isinstance(written, str):
            return self._end_text(look, written)
        if isinstance(written, date):
            return f'"{self._styles[look]}><v>{_count_days(written):.16g}</v></c>'
        if isinstance(written, bool):
            return f'" t="b"><v>{written:d}</v></c>'
        ending = f'"><v>{written!r}</v></c>'
        if type(value) is int:
            _keep(self._known, value, ending)
        return ending


def _count_days(moment: date) -> float:
    days: float = to_excel(moment)  # type: ignore[no-untyped-call] # it has no types of its own
    return days


def _keep(kept: dict[object, str], value: str | int, ending: str) -> None:
    if len(kept) >= KEPT:
        kept.clear()
    kept[value] = ending


def _open_columns(pieces: Sequence[int]) -> list[list[str]]:
    letters = map(get_column_letter, range(1, sum(pieces) + 1))
    return [[f'<c r="{next(letters)}' for _piece in range(many)] for many in pieces]
