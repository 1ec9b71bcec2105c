"""Writing and comparing a response's answers."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, insert, select

from survey_app.storage.records import AnswerRow, Json
from survey_app.storage.schema import answer
from survey_app.storage.statements import Statement
from survey_app.storage.store.rows import to_record

_OF_RESPONSE = answer.c.response_id == bindparam("response")
_INSERT = Statement(insert(answer))
_STORED = Statement(select(answer).where(_OF_RESPONSE))
_DELETE_ALL = Statement(delete(answer).where(_OF_RESPONSE))
_DELETE_ITEM = Statement(delete(answer).where(_OF_RESPONSE, answer.c.item == bindparam("item")))


def as_columns(row: AnswerRow) -> dict[str, Json]:
    """Return the answer as columns by name, as it stands in tables and in events."""
    # Field by field: dataclasses.asdict copies every value and took a fifth of a save.
    return {
        "item": row.item,
        "row": row.row,
        "value": row.value,
        "other_text": row.other_text,
        "other_unticked": row.other_unticked,
        "reason": row.reason,
    }


def replace_all(
    connection: Connection, response_id: str, rows: list[AnswerRow], *, revision: int, client: str
) -> None:
    """Replace every answer of the response."""
    _DELETE_ALL.run(connection, {"response": response_id})
    _insert(connection, response_id, rows, revision=revision, client=client)


def replace_items(
    connection: Connection,
    response_id: str,
    items: Iterable[str],
    rows: list[AnswerRow],
    *,
    revision: int,
    client: str,
) -> None:
    """Replace every answer to the items; the others stay."""
    _DELETE_ITEM.run_many(connection, ({"response": response_id, "item": each} for each in items))
    _insert(connection, response_id, rows, revision=revision, client=client)


def are_stored(connection: Connection, response_id: str, rows: list[AnswerRow]) -> bool:
    """Return whether exactly these answers are stored."""
    found = _STORED.all(connection, {"response": response_id})
    stored = [to_record(AnswerRow, row) for row in found]
    return _by_key(stored) == _by_key(rows)


def _by_key(rows: list[AnswerRow]) -> dict[tuple[str, str], AnswerRow]:
    return {(row.item, row.row): row for row in rows}


def _insert(
    connection: Connection, response_id: str, rows: list[AnswerRow], *, revision: int, client: str
) -> None:
    more = {"response_id": response_id, "revision": revision, "client": client}
    _INSERT.run_many(connection, (as_columns(row) | more for row in rows))
