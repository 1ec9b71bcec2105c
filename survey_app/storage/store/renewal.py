"""New codes for invitations that are there: a personal one renewed, one for many widened."""

from sqlalchemy import Connection, func, insert, select, update

from survey_app.storage.errors import NamesNobody
from survey_app.storage.moments import identifier
from survey_app.storage.schema import invitation, participant
from survey_app.storage.store.rows import study_row


def renew(
    connection: Connection, slug: str, participant_id: str, code_hash: str, *, by: str, label: str
) -> bool:
    """Give the participant's invitation that code (see Invitations.renew); return whether."""
    study = study_row(connection, slug)
    if study["anonymous"]:
        raise NamesNobody
    theirs = select(participant.c.withdrew).where(
        participant.c.id == participant_id, participant.c.study_id == study["id"]
    )
    # None is of a participant who is not there.
    if connection.scalar(theirs) is not False:
        return False
    columns = invitation.c
    current = (
        select(columns.id)
        .where(columns.participant_id == participant_id, columns.revoked.is_(False))
        .order_by(columns.number.desc())
    )
    present = connection.scalar(current.limit(1))
    if present is not None:
        change = update(invitation).where(columns.id == present).values(code_hash=code_hash)
        connection.execute(change)
    else:
        whose = {"participant_id": participant_id, "most_uses": 1}
        insert_next(connection, study["id"], code_hash, whose | {"made_by": by, "label": label})
    return True


def widen(
    connection: Connection, slug: str, code_hash: str, most_uses: int, *, by: str, label: str
) -> None:
    """Make the invitation for many, or let more begin by it (see Invitations.share)."""
    study = study_row(connection, slug)
    columns = invitation.c
    this = columns.code_hash == code_hash
    if connection.scalar(select(columns.id).where(this)) is None:
        more = {"most_uses": most_uses, "made_by": by, "label": label}
        insert_next(connection, study["id"], code_hash, more)
    else:
        wider = update(invitation).where(this, columns.most_uses < most_uses)
        connection.execute(wider.values(most_uses=most_uses))


def insert_next(
    connection: Connection, study_id: str, code_hash: str, values: dict[str, object]
) -> None:
    """Insert an invitation under the study's next number."""
    columns = invitation.c
    last = connection.scalar(select(func.max(columns.number)).where(columns.study_id == study_id))
    own = {"id": identifier(), "study_id": study_id, "code_hash": code_hash, "uses": 0}
    connection.execute(insert(invitation).values(own | values | {"number": (last or 0) + 1}))
