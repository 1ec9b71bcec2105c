"""Telling a busy database and a full disk apart from a mistake in a statement."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from survey_app.storage.errors import StorageError, StoreBusy, StoreFull

# SQLite's primary result codes, https://www.sqlite.org/rescode.html
_SQLITE_BUSY = {5, 6}
_SQLITE_FULL = {10, 13}
_PRIMARY = 0xFF
# PostgreSQL's SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL_BUSY = {"55P03", "40001", "40P01"}
_POSTGRESQL_FULL = {"53100", "58030"}


def as_storage_error(error: BaseException) -> StorageError | None:
    """Return the sentence for an error that the whole database met, None for any other.

    It may come from the driver itself or from SQLAlchemy, which wraps the driver's.
    """
    met = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(met, "sqlite_errorcode", -1) & _PRIMARY
    state = getattr(met, "sqlstate", None)
    if code in _SQLITE_BUSY or state in _POSTGRESQL_BUSY:
        return StoreBusy()
    if code in _SQLITE_FULL or state in _POSTGRESQL_FULL:
        return StoreFull()
    return None


@contextmanager
def as_sentences() -> Iterator[None]:
    """Raise StoreBusy or StoreFull for what the whole database met within the block."""
    try:
        yield
    except Exception as error:
        reason = as_storage_error(error)
        if reason is None:
            raise
        raise reason from error
