"""Counting responses and their answers where they are: the database adds up, nobody reads rows.

Answers are counted version by version and delivery by delivery, since sorting what is to be
grouped by two things more costs as much again as finding it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    select,
)

from survey_app.storage.engine import spell
from survey_app.storage.records import DayCount, KindCount, Selection, ValueCount
from survey_app.storage.records.selection import EVERY
from survey_app.storage.schema import answer, item_mark, response
from survey_app.storage.schema.responses import STATES
from survey_app.storage.schema.studies import DELIVERIES
from survey_app.storage.store.choosing import chosen, chosen_by

VALUE = cast(answer.c.value, Text)
"""An answer's value as it is spelled in JSON."""
_KIND = ("version", "delivery", "state", "language")


def count_kinds(connection: Connection, selection: Selection) -> list[KindCount]:
    """Count the responses by version, delivery, language and state."""
    # One kind after the other, each a stretch of the index: grouping all takes twice as long.
    query = select(func.count()).select_from(response)
    query = query.where(_of_any_kind(selection), *(_has(name) for name in _KIND))
    counted = ((kind, connection.scalar(query, kind)) for kind in _kinds(connection, selection))
    return [KindCount(**kind, count=count) for kind, count in counted if count]


def _kinds(connection: Connection, selection: Selection) -> Iterator[dict[str, str]]:
    """Yield the kinds of which there may be any, each language found by a look into the index."""
    anyone = replace(selection, conditions=EVERY)
    after = response.c.language > bindparam("language")
    query = select(func.min(response.c.language)).where(_of_any_kind(anyone), after)
    query = query.where(*(_has(name) for name in _KIND[:-1]))
    deliveries = selection.conditions.deliveries or DELIVERIES
    states = selection.conditions.states or STATES
    for version, delivery, state in product(selection.versions, deliveries, states):
        kind = {"version": version, "delivery": delivery, "state": state, "language": ""}
        while language := connection.scalar(query, kind):
            kind = {**kind, "language": language}
            yield kind


def _of_any_kind(selection: Selection) -> ColumnElement[bool]:
    """Return what a selection asks of a response but for its kind."""
    return chosen(
        selection.study,
        selection.instrument,
        None,
        include_test=selection.include_test,
        conditions=replace(selection.conditions, deliveries=(), states=()),
    )


def _has(name: str) -> ColumnElement[bool]:
    column = response.c[name]
    return column == bindparam(name, type_=column.type)


def count_days(connection: Connection, selection: Selection) -> list[DayCount]:
    """Count the responses by the day on which they were begun, and on which they were sent."""
    begun = _by_day(connection, selection, response.c.started)
    sent = _by_day(connection, selection, response.c.submitted)
    return [
        DayCount(day=day, begun=begun.get(day, 0), sent=sent.get(day, 0))
        for day in sorted(begun.keys() | sent.keys())
    ]


def _by_day(
    connection: Connection, selection: Selection, moment: ColumnElement[Any]
) -> dict[str, int]:
    day = func.substr(moment, 1, 10)
    query = select(day, func.count()).where(chosen_by(selection), moment.is_not(None))
    found = connection.execute(query.group_by(day))
    return {row[0]: row[1] for row in found}


def count_values(connection: Connection, selection: Selection, item: str) -> Iterator[ValueCount]:
    """Count each stored value and reason of an item, for items whose values are few."""
    said = func.coalesce(VALUE, answer.c.reason)
    is_reason = answer.c.value.is_(None)

    def count(base: Select[Any]) -> Select[Any]:
        columns = (answer.c.row, said, func.max(case((is_reason, 1), else_=0)), func.count())
        return base.with_only_columns(*columns).group_by(answer.c.row, said)

    for version, delivery, (row, word, blank, number) in _each(connection, selection, item, count):
        told = {"reason": word} if blank else {"code": word.strip('"')}
        yield ValueCount(version=version, delivery=delivery, row=row, count=number, **told)


def count_given(connection: Connection, selection: Selection, item: str) -> Iterator[ValueCount]:
    """Count each reason of an item, and as one whatever value was given."""

    def count(base: Select[Any]) -> Select[Any]:
        columns = (answer.c.row, answer.c.reason, func.count())
        return base.with_only_columns(*columns).group_by(answer.c.row, answer.c.reason)

    for version, delivery, (row, reason, number) in _each(connection, selection, item, count):
        yield ValueCount(version=version, delivery=delivery, row=row, count=number, reason=reason)


def count_codes(
    connection: Connection, selection: Selection, item: str, codes: Sequence[str]
) -> Iterator[ValueCount]:
    """Count how often each of the codes is in the lists that an item's answers are."""
    find = func.instr if connection.dialect.name == "sqlite" else func.strpos

    def count(base: Select[Any]) -> Select[Any]:
        # A code is found by its quotes: it can hold none itself.
        return base.with_only_columns(*(_sum(find(VALUE, spell(code)) > 0) for code in codes))

    for version, delivery, numbers in _each(connection, selection, item, count):
        for code, number in zip(codes, numbers, strict=True):
            yield ValueCount(version=version, delivery=delivery, code=code, count=number or 0)


def count_places(
    connection: Connection, selection: Selection, item: str, codes: Sequence[str]
) -> Iterator[ValueCount]:
    """Count how often each of the codes has each place, 1 the first, in an item's answers."""
    wanted = [(code, place) for code in codes for place in range(1, len(codes) + 1)]

    def count(base: Select[Any]) -> Select[Any]:
        return base.with_only_columns(
            *(_sum(answer.c.value[place - 1].as_string() == code) for code, place in wanted)
        )

    for version, delivery, numbers in _each(connection, selection, item, count):
        for (code, place), number in zip(wanted, numbers, strict=True):
            yield ValueCount(
                version=version, delivery=delivery, code=code, place=place, count=number or 0
            )


def count_whole(connection: Connection, selection: Selection, item: str) -> list[ValueCount]:
    """Count, of responses without an answer to an item, what an interviewer said of all of it."""
    stored = exists().where(answer.c.response_id == response.c.id, answer.c.item == item)
    query = (
        select(response.c.version, response.c.delivery, item_mark.c.state, func.count())
        .join_from(response, item_mark, item_mark.c.response_id == response.c.id)
        .where(chosen_by(selection), response.c.state != "withdrawn", item_mark.c.item == item)
        .where(~stored.correlate(response))
        .group_by(response.c.version, response.c.delivery, item_mark.c.state)
    )
    return [
        ValueCount(version=version, delivery=delivery, reason=state, count=number)
        for version, delivery, state, number in connection.execute(query)
    ]


def answers_of(selection: Selection, item: str) -> Select[Any]:
    """Return the query of an item's answers in the selection, but for withdrawn responses."""
    here = and_(answer.c.response_id == response.c.id, answer.c.item == item)
    joined = select(literal(1)).join_from(response, answer, here)
    return joined.where(chosen_by(selection), response.c.state != "withdrawn")


def _each(
    connection: Connection,
    selection: Selection,
    item: str,
    count: Callable[[Select[Any]], Select[Any]],
) -> Iterator[tuple[str, str, Sequence[Any]]]:
    """Yield version, delivery and each row of what is counted of them."""
    base = answers_of(selection, item)
    for version in selection.versions:
        for delivery in selection.conditions.deliveries or DELIVERIES:
            here = base.where(response.c.version == version, response.c.delivery == delivery)
            for row in connection.execute(count(here)):
                yield version, delivery, row


def _sum(holds: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((holds, 1), else_=0))
