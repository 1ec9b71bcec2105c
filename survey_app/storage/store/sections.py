"""How far responses came, section by section."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, exists, func, or_, select

from survey_app.storage.records import SectionCount, Selection
from survey_app.storage.schema import answer, draft, item_mark, note, probe_mark, response
from survey_app.storage.store.choosing import chosen_by

_NOTHING_HEARD = ("not_reached", "not_asked")


def count_sections(
    connection: Connection, selection: Selection, version: str, sections: Sequence[str]
) -> list[SectionCount]:
    """Count what participants filled in by themselves, in the order of a version's sections.

    What was sent has been through every section. Of what is in progress the draft says which were
    saved; a section was reached once it, the one before it or any after it was saved. Of what was
    withdrawn nobody knows any more.
    """
    sent = response.c.state == "submitted"
    drafted = [draft.c.body[("sections", key)].as_string().is_not(None) for key in sections]
    columns: list[ColumnElement[Any]] = [func.count()]
    for place, saved in enumerate(drafted):
        seen = drafted[max(0, place - 1) :] if place else [response.c.id.is_not(None)]
        columns += [_sum(or_(sent, *seen)), _sum(or_(sent, saved))]
    query = (
        select(*columns)
        .join_from(response, draft, draft.c.response_id == response.c.id, isouter=True)
        .where(_of(selection, version, "self"))
    )
    begun, *numbers = connection.execute(query).one()
    return [
        SectionCount(
            version=version, section=key, begun=begun, reached=reached or 0, saved=saved or 0
        )
        for key, reached, saved in zip(sections, numbers[::2], numbers[1::2], strict=True)
    ]


def count_heard(
    connection: Connection, selection: Selection, version: str, items: dict[str, Sequence[str]]
) -> list[SectionCount]:
    """Count the interviews in which something was recorded on a section, given with its items.

    An answer, a note, or a mark of a question or probe that says more than that it was not asked.
    """
    columns = [_sum(_heard(keys)) for keys in items.values()]
    query = select(func.count(), *columns).where(_of(selection, version, "interviewer"))
    begun, *numbers = connection.execute(query).one()
    return [
        SectionCount(
            version=version, section=key, begun=begun, reached=heard or 0, saved=heard or 0
        )
        for key, heard in zip(items, numbers, strict=True)
    ]


def _of(selection: Selection, version: str, delivery: str) -> ColumnElement[bool]:
    narrowed = replace(selection, versions=(version,))
    return (
        chosen_by(narrowed) & (response.c.delivery == delivery) & (response.c.state != "withdrawn")
    )


def _heard(keys: Sequence[str]) -> ColumnElement[bool]:
    told = [
        exists().where(table.c.response_id == response.c.id, table.c.item.in_(keys), *more)
        for table, more in (
            (answer, [answer.c.value.is_not(None)]),
            (note, []),
            (probe_mark, [probe_mark.c.state.not_in(_NOTHING_HEARD)]),
            (item_mark, [item_mark.c.state.not_in(_NOTHING_HEARD)]),
        )
    ]
    return or_(*(each.correlate(response) for each in told))


def _sum(holds: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((holds, 1), else_=0))
