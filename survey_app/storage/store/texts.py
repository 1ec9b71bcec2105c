"""Free texts as they are stored: answers, what marks say, notes, and why an interview ended."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from sqlalchemy import ColumnElement, Connection, Select, Text, cast, func, literal, select

from survey_app.storage.records import StoredText
from survey_app.storage.schema import (
    answer,
    interview,
    item_mark,
    note,
    probe_mark,
    response,
    study,
)
from survey_app.storage.store.reading import BATCH

Look = Callable[[StoredText], None]
Query: TypeAlias = Select[tuple[object, ...]]
_PLACE = (response.c.id, response.c.instrument, response.c.version)


def scan_texts(
    connection: Connection, slug: str, instrument: str | None, items: Sequence[str], look: Look
) -> None:
    """Show each text of a study to ``look`` (see Desk.scan_texts)."""
    chosen = response.c.study_id == select(study.c.id).where(study.c.slug == slug).scalar_subquery()
    if instrument is not None:
        chosen &= response.c.instrument == instrument
    for query in _list_queries(chosen, items):
        for row in connection.execute(query.execution_options(yield_per=BATCH)):
            text = json.loads(row.text) if row.kind == "answer" else row.text
            if text:
                look(
                    StoredText(
                        response=row.id,
                        interview=row.interview,
                        instrument=row.instrument or "",
                        version=row.version or "",
                        item=row.item or "",
                        kind=row.kind,
                        text=text,
                    )
                )


def _list_queries(chosen: ColumnElement[bool], items: Sequence[str]) -> Iterator[Query]:
    as_text = cast(answer.c.value, Text)
    strings = func.substr(as_text, 1, 1) == '"'
    yield (
        _of(answer.c.item, as_text, "answer")
        .join(answer, answer.c.response_id == response.c.id)
        .where(chosen, answer.c.item.in_(items), strings)
    )
    yield (
        _of(answer.c.item, answer.c.other_text, "other")
        .join(answer, answer.c.response_id == response.c.id)
        .where(chosen, answer.c.other_text.is_not(None))
    )
    for table, column in (
        (probe_mark, probe_mark.c.text),
        (probe_mark, probe_mark.c.reason),
        (item_mark, item_mark.c.reason),
    ):
        yield (
            _of(table.c.item, column, "mark")
            .join(table, table.c.response_id == response.c.id)
            .where(chosen, column != "")
        )
    yield (
        _of(note.c.item, note.c.text, "note")
        .join(note, note.c.response_id == response.c.id)
        .where(chosen, note.c.text != "")
    )
    yield from _list_whole(chosen)


def _of(
    item: ColumnElement[str], text: ColumnElement[str], kind: str
) -> Select[tuple[object, ...]]:
    interview_id = response.c.interview_id.label("interview")
    return (
        select(
            *_PLACE,
            interview_id,
            item.label("item"),
            text.label("text"),
            literal(kind).label("kind"),
        )
        .select_from(response)
        .order_by(response.c.id, item)
    )


def _list_whole(chosen: ColumnElement[bool]) -> Iterator[Query]:
    """Yield what was written of interviews as a whole, under one of their responses."""
    first = (
        select(response.c.interview_id.label("interview"), func.min(response.c.id).label("id"))
        .where(chosen, response.c.interview_id.is_not(None), response.c.state != "withdrawn")
        .group_by(response.c.interview_id)
        .subquery()
    )
    place = (*_PLACE, first.c.interview, literal("").label("item"))
    texts = (
        (note.c.text, (note.c.interview_id == first.c.interview) & note.c.response_id.is_(None)),
        (interview.c.outcome_text, interview.c.id == first.c.interview),
        (interview.c.call_back, interview.c.id == first.c.interview),
    )
    for column, belongs in texts:
        yield (
            select(*place, column.label("text"), literal("note").label("kind"))
            .join_from(first, response, response.c.id == first.c.id)
            .join(column.table, belongs)
            .where(column != "")
            .order_by(response.c.id)
        )
