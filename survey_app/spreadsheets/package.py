"""The file that openpyxl writes a workbook into: with a fixed time, and with streamed rows."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from gzip import GzipFile
from os import PathLike
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

BLOCK = 1 << 18
"""Bytes that are copied at once."""

ROWS_END = b"</sheetData>"
UNIX = 3


@dataclass(frozen=True, kw_only=True)
class StreamedRows:
    """Rows of a sheet as gzipped XML: the last one's number, and their bytes when unpacked."""

    file: IO[bytes]
    last: int
    size: int


class Package(ZipFile):
    """A zip whose parts all have one time, so that the same content gives the same bytes.

    `rows` are those that go into a sheet's part after the rows that it has, by the part's name.
    No part is larger than 2 GiB: with the longer sizes of ZIP64 Excel offers to repair the file.
    """

    def __init__(self, path: Path, *, time: datetime, rows: Mapping[str, StreamedRows]) -> None:
        super().__init__(path, "w", ZIP_DEFLATED)
        self._time = time
        self._streamed = rows

    def write(
        self,
        filename: str | PathLike[str],
        arcname: str | PathLike[str] | None = None,
        compress_type: int | None = None,  # noqa: ARG002 - all parts are deflated
        compresslevel: int | None = None,  # noqa: ARG002
    ) -> None:
        """Write a part from a file, with the rows that belong into it."""
        path, name = Path(filename), str(arcname or filename)
        rows = self._streamed.get(name)
        entry = self._make_entry(name)
        entry.file_size = path.stat().st_size + (rows.size if rows else 0)
        with path.open("rb") as part, self.open(entry, "w") as target:
            if rows:
                head, end, tail = part.read().partition(ROWS_END)
                target.write(head)
                rows.file.seek(0)
                with GzipFile(fileobj=rows.file, mode="rb") as unpacked:
                    shutil.copyfileobj(unpacked, target, BLOCK)
                target.write(end + tail)
            else:
                shutil.copyfileobj(part, target, BLOCK)

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        """Write a part that is in memory."""
        entry = zinfo_or_arcname
        if isinstance(entry, str):
            entry = self._make_entry(entry)
        super().writestr(entry, data, compress_type, compresslevel)

    def _make_entry(self, name: str) -> ZipInfo:
        entry = ZipInfo(name, self._time.timetuple()[:6])
        entry.compress_type = ZIP_DEFLATED
        entry.create_system = UNIX
        entry.external_attr = 0o600 << 16
        return entry


def write_package(book: Workbook, path: Path, rows: Mapping[str, StreamedRows]) -> None:
    """Write a workbook, with the rows that were streamed by their sheet's title.

    It was last changed when it was created: `Workbook.save` would put the present time.
    """
    created = book.properties.created
    book.properties.modified = created
    # openpyxl numbers the parts of the sheets in their order.
    parts = {f"xl/worksheets/sheet{n}.xml": title for n, title in enumerate(book.sheetnames, 1)}
    placed = {part: rows[title] for part, title in parts.items() if title in rows}
    with Package(path, time=created, rows=placed) as package:
        ExcelWriter(book, package).save()
