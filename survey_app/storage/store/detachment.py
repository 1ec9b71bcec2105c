"""Whom a withdrawn response came from: forgotten, but that somebody is not to be asked again."""

from sqlalchemy import Connection, insert, select, update

from survey_app.storage.moments import identifier
from survey_app.storage.schema import interview, invitation, participant, response

NOBODY = "withdrawn-"
"""How the pseudonym of a participant begins who stands for nobody."""


def detach_response(connection: Connection, response_id: str) -> None:
    """Take the participant and the invitation from a response that is being withdrawn.

    What stays is that the participant withdrew something, without a day, and that nobody begins by
    the personal invitation again. A test tells nothing of anybody.
    """
    columns = response.c
    this = columns.id == response_id
    query = select(columns.participant_id, columns.is_test).where(this)
    participant_id, is_test = connection.execute(query).one()
    connection.execute(update(response).where(this).values(participant_id=None, invitation_id=None))
    if participant_id is not None and not is_test:
        _note(connection, participant_id)


def detach_interview(connection: Connection, interview_id: str) -> None:
    """Give an interview of which all was withdrawn to a participant who is nobody.

    An interview has to have one, for its rows to hold together; this one has no other trace.
    """
    columns = interview.c
    query = select(columns.study_id).where(columns.id == interview_id)
    nobody = identifier()
    values = {
        "id": nobody,
        "study_id": connection.scalar(query),
        "pseudonym": f"{NOBODY}{nobody[:8]}",
        "withdrew": True,
    }
    connection.execute(insert(participant), values)
    connection.execute(
        update(interview).where(columns.id == interview_id).values(participant_id=nobody)
    )


def _note(connection: Connection, participant_id: str) -> None:
    connection.execute(
        update(participant).where(participant.c.id == participant_id).values(withdrew=True)
    )
    theirs = invitation.c.participant_id == participant_id
    connection.execute(update(invitation).where(theirs).values(revoked=True))
