"""Checking a whole database, at one moment and without changing it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, select
from sqlalchemy.exc import DBAPIError

from survey_app.storage.failures import as_storage_error
from survey_app.storage.schema import study
from survey_app.storage.verification.breaks import RESTORE, Break, Counts, Show, Tell
from survey_app.storage.verification.structure import (
    Fingerprint,
    check_asked,
    check_pages,
    check_references,
    check_versions,
)
from survey_app.storage.verification.subjects import check_subjects


def verify(engine: Engine, fingerprint: Fingerprint, tell: Tell, show: Show) -> Counts:
    """Check everything that can be checked; tell each break and return how much there was.

    ``fingerprint`` computes that of a definition. Raises StoreBusy.
    """
    counts = Counts()
    with engine.connect() as connection:
        try:
            # The moment is that of the first read, not that of BEGIN.
            connection.execute(select(study.c.id).limit(1)).all()
            for found in _check(connection, fingerprint, counts, show):
                counts.breaks += 1
                tell(found)
        except DBAPIError as error:
            reason = as_storage_error(error)
            if reason is not None:
                raise reason from error
            counts.breaks += 1
            tell(
                Break(where="the database", wrong=f"reading stopped: {error.orig}", remedy=RESTORE)
            )
    return counts


def check_file(engine: Engine) -> list[Break]:
    """Return what is wrong with an SQLite file itself and between its rows, whatever is in it."""
    with engine.connect() as connection:
        try:
            return [*check_pages(connection), *check_references(connection)]
        except DBAPIError as error:
            return [_stopped(error)]


def open_unchanged(file: Path) -> Engine:
    """Return an engine that reads an SQLite file of which nothing is changed, not even its head.

    For files that nobody writes to, such as backups.
    """
    address = f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1"
    return create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True))


def _stopped(error: DBAPIError) -> Break:
    wrong = f"reading stopped: {error.orig}"
    return Break(where="the database", wrong=wrong, remedy=RESTORE)


def _check(
    connection: Connection, fingerprint: Fingerprint, counts: Counts, show: Show
) -> Iterator[Break]:
    show(0, "the file")
    yield from check_pages(connection)
    show(0, "what refers to what")
    yield from check_references(connection)
    yield from check_asked(connection)
    yield from check_versions(connection, fingerprint, counts)
    yield from check_subjects(connection, counts, show)
