"""Reading responses, marks and notes in one stable order, in constant memory."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, Text, bindparam, cast, func, select

from survey_app.storage.moments import DAY
from survey_app.storage.records import (
    AnswerRow,
    CarriedConsent,
    ItemMarkRecord,
    MarkRecord,
    NoteRecord,
    ResponseRecord,
)
from survey_app.storage.schema import (
    answer,
    consent,
    consent_text,
    interview,
    item_mark,
    note,
    participant,
    probe_mark,
    response,
    study,
)
from survey_app.storage.store.rows import to_record

BATCH = 500
"""How many responses are in memory at once."""

# By date, then by random key: within a day the order tells nothing.
_ORDER = (func.substr(response.c.started, 1, 10), response.c.id)

_RESPONSES = (
    select(
        response,
        study.c.slug.label("study"),
        participant.c.pseudonym.label("participant"),
        response.c.interview_id.label("interview"),
    )
    .join(study, study.c.id == response.c.study_id)
    .outerjoin(participant, participant.c.id == response.c.participant_id)
    .order_by(*_ORDER)
)

_CONTEXT = (
    response.c.id.label("response"),
    response.c.instrument,
    response.c.version,
    participant.c.pseudonym.label("participant"),
    interview.c.started.label("interview_started"),
)


def _marks_in(table: Table) -> Select[Any]:
    return (
        select(
            table,
            *_CONTEXT,
            response.c.is_test,
            response.c.interview_id.label("interview"),
            interview.c.recording_offset.label("recorded_at"),
        )
        .join_from(table, response, response.c.id == table.c.response_id)
        .outerjoin(participant, participant.c.id == response.c.participant_id)
        .outerjoin(interview, interview.c.id == response.c.interview_id)
        .order_by(*_ORDER, table.c.item)
    )


_MARKS = _marks_in(probe_mark).order_by(probe_mark.c.probe)
_ITEM_MARKS = _marks_in(item_mark)

_NOTES = (
    select(
        note,
        *_CONTEXT,
        func.coalesce(response.c.is_test, interview.c.is_test).label("is_test"),
        note.c.interview_id.label("interview"),
        consent.c.ticks,
    )
    .join_from(note, response, response.c.id == note.c.response_id, isouter=True)
    .outerjoin(interview, interview.c.id == note.c.interview_id)
    .outerjoin(
        participant,
        participant.c.id == func.coalesce(response.c.participant_id, interview.c.participant_id),
    )
    .outerjoin(
        consent, consent.c.id == func.coalesce(response.c.consent_id, interview.c.consent_id)
    )
    .order_by(*_ORDER, note.c.created, note.c.id)
)

_CONSENTS = (
    select(
        response.c.id.label("response"),
        participant.c.pseudonym.label("participant"),
        consent_text.c.version,
        consent.c.language,
        consent.c.method,
        consent.c.given,
        consent.c.dated,
        consent.c.ticks,
    )
    .join_from(response, consent, consent.c.id == response.c.consent_id, isouter=True)
    .outerjoin(consent_text, consent_text.c.id == consent.c.consent_text_id)
    .outerjoin(participant, participant.c.id == response.c.participant_id)
    .order_by(*_ORDER)
)

_ANSWERS = (
    select(
        answer.c.response_id,
        answer.c.item,
        answer.c.row,
        # As text, since to know one again is quicker than to read it.
        cast(answer.c.value, Text),
        answer.c.other_text,
        answer.c.other_unticked,
        answer.c.reason,
    )
    .where(answer.c.response_id.in_(bindparam("ids", expanding=True)))
    .order_by(answer.c.response_id, answer.c.item, answer.c.row)
)


def response_records(
    connection: Connection, chosen: ColumnElement[bool]
) -> Iterator[ResponseRecord]:
    """Yield the chosen responses with their answers, withdrawn ones without."""
    rows = connection.execute(_RESPONSES.where(chosen).execution_options(yield_per=BATCH))
    for batch in rows.mappings().partitions():
        ids = [row["id"] for row in batch]
        answers, states = _answers(connection, ids), _item_states(connection, ids)
        for row in batch:
            yield to_record(
                ResponseRecord,
                row,
                answers=answers.get(row["id"], []),
                item_states=states.get(row["id"], {}),
            )


def mark_records(connection: Connection, chosen: ColumnElement[bool]) -> Iterator[MarkRecord]:
    """Yield the marks of the chosen responses."""
    rows = connection.execute(_MARKS.where(chosen).execution_options(yield_per=BATCH))
    return (to_record(MarkRecord, row) for row in rows.mappings())


def item_mark_records(
    connection: Connection, chosen: ColumnElement[bool]
) -> Iterator[ItemMarkRecord]:
    """Yield the marks of whole questions of the chosen responses."""
    rows = connection.execute(_ITEM_MARKS.where(chosen).execution_options(yield_per=BATCH))
    return (to_record(ItemMarkRecord, row) for row in rows.mappings())


def consent_records(
    connection: Connection, chosen: ColumnElement[bool]
) -> Iterator[CarriedConsent]:
    """Yield under which consent each of the chosen responses was given, withdrawn ones left out."""
    kept = _CONSENTS.where(chosen, response.c.state != "withdrawn")
    for row in connection.execute(kept.execution_options(yield_per=BATCH)).mappings():
        day = row["dated"] or (row["given"] or "")[:DAY]
        yield to_record(CarriedConsent, row, day=day or None, ticks=row["ticks"] or {})


def note_records(connection: Connection, chosen: ColumnElement[bool]) -> Iterator[NoteRecord]:
    """Yield the notes of the chosen responses or interviews."""
    rows = connection.execute(_NOTES.where(chosen).execution_options(yield_per=BATCH))
    return (to_record(NoteRecord, row) for row in rows.mappings())


def _answers(connection: Connection, response_ids: list[str]) -> dict[str, list[AnswerRow]]:
    answers: dict[str, list[AnswerRow]] = {each: [] for each in response_ids}
    known: dict[tuple[Any, ...], AnswerRow] = {}
    for response_id, *stored in connection.execute(_ANSWERS, {"ids": response_ids}):
        key = tuple(stored)
        row = known.get(key)
        if row is None:
            row = _answer_row(key)
            # The same codes are given again and again; lists can be changed, so each has its own.
            if not isinstance(row.value, list | dict):
                known[key] = row
        answers[response_id].append(row)
    return answers


def _answer_row(stored: tuple[Any, ...]) -> AnswerRow:
    item, row, value, other_text, other_unticked, reason = stored
    return AnswerRow(
        item=item,
        row=row,
        value=None if value is None else json.loads(value),
        other_text=other_text,
        other_unticked=other_unticked,
        reason=reason,
    )


def _item_states(connection: Connection, response_ids: list[str]) -> dict[str, dict[str, str]]:
    columns = item_mark.c
    query = select(columns.response_id, columns.item, columns.state).where(
        columns.response_id.in_(response_ids), columns.state != "not_reached"
    )
    states: dict[str, dict[str, str]] = {}
    for response_id, item, state in connection.execute(query):
        states.setdefault(response_id, {})[item] = state
    return states
