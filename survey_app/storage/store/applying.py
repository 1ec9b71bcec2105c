"""Applying what the console did to an interview."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.moments import now
from survey_app.storage.records import Change, Json, OperationConflict, Outcome
from survey_app.storage.schema import event, interview, response
from survey_app.storage.store import log
from survey_app.storage.store.operations import KINDS, Stamp, differs, replace, stored_row

Operation = dict[str, Json]

CLOCK_ACTIONS = ("start", "pause", "resume", "finish")
_WHOLE = ("clock", "outcome")
_REVISIONS = {"revision", "client"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Interview:
    """An interview as a change finds it; ``heads`` and ``states`` are by response."""

    id: str
    revision: int
    head: str
    clock: list[dict[str, str]]
    last: int
    heads: dict[str, str]
    states: dict[str, str]


def apply(
    connection: Connection, interview_id: str, change: Change, operations: list[Operation]
) -> Outcome:
    """Apply the operations where the interview stands (see Interviews.apply)."""
    found = _find(connection, interview_id)
    parts = _parts(found, operations)
    at = now()
    if any(found.states.get(part or "") == "withdrawn" for part in parts):
        return Outcome(status="closed", revision=found.revision, at=at)
    conflicts = _conflicts(connection, found, change, operations)
    earlier = log.newest_attempt(connection, interview_id, change)
    if earlier.repeats(list(parts.values())):
        return Outcome(status="repeat", revision=found.revision, at=at, conflicts=conflicts)
    stamp = Stamp(
        interview=interview_id,
        revision=found.revision + 1,
        client=change.client,
        actor=change.actor,
        at=at,
    )
    refused = [conflict.operation for conflict in conflicts]
    for operation in operations:
        if operation not in refused:
            _perform(connection, operation, stamp)
    _log(connection, found, change, parts, stamp=stamp, attempt=earlier.number + 1)
    return Outcome(status="saved", revision=stamp.revision, at=at, conflicts=conflicts)


def _find(connection: Connection, interview_id: str) -> _Interview:
    columns = interview.c
    last = select(func.max(event.c.sequence)).where(event.c.subject == interview_id)
    query = select(
        columns.id, columns.revision, columns.head, columns.clock, last.scalar_subquery()
    ).where(columns.id == interview_id)
    row = connection.execute(query).first()
    if row is None:
        raise UnknownRecord(f"There is no interview {interview_id}. Check its identifier.")
    responses = select(response.c.id, response.c.head, response.c.state).where(
        response.c.interview_id == interview_id
    )
    runs = connection.execute(responses).all()
    return _Interview(
        id=row[0],
        revision=row[1],
        head=row[2],
        clock=row[3],
        last=row[4],
        heads={run.id: run.head for run in runs},
        states={run.id: run.state for run in runs},
    )


def _parts(found: _Interview, operations: list[Operation]) -> dict[str | None, list[Operation]]:
    """Return the operations by response, None for those on the interview as a whole."""
    parts: dict[str | None, list[Operation]] = {}
    for operation in operations:
        if operation["op"] not in {*KINDS, *_WHOLE}:
            known = ", ".join((*KINDS, *_WHOLE))
            raise ValueError(f"“{operation['op']}” is no operation. Send one of: {known}.")
        target = operation.get("response")
        if target is not None and target not in found.heads:
            raise UnknownRecord(f"The interview has no response {target}. Load it again.")
        parts.setdefault(target, []).append(operation)
    return parts


def _conflicts(
    connection: Connection, found: _Interview, change: Change, operations: list[Operation]
) -> list[OperationConflict]:
    conflicts = []
    for operation in operations:
        stored = stored_row(connection, operation, found.id) if operation["op"] in KINDS else None
        if stored is None or stored["client"] == change.client:
            continue
        if stored["revision"] > change.base_revision and differs(operation, stored):
            shown = {name: value for name, value in stored.items() if name not in _REVISIONS}
            conflicts.append(OperationConflict(operation=operation, stored=shown))
    return conflicts


def _perform(connection: Connection, operation: Operation, stamp: Stamp) -> None:
    if operation["op"] in KINDS:
        stored = stored_row(connection, operation, stamp.interview)
        replace(connection, operation, stamp, stored)
    elif operation["op"] == "clock":
        _turn_clock(connection, operation["action"], stamp)
    else:
        words = {"outcome": operation["outcome"], "outcome_text": operation.get("text") or ""}
        _update_interview(connection, stamp.interview, words)


def _turn_clock(connection: Connection, action: str, stamp: Stamp) -> None:
    if action not in CLOCK_ACTIONS:
        known = ", ".join(CLOCK_ACTIONS)
        raise ValueError(f"“{action}” is nothing a clock does. Send one of: {known}.")
    query = select(interview.c.clock).where(interview.c.id == stamp.interview)
    clock = [*connection.scalars(query).one(), {"action": action, "at": stamp.at}]
    values: dict[str, Json] = {"clock": clock}
    if action == "finish":
        values["finished"] = stamp.at
        open_ones = (response.c.interview_id == stamp.interview) & (
            response.c.state == "in_progress"
        )
        sent = {"state": "submitted", "submitted": stamp.at, "updated": stamp.at}
        connection.execute(update(response).where(open_ones).values(sent))
    _update_interview(connection, stamp.interview, values)


def _update_interview(connection: Connection, interview_id: str, values: dict[str, Json]) -> None:
    connection.execute(update(interview).where(interview.c.id == interview_id).values(values))


def _log(
    connection: Connection,
    found: _Interview,
    change: Change,
    parts: dict[str | None, list[Operation]],
    *,
    stamp: Stamp,
    attempt: int,
) -> None:
    """Store one event for each response that was touched, so that each can be erased alone."""
    _update_interview(connection, found.id, {"revision": stamp.revision})
    for number, (target, operations) in enumerate(parts.items()):
        place = log.Place(
            response=target,
            interview=found.id,
            sequence=found.last + 1 + number,
            previous=found.head if target is None else found.heads[target],
            at=stamp.at,
            attempt=attempt,
            part=number,
        )
        head = log.append(
            connection,
            change,
            place,
            kind=change.kind,
            payload={"operations": operations},
            posted=operations,
            timed=True,
        )
        if target is None:
            _update_interview(connection, found.id, {"head": head})
        else:
            moved = {
                "head": head,
                "updated": stamp.at,
                "revision": response.c.revision + 1,
            }
            connection.execute(update(response).where(response.c.id == target).values(moved))
