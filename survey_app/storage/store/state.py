"""Everything the console shows of one interview."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from survey_app.storage.records import InterviewAnswer, InterviewRecord, InterviewState, Run
from survey_app.storage.schema import (
    account,
    answer,
    consent,
    consent_text,
    event,
    event_payload,
    interview,
    note,
    participant,
    response,
    study,
)
from survey_app.storage.store.reading import BATCH, item_mark_records, mark_records, note_records
from survey_app.storage.store.rows import to_record
from survey_app.storage.store.timeline import read_timeline

_LAST = (
    select(func.max(event.c.sequence))
    .where(event.c.subject == interview.c.id)
    .correlate(interview)
    .scalar_subquery()
)
SOURCE = (
    select(func.min(response.c.source))
    .where(response.c.interview_id == interview.c.id)
    .correlate(interview)
    .scalar_subquery()
)
"""By what medium an interview is recorded: its responses all have the same source."""

_QUERY = (
    select(
        interview,
        study.c.slug.label("study"),
        participant.c.pseudonym.label("participant"),
        account.c.name.label("interviewer"),
        _LAST.label("sequence"),
        SOURCE.label("source"),
        consent_text.c.version.label("consent_version"),
        consent.c.ticks,
        event_payload.c.body.label("beginning"),
    )
    .join(study, study.c.id == interview.c.study_id)
    .join(participant, participant.c.id == interview.c.participant_id)
    .join(account, account.c.id == interview.c.interviewer_id)
    .outerjoin(consent, consent.c.id == interview.c.consent_id)
    .outerjoin(consent_text, consent_text.c.id == consent.c.consent_text_id)
    .outerjoin(
        event_payload,
        and_(event_payload.c.subject == interview.c.id, event_payload.c.sequence == 1),
    )
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
        items=list(item_mark_records(connection, here)),
        notes=list(note_records(connection, note.c.interview_id == interview_id)),
        answers=_answers(connection, here),
        recording_permitted=_may_record(row),
    )


def interview_records(
    connection: Connection, chosen: ColumnElement[bool]
) -> Iterator[InterviewRecord]:
    """Yield the course of the chosen interviews, by date and then by random key."""
    query = _QUERY.where(chosen).order_by(func.substr(interview.c.started, 1, 10), interview.c.id)
    for row in connection.execute(query.execution_options(yield_per=BATCH)).mappings():
        yield to_record(
            InterviewRecord,
            row,
            recording_permitted=_may_record(row),
            break_offs=_break_offs(connection, row),
        )


def _break_offs(connection: Connection, row: Mapping[Any, Any]) -> list[dict[str, str]]:
    """Return each time it was broken off; one whose clock never stopped was not."""
    if row["outcome"] is None and not any(turn["action"] == "pause" for turn in row["clock"]):
        return []
    return [
        {
            "at": entry.server_time,
            "reason": operation.get("text") or "",
            "call_back": operation.get("call_back") or "",
        }
        for entry in read_timeline(connection, row["id"])
        for operation in entry.operations
        if operation["op"] == "outcome" and operation["outcome"] == "broken_off"
    ]


def _may_record(row: Mapping[Any, Any]) -> bool | None:
    """Return what was said with the consent, or at the beginning where there is no consent text."""
    said = {**(row["beginning"] or {}), **(row["ticks"] or {})}.get("recording")
    return None if said is None else bool(said)


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
