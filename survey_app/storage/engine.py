"""Opening a database, and the rules that every connection to it keeps.

SQLite is told by every connection to write ahead, to wait for the disk at each commit, to hold
foreign keys, to wait for a lock and to overwrite what it deletes. A reader's transaction is one
snapshot. A writer takes the write lock before it reads, since a snapshot that turns into a
writer is refused at once, however long it would have been willing to wait.
"""

import json
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT = 5.0
"""Seconds to wait for a lock that another process holds."""

READERS = 16
# Any fixed number will do: it names the one lock that stands for SQLite's write lock.
_WRITE_LOCK = 7_305_212
_BEGIN_WRITING = "BEGIN IMMEDIATE"

# Made once: the module's own function would make an encoder for each value.
_ENCODER = json.JSONEncoder(separators=(",", ":"), allow_nan=False, check_circular=False)


class Spelled(str):
    """A JSON value that has been spelled already, and goes into a column of JSON as it is."""

    __slots__ = ()


def spell(value: Any) -> str:
    """Return a value as columns of JSON hold it; one that is spelled already stays."""
    return value if isinstance(value, Spelled) else _ENCODER.encode(value)


def open_engine(url: str, *, busy_timeout: float = BUSY_TIMEOUT) -> Engine:
    """Return an engine for reading ``url``; nothing is opened before the first query.

    Each transaction sees one snapshot. ``busy_timeout`` is in seconds.
    """
    address = with_driver(url)
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address, busy_timeout)
    return _open_postgresql(address, busy_timeout)


def writing(engine: Engine) -> Engine:
    """Return the same engine for transactions that write: each takes the write lock first."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(write=True)
    return engine.execution_options(write=True, isolation_level="READ COMMITTED")


def begin_writing(connection: Connection) -> None:
    """Begin a transaction that writes, on a connection of `writing`.

    On SQLite by the driver alone: SQLAlchemy's own beginning costs more than a row does. Its
    statements join the transaction that is there.
    """
    if connection.dialect.name == "sqlite":
        driver_of(connection).execute(_BEGIN_WRITING)
    else:
        connection.begin()


def commit_writing(connection: Connection) -> None:
    """Bring to disk what was written since `begin_writing`."""
    if connection.in_transaction():
        connection.commit()
    else:
        driver_of(connection).commit()


def driver_of(connection: Connection) -> Any:
    """Return the driver's own connection; both drivers' can execute, commit and roll back."""
    return connection.connection.dbapi_connection


def may_be_kept(engine: Engine) -> bool:
    """Return whether a connection may be kept for as long as one likes: to a file, which stays.

    A server may close it, so there each use asks the pool, which looks whether it still lives.
    """
    return engine.dialect.name == "sqlite"


def with_driver(url: str) -> URL:
    """Return ``url`` parsed, with psycopg as the driver where PostgreSQL is named without one."""
    address = make_url(url)
    if address.drivername in {"postgres", "postgresql"}:
        return address.set(drivername="postgresql+psycopg")
    return address


def _open_sqlite(address: URL, busy_timeout: float) -> Engine:
    engine = create_engine(address, json_serializer=spell, pool_size=READERS, hide_parameters=True)
    # First of all the wait: switching to the write-ahead log may itself meet a lock.
    pragmas = (
        f"busy_timeout={round(busy_timeout * 1000)}",
        # For a file that is yet empty. Some of our rows are of a kilobyte, so that in pages of
        # 4 KiB they split pages often: a write then touches 14 pages on average, not 10.
        "page_size=8192",
        "journal_mode=wal",
        "synchronous=full",
        "foreign_keys=on",
        "secure_delete=on",
    )

    def prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    driver = driver_of(connection)
    if not driver.in_transaction:
        write = connection.get_execution_options().get("write")
        driver.execute(_BEGIN_WRITING if write else "BEGIN")


def _open_postgresql(address: URL, busy_timeout: float) -> Engine:
    engine = create_engine(
        address,
        json_serializer=spell,
        pool_size=READERS,
        pool_pre_ping=True,
        hide_parameters=True,
        isolation_level="REPEATABLE READ",
    )
    wait = f"SET LOCAL lock_timeout = {round(busy_timeout * 1000)}"

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("write"):
            connection.exec_driver_sql(wait)
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")

    event.listen(engine, "begin", begin)
    return engine
