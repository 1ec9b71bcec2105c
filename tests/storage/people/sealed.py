"""What lies in the files of a people database, byte by byte."""

import sqlite3
from contextlib import closing
from pathlib import Path

TABLES = ("person", "roster", "letter", "mailing", "message")
"""Those with a sealed value in each row."""


def bytes_on_disk(path: Path) -> bytes:
    """All of the database's files: itself, its log, and what SQLite keeps beside."""
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))


def sealed_values(path: Path, *tables: str) -> list[bytes]:
    """The sealed values of some tables, or of all, in the order of their rows."""
    with closing(sqlite3.connect(path)) as connection:
        return [
            row[0]
            for table in tables or TABLES
            for row in connection.execute(f"SELECT sealed FROM {table} ORDER BY rowid")
        ]
