"""How much there is of a study, and the fingerprint of its chains, for a certificate of erasure."""

import hashlib

from sqlalchemy import Connection, Table, func, select

from survey_app.storage.records import Json
from survey_app.storage.schema import (
    answer,
    consent,
    draft,
    event,
    event_payload,
    interview,
    invitation,
    item_mark,
    note,
    participant,
    probe_mark,
    response,
)
from survey_app.storage.store.admission import is_open

CONTENT: dict[str, Table] = {
    "answers": answer,
    "drafts": draft,
    "probe_marks": probe_mark,
    "item_marks": item_mark,
    "notes": note,
}
"""What an erasure leaves nothing of, by the words of the certificate."""
MOST_HEADS = 200
"""Chain heads that are named one by one; of more there is their digest alone."""


def count_content(connection: Connection, study_id: str) -> dict[str, Json]:
    """Return the counts: of responses by kind and state, of what they hold, and their heads."""
    found: dict[str, Json] = {"responses": _count_responses(connection, study_id)}
    for word, table in CONTENT.items():
        found[word] = _count_of_responses(connection, study_id, table)
    found["notes"] += _count_of_interviews(connection, study_id)
    found["payloads"] = _count_payloads(connection, study_id)
    for word, table in (("interviews", interview), ("consents", consent), ("codes", participant)):
        query = select(func.count()).where(table.c.study_id == study_id)
        found[word] = connection.execute(query).scalar_one()
    # Invitations by which somebody can still begin as a participant.
    personal = select(func.count()).where(
        invitation.c.study_id == study_id, invitation.c.participant_id.is_not(None), is_open()
    )
    found["personal_invitations"] = connection.execute(personal).scalar_one()
    found["heads"] = _read_heads(connection, study_id)
    return found


def _count_responses(connection: Connection, study_id: str) -> list[Json]:
    kinds = (response.c.instrument, response.c.delivery, response.c.is_test, response.c.state)
    query = select(*kinds, func.count()).where(response.c.study_id == study_id)
    rows = connection.execute(query.group_by(*kinds).order_by(*kinds))
    return [
        {
            "instrument": instrument,
            "delivery": delivery,
            "is_test": bool(is_test),
            "state": state,
            "count": count,
        }
        for instrument, delivery, is_test, state, count in rows
    ]


def _count_of_responses(connection: Connection, study_id: str, table: Table) -> int:
    query = (
        select(func.count())
        .select_from(table)
        .join(response, response.c.id == table.c.response_id)
        .where(response.c.study_id == study_id)
    )
    return connection.execute(query).scalar_one()


def _count_of_interviews(connection: Connection, study_id: str) -> int:
    """Return how many notes are of an interview and none of its responses."""
    query = (
        select(func.count())
        .select_from(note)
        .join(interview, interview.c.id == note.c.interview_id)
        .where(interview.c.study_id == study_id, note.c.response_id.is_(None))
    )
    return connection.execute(query).scalar_one()


def _count_payloads(connection: Connection, study_id: str) -> int:
    """Return how many events still say what changed."""
    subject = func.coalesce(response.c.interview_id, response.c.id)
    own = select(subject).where(response.c.study_id == study_id)
    query = (
        select(func.count())
        .select_from(event_payload)
        .join(
            event,
            (event.c.subject == event_payload.c.subject)
            & (event.c.sequence == event_payload.c.sequence),
        )
        .where(event.c.subject.in_(own))
    )
    return connection.execute(query).scalar_one()


def _read_heads(connection: Connection, study_id: str) -> Json:
    """Return the ends of the responses' chains, in an order that tells nothing, and one digest."""
    query = select(response.c.head).where(response.c.study_id == study_id, response.c.head != "")
    heads = sorted(connection.execute(query).scalars())
    return {
        "count": len(heads),
        "sha256": hashlib.sha256("\n".join(heads).encode()).hexdigest(),
        "heads": heads[:MOST_HEADS] if len(heads) <= MOST_HEADS else [],
    }
