"""Sessions: what a cookie opens, known by the cookie's hash alone."""

from sqlalchemy import Connection, insert, select, update

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.moments import moment_for, now
from survey_app.storage.schema import response, session
from survey_app.storage.statements import Statement

_INSERT = Statement(insert(session))


def add_participant_session(connection: Connection, response_id: str, session_hash: str) -> None:
    """Let the cookie open a response, for as long as it is not ended. Raises UnknownRecord."""
    anonymous = connection.scalar(select(response.c.anonymous).where(response.c.id == response_id))
    if anonymous is None:
        raise UnknownRecord(f"There is no response {response_id}. Check its identifier.")
    at = moment_for(anonymous=anonymous)
    store_participant_session(connection, response_id, session_hash, at)


def store_participant_session(
    connection: Connection, response_id: str, session_hash: str, at: str
) -> None:
    """Let the cookie open a response that is known to be there."""
    values = {
        "hash": session_hash,
        "kind": "participant",
        "response_id": response_id,
        "account_id": None,
        "created": at,
        "ends": None,
        "revoked": False,
    }
    _INSERT.run(connection, values)


def add_staff_session(
    connection: Connection, account_id: str, session_hash: str, ends: str
) -> None:
    """Let the cookie open the staff's pages until ``ends``."""
    values = {
        "hash": session_hash,
        "kind": "staff",
        "response_id": None,
        "account_id": account_id,
        "created": now(),
        "ends": ends,
        "revoked": False,
    }
    _INSERT.run(connection, values)


def extend_session(connection: Connection, session_hash: str, ends: str) -> None:
    """Let a cookie of the staff that is still let in come in until ``ends``, never shorter."""
    columns = session.c
    running = (columns.ends > now()) & (columns.ends < ends) & columns.revoked.is_(False)
    connection.execute(
        update(session)
        .where(columns.hash == session_hash, columns.kind == "staff", running)
        .values(ends=ends)
    )


def end_session(connection: Connection, session_hash: str) -> None:
    """Let the cookie open nothing from now on."""
    connection.execute(update(session).where(session.c.hash == session_hash).values(revoked=True))
