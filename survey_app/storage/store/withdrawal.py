"""Withdrawing a response: its content is erased, a tombstone stays."""

from sqlalchemy import ColumnElement, Connection, and_, delete, select, tuple_, update

from survey_app.storage.moments import day
from survey_app.storage.records import Change, Outcome
from survey_app.storage.schema import (
    answer,
    draft,
    event,
    event_payload,
    interview,
    item_mark,
    note,
    probe_mark,
    response,
)
from survey_app.storage.store.detachment import detach_interview, detach_response
from survey_app.storage.store.journal_keys import forget_keys
from survey_app.storage.store.log import of_response
from survey_app.storage.store.standing import find_standing, move_on


def withdraw(connection: Connection, response_id: str, change: Change, scope: str) -> Outcome:
    """Erase the response's content (see Responses.withdraw)."""
    standing = find_standing(connection, response_id, change)
    if standing.state == "withdrawn":
        return standing.outcome("repeat")
    head = standing.append(
        connection, change, kind=change.kind, payload={"scope": scope}, posted=[]
    )
    revision = standing.revision + 1
    detach_response(connection, response_id)
    move_on(
        connection,
        response_id,
        state="withdrawn",
        revision=revision,
        head=head,
        withdrawn_on=day(standing.at),
        withdrawn_scope=scope,
        choices=None,
    )
    for table in (draft, answer, probe_mark, item_mark, note):
        connection.execute(delete(table).where(table.c.response_id == response_id))
    _erase_payloads(connection, of_response(response_id))
    if standing.interview_id is not None:
        _erase_visits(connection, standing.interview_id, response_id)
        _erase_interview(connection, standing.interview_id)
        # A journal that is left in a browser may hold what was withdrawn: nobody reads it again.
        forget_keys(connection, standing.interview_id)
    return Outcome(status="saved", revision=revision, at=standing.at)


def _erase_payloads(connection: Connection, chosen: ColumnElement[bool]) -> None:
    keys = select(event.c.subject, event.c.sequence).where(chosen)
    connection.execute(
        delete(event_payload).where(
            tuple_(event_payload.c.subject, event_payload.c.sequence).in_(keys)
        )
    )


def _erase_visits(connection: Connection, interview_id: str, response_id: str) -> None:
    """Erase when the interviewer was where in the response, and where it was to be resumed."""
    columns = interview.c
    query = select(columns.visits, columns.resume).where(columns.id == interview_id)
    visits, resume = connection.execute(query).one()
    left = {
        "visits": [visit for visit in visits if visit["response"] != response_id],
        "resume": "" if resume.startswith(f"{response_id}/") else resume,
    }
    connection.execute(update(interview).where(columns.id == interview_id).values(left))


def _erase_interview(connection: Connection, interview_id: str) -> None:
    """Erase what was said about the interview as a whole, once none of its responses is left."""
    left = select(response.c.id).where(
        response.c.interview_id == interview_id, response.c.state != "withdrawn"
    )
    if connection.scalar(left.limit(1)) is not None:
        return
    connection.execute(delete(note).where(note.c.interview_id == interview_id))
    connection.execute(
        update(interview)
        .where(interview.c.id == interview_id)
        .values(outcome_text="", call_back="", resume="")
    )
    detach_interview(connection, interview_id)
    _erase_payloads(
        connection, and_(event.c.subject == interview_id, event.c.response_id.is_(None))
    )
