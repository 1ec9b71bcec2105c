"""Sessions: what a cookie opens, known by the cookie's hash alone."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    and_,
    insert,
    or_,
    select,
    update,
)

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.moments import day, moment_for, now
from survey_app.storage.records import Duration, SessionRecord
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
        "idle_ends": None,
        "seen": None,
        "limited": False,
    }
    _INSERT.run(connection, values)


def add_staff_session(
    connection: Connection,
    account_id: str,
    session_hash: str,
    lasting: Duration,
    *,
    limited: bool = False,
) -> None:
    """Let the cookie open the staff's pages, or with ``limited`` the second factor's alone."""
    at = now()
    values = {
        "hash": session_hash,
        "kind": "staff",
        "response_id": None,
        "account_id": account_id,
        "created": at,
        "ends": lasting.ends,
        "revoked": False,
        "idle_ends": lasting.idle_ends,
        "seen": day(at),
        "limited": limited,
    }
    _INSERT.run(connection, values)


def still_open(at: str | BindParameter[str]) -> ColumnElement[bool]:
    """Return the condition that a session of the staff lets in at a moment."""
    columns = session.c
    in_all = or_(columns.ends.is_(None), columns.ends > at)
    not_idle = or_(columns.idle_ends.is_(None), columns.idle_ends > at)
    return and_(columns.kind == "staff", columns.revoked.is_(False), in_all, not_idle)


def extend_session(connection: Connection, session_hash: str, ends: str) -> None:
    """Let a cookie of the staff that is still let in come in until ``ends``, never shorter."""
    _lengthen(connection, session_hash, ends, session.c.ends, session.c.idle_ends)


def touch_session(connection: Connection, session_hash: str, idle_ends: str) -> None:
    """Note that a session is in use: it goes on until ``idle_ends`` even if nothing follows."""
    _lengthen(connection, session_hash, idle_ends, session.c.idle_ends)
    this = session.c.hash == session_hash
    connection.execute(update(session).where(this).values(seen=day(now())))


def _lengthen(connection: Connection, session_hash: str, until: str, *columns: Column[Any]) -> None:
    this = and_(session.c.hash == session_hash, still_open(now()))
    for column in columns:
        change = update(session).where(this, column < until)
        connection.execute(change.values({column.name: until}))


def list_sessions(connection: Connection, account_id: str) -> list[SessionRecord]:
    """Return the sessions in which an account is let in now, the newest first."""
    columns = session.c
    query = (
        select(columns.hash, columns.created, columns.ends, columns.seen)
        .where(columns.account_id == account_id, still_open(now()))
        .order_by(columns.created.desc(), columns.hash)
    )
    return [SessionRecord(**row) for row in connection.execute(query).mappings()]


def end_session(connection: Connection, session_hash: str) -> None:
    """Let the cookie open nothing from now on."""
    connection.execute(update(session).where(session.c.hash == session_hash).values(revoked=True))


def end_sessions(connection: Connection, account_id: str, *, but: str | None = None) -> int:
    """End all sessions of an account, ``but`` that of one cookie; return how many there were."""
    this = and_(session.c.account_id == account_id, still_open(now()))
    if but is not None:
        this = and_(this, session.c.hash != but)
    return connection.execute(update(session).where(this).values(revoked=True)).rowcount


def end_one_session(connection: Connection, account_id: str, session_hash: str) -> int:
    """End one session of an account; return 0 where it has no such session."""
    this = and_(session.c.account_id == account_id, session.c.hash == session_hash)
    change = update(session).where(this, still_open(now())).values(revoked=True)
    return connection.execute(change).rowcount


def lift_limits(connection: Connection, account_id: str) -> None:
    """Let the account's sessions open all its pages."""
    this = session.c.account_id == account_id
    connection.execute(update(session).where(this).values(limited=False))
