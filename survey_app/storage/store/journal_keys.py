"""The keys that seal the journals in the interviewers' browsers.

A key opens the journal of one interview and one account. Once it is forgotten, what a browser
still holds of that journal cannot be read by anybody.
"""

import secrets

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.moments import now
from survey_app.storage.schema import interview, journal_key

KEY_BYTES = 32


def find_key(connection: Connection, interview_id: str, account_id: str) -> str | None:
    """Return the key as base64url, or None."""
    return connection.scalar(select(journal_key.c.key).where(_of(interview_id, account_id)))


def make_key(connection: Connection, interview_id: str, account_id: str) -> str:
    """Return the key, made at random if there is none yet. Raises UnknownRecord."""
    found = find_key(connection, interview_id, account_id)
    if found is not None:
        return found
    if connection.scalar(select(interview.c.id).where(interview.c.id == interview_id)) is None:
        raise UnknownRecord(f"There is no interview {interview_id}. Check its identifier.")
    key = secrets.token_urlsafe(KEY_BYTES)
    owners = {"interview_id": interview_id, "account_id": account_id}
    connection.execute(insert(journal_key).values(owners | {"key": key, "created": now()}))
    return key


def forget_key(connection: Connection, interview_id: str, account_id: str) -> bool:
    """Delete the key and return whether there was one."""
    done = connection.execute(delete(journal_key).where(_of(interview_id, account_id)))
    return done.rowcount > 0


def forget_keys(connection: Connection, interview_id: str) -> None:
    """Delete the keys of all accounts."""
    connection.execute(delete(journal_key).where(journal_key.c.interview_id == interview_id))


def _of(interview_id: str, account_id: str) -> ColumnElement[bool]:
    columns = journal_key.c
    return and_(columns.interview_id == interview_id, columns.account_id == account_id)
