"""Everything the console shows of one interview."""

from sqlalchemy import ColumnElement, Connection, func, select

from survey_app.storage.records import InterviewAnswer, InterviewState, Run
from survey_app.storage.schema import (
    account,
    answer,
    event,
    interview,
    note,
    participant,
    response,
    study,
)
from survey_app.storage.store.reading import mark_records, note_records
from survey_app.storage.store.rows import to_record

_LAST = (
    select(func.max(event.c.sequence))
    .where(event.c.subject == interview.c.id)
    .correlate(interview)
    .scalar_subquery()
)
_QUERY = (
    select(
        interview,
        study.c.slug.label("study"),
        participant.c.pseudonym.label("participant"),
        account.c.name.label("interviewer"),
        _LAST.label("sequence"),
    )
    .join(study, study.c.id == interview.c.study_id)
    .join(participant, participant.c.id == interview.c.participant_id)
    .join(account, account.c.id == interview.c.interviewer_id)
)


def find_state(connection: Connection, interview_id: str) -> InterviewState | None:
    """Return the interview with its responses, marks, notes and answers, or None."""
    row = connection.execute(_QUERY.where(interview.c.id == interview_id)).mappings().first()
    if row is None:
        return None
    here = response.c.interview_id == interview_id
    return to_record(
        InterviewState,
        row,
        responses=_runs(connection, here),
        marks=list(mark_records(connection, here)),
        notes=list(note_records(connection, note.c.interview_id == interview_id)),
        answers=_answers(connection, here),
    )


def _runs(connection: Connection, here: ColumnElement[bool]) -> list[Run]:
    columns = response.c
    query = (
        select(columns.id.label("response"), columns.instrument, columns.version, columns.state)
        .where(here)
        .order_by(columns.instrument, columns.version, columns.id)
    )
    return [to_record(Run, row) for row in connection.execute(query).mappings()]


def _answers(connection: Connection, here: ColumnElement[bool]) -> list[InterviewAnswer]:
    query = (
        select(answer, answer.c.response_id.label("response"))
        .join_from(answer, response, response.c.id == answer.c.response_id)
        .where(here)
        .order_by(answer.c.response_id, answer.c.item, answer.c.row)
    )
    return [to_record(InterviewAnswer, row) for row in connection.execute(query).mappings()]
