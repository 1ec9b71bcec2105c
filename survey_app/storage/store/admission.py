"""Letting somebody in by an invitation: its use is counted where the response begins."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, or_, select, update

from survey_app.storage.errors import NotInvited
from survey_app.storage.schema import invitation


class Guest(NamedTuple):
    """By which invitation, and as which participant, somebody begins a response."""

    invitation_id: str | None
    participant_id: str | None


NOBODY = Guest(None, None)


def is_open() -> ColumnElement[bool]:
    """Return the condition that an invitation lets one more begin."""
    columns = invitation.c
    left = or_(columns.most_uses.is_(None), columns.uses < columns.most_uses)
    return columns.revoked.is_(False) & left


def admit(connection: Connection, study_id: str, code_hash: str) -> Guest:
    """Count one use of the study's invitation. Raises NotInvited where none is left.

    The row is changed before it is read, so of two who come for the last use one waits for the
    other and is then refused.
    """
    columns = invitation.c
    this = (columns.code_hash == code_hash) & (columns.study_id == study_id)
    change = update(invitation).where(this, is_open()).values(uses=columns.uses + 1)
    if connection.execute(change).rowcount != 1:
        raise NotInvited
    row = connection.execute(select(columns.id, columns.participant_id).where(this)).one()
    return Guest(row.id, row.participant_id)
