"""Consent given once more, to a newer text, in the middle of a response or of an interview."""

from sqlalchemy import Connection, select, update

from survey_app.storage.records import Change, Consent, Outcome
from survey_app.storage.schema import consent, consent_text, interview, response
from survey_app.storage.store.operations import Operation, Stamp
from survey_app.storage.store.rows import record_consent
from survey_app.storage.store.standing import find_standing, move_on


def agree_again(
    connection: Connection, response_id: str, change: Change, given: Consent
) -> Outcome:
    """Store the consent and let the response carry it (see Consents.agree_again).

    The revision stays: no answer is touched, so what is typed on another page is no conflict.
    """
    standing = find_standing(connection, response_id, change)
    if standing.state != "in_progress":
        return standing.outcome("closed")
    carried = connection.execute(
        select(consent.c.id, consent_text.c.version)
        .join_from(response, consent, consent.c.id == response.c.consent_id)
        .join(consent_text, consent_text.c.id == consent.c.consent_text_id)
        .where(response.c.id == response_id)
    ).one_or_none()
    if carried is not None and carried.version == given.version:
        return standing.outcome("repeat")
    before = None if carried is None else carried.id
    consent_id = record_consent(connection, standing.study_id, given, standing.at, replaces=before)
    body = {**change.body, "consent": given.version}
    head = standing.append(connection, change, kind=change.kind, payload=body, posted=body)
    move_on(connection, response_id, consent_id=consent_id, head=head, updated=standing.at)
    return Outcome(status="saved", revision=standing.revision, at=standing.at)


def agree_in_interview(connection: Connection, operation: Operation, stamp: Stamp) -> None:
    """Store what was said to a newer text, and let the interview and its responses carry it.

    Consent to the text that is carried already changes nothing. A refusal stands in the event
    alone: the consent before it is still what everything said so far was said under. Raises
    UnknownRecord for a text that is not there.
    """
    carried = connection.execute(
        select(interview.c.study_id, consent.c.id, consent_text.c.version)
        .outerjoin_from(interview, consent, consent.c.id == interview.c.consent_id)
        .outerjoin(consent_text, consent_text.c.id == consent.c.consent_text_id)
        .where(interview.c.id == stamp.interview)
    ).one()
    if not operation["agreed"] or carried.version == operation["version"]:
        return
    given = Consent(
        version=operation["version"],
        language=operation["language"],
        ticks=operation["ticks"],
        method=operation["method"],
        noted_by=stamp.actor,
        dated=operation["dated"],
    )
    consent_id = record_consent(connection, carried.study_id, given, stamp.at, replaces=carried.id)
    connection.execute(
        update(interview).where(interview.c.id == stamp.interview).values(consent_id=consent_id)
    )
    still_open = (response.c.interview_id == stamp.interview) & (response.c.state == "in_progress")
    connection.execute(update(response).where(still_open).values(consent_id=consent_id))


def copy_consent(connection: Connection, consent_id: str | None, new_id: str) -> str | None:
    """Store the same consent once more, for a further response under it; return its id.

    Each response has a row of its own, so that nothing ties the responses of an anonymous study.
    """
    row = connection.execute(select(consent).where(consent.c.id == consent_id)).mappings().first()
    if row is None:
        return None
    connection.execute(consent.insert().values({**row, "id": new_id, "replaces": None}))
    return new_id
