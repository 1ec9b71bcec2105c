"""Counting over all studies the responses that a change of an instrument touches."""

from sqlalchemy import ColumnElement, Connection, Table, exists, func, select

from survey_app.storage.engine import spell
from survey_app.storage.records import TouchedCount
from survey_app.storage.schema import answer, note, probe_mark, response, study
from survey_app.storage.store.tallies import VALUE

Conditions = list[ColumnElement[bool]]


def count_touched(
    connection: Connection,
    instrument: str,
    version: str,
    item: str,
    *,
    row: str | None = None,
    code: str | None = None,
    probe: str | None = None,
) -> TouchedCount:
    """Count the responses to a version with an answer, a mark or a note on an item.

    With `row` the answers of that row alone, with `code` those that chose it in any row; with
    `probe` the marks and notes of that probe alone. A blank is no answer, and a probe that was not
    reached is not marked. Test responses and withdrawn ones are left out.
    """
    here = [
        # Named one by one, since the index of responses begins with the study.
        response.c.study_id.in_(select(study.c.id)),
        response.c.instrument == instrument,
        response.c.is_test.in_([False]),
        response.c.version == version,
        response.c.state != "withdrawn",
    ]
    # Marks and notes are made in interviews alone: the many that came by themselves have none.
    interviewed = [*here, response.c.delivery == "interviewer"]
    marked = [probe_mark.c.item == item, probe_mark.c.state != "not_reached"]
    noted = [note.c.item == item]
    if probe is not None:
        marked.append(probe_mark.c.probe == probe)
        noted.append(note.c.probe == probe)
    return TouchedCount(
        answers=_count(connection, here, answer, _given(connection, item, row, code)),
        marks=_count(connection, interviewed, probe_mark, marked),
        notes=_count(connection, interviewed, note, noted),
    )


def _given(connection: Connection, item: str, row: str | None, code: str | None) -> Conditions:
    conditions = [answer.c.item == item, answer.c.value.is_not(None)]
    if row is not None:
        conditions.append(answer.c.row == row)
    if code is not None:
        # A code is found by its quotes: it can hold none itself.
        find = func.instr if connection.dialect.name == "sqlite" else func.strpos
        conditions.append(find(VALUE, spell(code)) > 0)
    return conditions


def _count(connection: Connection, here: Conditions, table: Table, given: Conditions) -> int:
    """Count the responses that have a row of the table; of several, the first is enough."""
    held = exists().where(table.c.response_id == response.c.id, *given).correlate(response)
    query = select(func.count()).select_from(response).where(*here, held)
    return connection.execute(query).scalar_one()
