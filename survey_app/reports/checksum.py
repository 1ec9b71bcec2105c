"""The checksum of a table, by which two files are known to hold the same answers."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from survey_app.reports.csv_archive import show_row
from survey_app.reports.formats.flavours import EXACT
from survey_app.spreadsheets.sheet import Row, Sheet


@dataclass
class _Lines:
    """Takes the lines of a csv file and keeps their SHA-256 alone (FIPS 180-4)."""

    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def write(self, line: str) -> None:
        self.digest.update(line.encode(EXACT.encoding, "backslashreplace"))


class Checksum:
    """That of a table as it stands in the exact csv, found while the table is written elsewhere."""

    def __init__(self) -> None:
        self.text = ""

    def watch(self, sheet: Sheet) -> Sheet:
        """Return the same sheet; `text` is its checksum once its rows were read to their end."""

        def read_rows() -> Iterator[Row]:
            lines = _Lines()
            writer = csv.writer(lines)
            writer.writerow(header.name for header in sheet.headers)
            for row in sheet.rows():
                writer.writerow(show_row(row))
                yield row
            self.text = lines.digest.hexdigest()

        return replace(sheet, rows=read_rows)
