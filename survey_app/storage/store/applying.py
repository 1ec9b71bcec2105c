"""Applying what the console did to an interview."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.moments import now
from survey_app.storage.records import Change, Json, OperationConflict, Outcome
from survey_app.storage.schema import event, interview, response
from survey_app.storage.statements import Row, Statement
from survey_app.storage.store import log
from survey_app.storage.store.consenting import agree_in_interview
from survey_app.storage.store.course import COURSES, set_course, update_interview
from survey_app.storage.store.operations import (
    KINDS,
    Operation,
    Stamp,
    differs,
    replace,
    stored_row,
)
from survey_app.storage.store.standing import move_on

CONSENT = "consent"
_KNOWN = (*KINDS, *COURSES, CONSENT)
_REVISIONS = {"revision", "client"}
_INTERVIEW = Statement(
    select(
        interview.c.id,
        interview.c.revision,
        interview.c.head,
        select(func.coalesce(func.max(event.c.sequence), 0))
        .where(event.c.subject == bindparam("interview"))
        .scalar_subquery()
        .label("last"),
    ).where(interview.c.id == bindparam("interview"))
)
_RUNS = Statement(
    select(response.c.id, response.c.head, response.c.state, response.c.revision).where(
        response.c.interview_id == bindparam("interview")
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Interview:
    """An interview as a change finds it, with its responses by their id."""

    id: str
    revision: int
    head: str
    last: int
    runs: dict[str, Row]


def apply(
    connection: Connection, interview_id: str, change: Change, operations: list[Operation]
) -> Outcome:
    """Apply the operations where the interview stands (see Interviews.apply)."""
    found = _find(connection, interview_id)
    parts = _parts(found, operations)
    at = now()
    if _is_withdrawn(found, parts):
        return Outcome(status="closed", revision=found.revision, at=at)
    conflicts = _conflicts(connection, found, change, operations)
    posted = _posted(change, operations)
    earlier = log.newest_attempt(connection, interview_id, change)
    if earlier.repeats(list(posted.values())):
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
    _log(
        connection,
        found,
        change,
        parts,
        posted=posted,
        refused=refused,
        stamp=stamp,
        attempt=earlier.number + 1,
    )
    return Outcome(status="saved", revision=stamp.revision, at=at, conflicts=conflicts)


def find_repeat(connection: Connection, interview_id: str, change: Change) -> Outcome | None:
    """Return what became of a change that was stored before (see Interviews.find_repeat)."""
    found = _find(connection, interview_id)
    posted = _posted(change, change.body.get("operations") or [])
    if not posted or not log.newest_attempt(connection, interview_id, change).repeats(
        list(posted.values())
    ):
        return None
    return Outcome(status="repeat", revision=found.revision, at=now())


def _posted(change: Change, operations: list[Operation]) -> dict[str | None, list[Json]]:
    """Return by response what a repeat would post again.

    That is the request where the change holds it: what a check made of it, such as a time that is
    never later than now, is another thing at another moment.
    """
    parts: dict[str | None, list[Json]] = {}
    bodies = change.body.get("operations") or operations
    for operation, body in zip(operations, bodies, strict=True):
        parts.setdefault(operation.get("response"), []).append(body)
    return parts


def _is_withdrawn(found: _Interview, parts: Iterable[str | None]) -> bool:
    """Return whether any of these responses was withdrawn, or every one of the interview."""
    gone = {key for key, run in found.runs.items() if run["state"] == "withdrawn"}
    return not gone.isdisjoint(parts) or gone == found.runs.keys()


def _find(connection: Connection, interview_id: str) -> _Interview:
    key = {"interview": interview_id}
    row = _INTERVIEW.first(connection, key)
    if row is None:
        raise UnknownRecord(f"There is no interview {interview_id}. Check its identifier.")
    runs = {run["id"]: run for run in _RUNS.all(connection, key)}
    return _Interview(**row, runs=runs)


def _parts(found: _Interview, operations: list[Operation]) -> dict[str | None, list[Operation]]:
    """Return the operations by response, None for those on the interview as a whole."""
    parts: dict[str | None, list[Operation]] = {}
    for operation in operations:
        if operation["op"] not in _KNOWN:
            known = ", ".join(_KNOWN)
            raise ValueError(f"“{operation['op']}” is no operation. Send one of: {known}.")
        target = operation.get("response")
        if target is not None and target not in found.runs:
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
    elif operation["op"] == CONSENT:
        agree_in_interview(connection, operation, stamp)
    else:
        set_course(connection, operation, stamp)


def _log(
    connection: Connection,
    found: _Interview,
    change: Change,
    parts: dict[str | None, list[Operation]],
    *,
    posted: dict[str | None, list[Json]],
    refused: list[Operation],
    stamp: Stamp,
    attempt: int,
) -> None:
    """Store one event for each response that was touched, so that each can be erased alone."""
    update_interview(connection, found.id, {"revision": stamp.revision})
    for number, (target, operations) in enumerate(parts.items()):
        place = log.Place(
            response=target,
            interview=found.id,
            sequence=found.last + 1 + number,
            previous=found.head if target is None else found.runs[target]["head"],
            at=stamp.at,
            attempt=attempt,
            part=number,
        )
        head = log.append(
            connection,
            change,
            place,
            kind=change.kind,
            payload=_payload(operations, refused),
            posted=posted[target],
            timed=True,
        )
        if target is None:
            update_interview(connection, found.id, {"head": head})
        else:
            revision = found.runs[target]["revision"] + 1
            move_on(connection, target, head=head, updated=stamp.at, revision=revision)


def _payload(operations: list[Operation], refused: list[Operation]) -> dict[str, Json]:
    numbers = [number for number, each in enumerate(operations) if each in refused]
    return {"operations": operations} | ({"not_applied": numbers} if numbers else {})
