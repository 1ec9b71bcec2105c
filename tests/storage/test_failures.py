"""A busy database and a full disk are told apart from a mistake in a statement."""

import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from survey_app.storage.errors import StorageError, StoreBusy, StoreFull
from survey_app.storage.failures import as_sentences, as_storage_error

ERRORS = [
    pytest.param(sqlite3.SQLITE_BUSY, StoreBusy, id="busy"),
    pytest.param(sqlite3.SQLITE_BUSY_SNAPSHOT, StoreBusy, id="busy, said more precisely"),
    pytest.param(sqlite3.SQLITE_FULL, StoreFull, id="full"),
    pytest.param(sqlite3.SQLITE_IOERR_WRITE, StoreFull, id="not to be written"),
    pytest.param(sqlite3.SQLITE_CONSTRAINT_UNIQUE, None, id="there already"),
]


@pytest.mark.parametrize(("code", "expected"), ERRORS)
def test_it_is_the_same_from_the_driver_and_from_sqlalchemy(
    code: int, expected: type[StorageError] | None
) -> None:
    raised = sqlite3.OperationalError("…")
    raised.sqlite_errorcode = code
    for error in (raised, OperationalError("SELECT", {}, raised)):
        found = as_storage_error(error)
        assert (found if found is None else type(found)) == expected


def test_a_servers_state_is_understood() -> None:
    class LockNotAvailable(Exception):  # noqa: N818 - the driver's own name
        sqlstate = "55P03"

    with pytest.raises(StoreBusy), as_sentences():
        raise LockNotAvailable


def test_any_other_error_stays_what_it_is() -> None:
    with pytest.raises(LookupError, match="mine"), as_sentences():
        raise LookupError("mine")
