"""Every response and interview with its events, a few at a time so that memory does not grow."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Column, Connection, Select, Text, cast, func, select

from survey_app.storage.schema import event, event_payload, interview, response
from survey_app.storage.verification.breaks import Break, Counts, Show
from survey_app.storage.verification.chain import Chain, Chains, check_sequence

AT_ONCE = 500
"""How many responses are read together."""

_FETCHED = 1_000
_EVENTS = (
    # As text, since what was changed may be no JSON any more.
    select(event, event_payload.c.salt, cast(event_payload.c.body, Text).label("body"))
    .outerjoin_from(event, event_payload)
    .order_by(event.c.subject, event.c.sequence)
)


def check_subjects(connection: Connection, counts: Counts, show: Show) -> Iterator[Break]:
    """Yield what does not hold in any chain; events of nobody are left to other checks."""
    total = max(1, connection.scalar(select(func.count()).select_from(response)) or 0)
    alone = select(response.c.id, response.c.state, response.c.head).where(
        response.c.interview_id.is_(None)
    )
    for page in _read_pages(connection, alone, response.c.id, AT_ONCE):
        yield from _check_alone(connection, page, counts)
        show(counts.responses / total, _say_how_far(counts, total))
    whole = select(interview.c.id, interview.c.head)
    for page in _read_pages(connection, whole, interview.c.id, AT_ONCE):
        for row in page:
            yield from _check_interview(connection, row, counts)
            show(counts.responses / total, _say_how_far(counts, total))


def _say_how_far(counts: Counts, total: int) -> str:
    return f"{counts.responses:,} of {total:,} responses, {counts.events:,} events"


def _read_pages(
    connection: Connection, query: Select[Any], key: Column[Any], size: int
) -> Iterator[Sequence[Any]]:
    """Yield the rows by their key, so many at a time."""
    ordered = query.order_by(key).limit(size)
    page = connection.execute(ordered).all()
    while page:
        yield page
        page = connection.execute(ordered.where(key > page[-1].id)).all()


def _check_alone(connection: Connection, page: Sequence[Any], counts: Counts) -> Iterator[Break]:
    """Check responses that a participant filled in alone: each is a subject of its own."""
    left = {row.id: row for row in page}
    events = _EVENTS.where(event.c.subject.in_(list(left)))
    rows = connection.execute(events).mappings().yield_per(_FETCHED)
    for subject, own in groupby(rows, key=lambda row: str(row["subject"])):
        yield from check_sequence(f"response {subject}", _alone(left.pop(subject)), own, counts)
    for subject, row in left.items():
        yield from check_sequence(f"response {subject}", _alone(row), (), counts)
    counts.responses += len(page)


def _alone(row: Any) -> Chains:
    return {row.id: _chain_of(row)}


def _chain_of(row: Any) -> Chain:
    return Chain(name=f"response {row.id}", head=row.head, erasable=row.state == "withdrawn")


def _check_interview(connection: Connection, row: Any, counts: Counts) -> Iterator[Break]:
    query = select(response.c.id, response.c.state, response.c.head)
    runs = connection.execute(query.where(response.c.interview_id == row.id)).all()
    # What was said of the interview as a whole goes when the last of its responses is withdrawn.
    gone = all(run.state == "withdrawn" for run in runs)
    own = Chain(name=f"interview {row.id}", head=row.head, erasable=gone)
    chains: Chains = {None: own, **{run.id: _chain_of(run) for run in runs}}
    events = _EVENTS.where(event.c.subject == row.id)
    rows = connection.execute(events).mappings().yield_per(_FETCHED)
    yield from check_sequence(own.name, chains, rows, counts)
    counts.interviews += 1
    counts.responses += len(runs)
