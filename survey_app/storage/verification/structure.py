"""What holds between rows: definitions are those that were published, and nothing hangs loose."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from sqlalchemy import (
    Connection,
    ForeignKeyConstraint,
    MetaData,
    Select,
    Text,
    and_,
    cast,
    func,
    select,
    text,
)

from survey_app.storage.schema import instrument_version, metadata, response
from survey_app.storage.verification.breaks import COMPARE, RESTORE, Break, Counts

Fingerprint: TypeAlias = Callable[[Mapping[str, Any]], str]
"""What computes the fingerprint of a definition."""

NAMED = 20
"""How many rows without what they refer to are named one by one."""


def check_pages(connection: Connection) -> Iterator[Break]:
    """Yield what SQLite finds wrong with its file; PostgreSQL sees to its own."""
    if connection.dialect.name != "sqlite":
        return
    for (line,) in connection.execute(text("PRAGMA integrity_check")):
        if line != "ok":
            yield Break(where="the file", wrong=str(line).replace("\n", " "), remedy=RESTORE)


def check_references(connection: Connection) -> Iterator[Break]:
    """Yield the rows whose reference leads to nothing."""
    if connection.dialect.name == "sqlite":
        yield from _count_loose(connection)
    else:
        yield from _find_loose(connection, metadata)


def _count_loose(connection: Connection) -> Iterator[Break]:
    loose: dict[tuple[str, str], int] = {}
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        loose[row[0], row[2]] = loose.get((row[0], row[2]), 0) + 1
    for (table, parent), count in loose.items():
        yield _name_loose(table, parent, count)


def _find_loose(connection: Connection, tables: MetaData) -> Iterator[Break]:
    """The same by questions, for a database that cannot be asked at once."""
    for table in tables.sorted_tables:
        for key in table.foreign_key_constraints:
            count = connection.scalar(_loose(key)) or 0
            if count:
                yield _name_loose(table.name, key.referred_table.name, count)


def _loose(key: ForeignKeyConstraint) -> Select[Any]:
    parent = key.referred_table.alias()
    pairs = [(each.parent, parent.c[each.column.name]) for each in key.elements]
    found = select(1).where(*(own == other for own, other in pairs)).exists()
    given = and_(*(own.is_not(None) for own, _other in pairs))
    return select(func.count()).select_from(key.table).where(given, ~found)


def _name_loose(table: str, parent: str, count: int) -> Break:
    rows = "1 row refers" if count == 1 else f"{count} rows refer"
    return Break(where=f"table {table}", wrong=f"{rows} to something in {parent} that is missing")


def check_versions(
    connection: Connection, fingerprint: Fingerprint, counts: Counts
) -> Iterator[Break]:
    """Yield the versions whose definition is not the one that their fingerprint was made of."""
    columns = instrument_version.c
    definition = cast(columns.definition, Text).label("definition")
    query = select(columns.name, columns.version, columns.fingerprint, definition)
    for row in connection.execute(query.order_by(columns.name, columns.version)):
        counts.versions += 1
        try:
            holds = fingerprint(json.loads(row.definition)) == row.fingerprint
        except Exception:  # noqa: BLE001 - whatever it became, it is no definition any more
            holds = False
        if not holds:
            yield Break(
                where=f"version {row.name}@{row.version}",
                wrong="its definition is not the one that its fingerprint was made of",
                remedy=f"{COMPARE} The file it was published from has the words of then.",
            )


def check_asked(connection: Connection) -> Iterator[Break]:
    """Yield the responses whose version is missing, so that nobody knows what they answer."""
    there = and_(
        instrument_version.c.name == response.c.instrument,
        instrument_version.c.version == response.c.version,
    )
    missing = ~select(1).where(there).exists()
    query = select(response.c.id, response.c.instrument, response.c.version).where(missing)
    for row in connection.execute(query.limit(NAMED)):
        yield Break(
            where=f"response {row.id}",
            wrong=f"its version {row.instrument}@{row.version} is missing",
            remedy=RESTORE,
        )
    count = connection.scalar(select(func.count()).select_from(response).where(missing)) or 0
    if count > NAMED:
        yield Break(
            where="responses",
            wrong=f"{count - NAMED} more have a version that is missing",
            remedy=RESTORE,
        )
