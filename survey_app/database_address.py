"""What the address of a database says by itself, without the library that opens it.

The process that watches over a server asks no more than this, and so stays small.
"""

import re
from pathlib import Path
from urllib.parse import unquote

KNOWN = {"sqlite", "postgresql"}
_ADDRESS = re.compile(
    r"(?P<system>\w+)(\+\w+)?://"
    r"((?P<who>[^:/]*)(:(?P<password>[^@]*))?@)?"
    r"(?P<host>[^/?]*)(/(?P<database>[^?]*))?(\?.*)?",
    re.DOTALL,
)
"""The parts of an address as SQLAlchemy reads them."""


def is_known(url: str) -> bool:
    """Whether it is the address of a database that this program works with."""
    match = _ADDRESS.fullmatch(url)
    return match is not None and match["system"] in KNOWN


def is_in_memory(url: str) -> bool:
    """Whether a database is kept by the process that opens it, and by nobody else."""
    return _find_sqlite(url) == ":memory:"


def database_file(url: str) -> Path | None:
    """Return the file of an SQLite database, None for databases that are no file."""
    name = _find_sqlite(url)
    return None if name in {None, ":memory:"} else Path(str(name))


def show_address(url: str) -> str:
    """Return a database's address as it may be shown: without its password."""
    match = _ADDRESS.fullmatch(url)
    if match is None or match["password"] is None:
        return url
    start, end = match.span("password")
    return f"{url[:start]}***{url[end:]}"


def _find_sqlite(url: str) -> str | None:
    match = _ADDRESS.fullmatch(url)
    if match is None or match["system"] != "sqlite":
        return None
    return unquote(match["database"] or ":memory:")
