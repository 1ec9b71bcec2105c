"""Participants of a study by their pseudonyms."""

from sqlalchemy import Connection, insert, select

from survey_app.storage.moments import identifier
from survey_app.storage.schema import participant


def find_participant(connection: Connection, study_id: str, pseudonym: str) -> str:
    """Return the id of the study's participant; one who is new in the study is added."""
    columns = participant.c
    query = select(columns.id).where(columns.study_id == study_id, columns.pseudonym == pseudonym)
    present = connection.scalar(query)
    if present is not None:
        return str(present)
    participant_id = identifier()
    values = {"id": participant_id, "study_id": study_id, "pseudonym": pseudonym}
    connection.execute(insert(participant), values)
    return participant_id
