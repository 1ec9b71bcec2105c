"""Which answers responses have in common, for who counts the people that can be told apart."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import Connection, Text, and_, cast, select

from survey_app.storage.records import ProfileCount, Selection
from survey_app.storage.schema import answer, response
from survey_app.storage.store.choosing import chosen_by

BATCH = 2000


def count_profiles(
    connection: Connection, selection: Selection, items: Sequence[str]
) -> list[ProfileCount]:
    """Count the responses that are not withdrawn by version and by what is stored of some items.

    Memory grows with the different answers, not with the responses.
    """
    here = and_(answer.c.response_id == response.c.id, answer.c.item.in_(items))
    query = (
        select(
            response.c.id,
            response.c.version,
            answer.c.item,
            answer.c.row,
            cast(answer.c.value, Text),
            answer.c.reason,
        )
        .join_from(response, answer, here, isouter=True)
        .where(chosen_by(selection), response.c.state != "withdrawn")
        .order_by(response.c.id, answer.c.item, answer.c.row)
    )
    rows = connection.execute(query.execution_options(yield_per=BATCH))
    counts = Counter[tuple[str, tuple[tuple[str, str, str | None, str | None], ...]]]()
    for (_id, version), members in groupby(rows, key=lambda row: (row[0], row[1])):
        counts[version, tuple(tuple(row[2:]) for row in members if row[2] is not None)] += 1
    return [
        ProfileCount(version=version, answers=answers, count=count)
        for (version, answers), count in counts.items()
    ]
