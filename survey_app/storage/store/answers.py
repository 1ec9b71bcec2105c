"""Writing and comparing a response's answers.

Many rows go into one statement: to the driver each statement is a round of its own, in which it
lets other threads run, and that costs more than the row. A statement is written once for each
number of rows.
"""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Text,
    bindparam,
    cast,
    delete,
    func,
    or_,
    select,
)

# Its ON CONFLICT is read alike by both databases.
from sqlalchemy.dialects.postgresql import insert

from survey_app.storage.records import AnswerRow, Json
from survey_app.storage.schema import answer
from survey_app.storage.statements import Statement
from survey_app.storage.store.rows import to_record

MOST_AT_ONCE = 50
"""Rows in one statement; SQLite takes at least 999 values in one, of which a row has six."""

_OF_RESPONSE = answer.c.response_id == bindparam("response_id")
_STORED = Statement(select(answer).where(_OF_RESPONSE))
_COUNT = Statement(select(func.count().label("count")).select_from(answer).where(_OF_RESPONSE))
_DELETE_ALL = Statement(delete(answer).where(_OF_RESPONSE))

_KEY = ("response_id", "item", "row")
_SHARED = ("response_id", "revision", "client")
_CONTENT = ("value", "other_text", "other_unticked", "reason")


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
    """Replace every answer of the response; those that stay as they are keep their revision."""
    shared = {"response_id": response_id, "revision": revision, "client": client}
    _put(connection, rows, shared)
    found = _COUNT.first(connection, shared)
    if found is None or found["count"] != len(rows):
        # Something else was stored, too, so all is written anew.
        _DELETE_ALL.run(connection, shared)
        _put(connection, rows, shared)


def replace_items(
    connection: Connection,
    response_id: str,
    items: Collection[str],
    rows: list[AnswerRow],
    *,
    revision: int,
    client: str,
) -> None:
    """Replace every answer to the items; the others stay."""
    shared = {"response_id": response_id, "revision": revision, "client": client}
    named = list(items)
    for start in range(0, len(named), MOST_AT_ONCE):
        some = named[start : start + MOST_AT_ONCE]
        values = {f"item_{place}": item for place, item in enumerate(some)}
        _deleting(len(some)).run(connection, shared | values)
    _put(connection, rows, shared)


def are_stored(connection: Connection, response_id: str, rows: list[AnswerRow]) -> bool:
    """Return whether exactly these answers are stored."""
    found = _STORED.all(connection, {"response_id": response_id})
    stored = [to_record(AnswerRow, row) for row in found]
    return _by_key(stored) == _by_key(rows)


def _by_key(rows: list[AnswerRow]) -> dict[tuple[str, str], AnswerRow]:
    return {(row.item, row.row): row for row in rows}


def _put(connection: Connection, rows: list[AnswerRow], shared: dict[str, Json]) -> None:
    for start in range(0, len(rows), MOST_AT_ONCE):
        some = rows[start : start + MOST_AT_ONCE]
        values = dict(shared)
        for place, row in enumerate(some):
            values.update(zip(_names(place), as_columns(row).values(), strict=True))
        _putting(len(some)).run(connection, values)


@cache
def _putting(number: int) -> Statement:
    """Return the statement that writes so many answers where they are not stored already."""
    rows = [
        {name: _value(name, place) for name in (*_KEY, *_CONTENT, "revision", "client")}
        for place in range(number)
    ]
    put = insert(answer).values(rows)
    given = put.excluded
    differs = or_(*(_distinct(answer.c[each], given[each]) for each in _CONTENT))
    written = {name: given[name] for name in (*_CONTENT, "revision", "client")}
    return Statement(put.on_conflict_do_update(index_elements=_KEY, set_=written, where=differs))


def _value(name: str, place: int) -> BindParameter[Any]:
    # With its type: SQLAlchemy takes it from the column in the first row alone.
    named = name if name in _SHARED else f"{name}_{place}"
    return bindparam(named, type_=answer.c[name].type)


def _distinct(stored: ColumnElement[Any], given: ColumnElement[Any]) -> ColumnElement[bool]:
    # As text, since PostgreSQL cannot compare JSON.
    return cast(stored, Text).is_distinct_from(cast(given, Text))


@cache
def _names(place: int) -> tuple[str, ...]:
    """Return what the values of one row are called, in the order of as_columns."""
    return tuple(f"{name}_{place}" for name in ("item", "row", *_CONTENT))


@cache
def _deleting(number: int) -> Statement:
    """Return the statement that deletes the answers to so many items."""
    items = [_value("item", place) for place in range(number)]
    return Statement(delete(answer).where(_OF_RESPONSE, answer.c.item.in_(items)))
