"""Where a response stands when a change arrives, and writing that it moved on."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, bindparam, exists, func, select, update

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.moments import moment_for
from survey_app.storage.records import Change, Json, Outcome, Status
from survey_app.storage.schema import draft, event, response
from survey_app.storage.statements import Statement
from survey_app.storage.store import log
from survey_app.storage.store.drafts import AS_TEXT, Draft, read_draft

_SUBJECT = func.coalesce(response.c.interview_id, response.c.id)
_FIND = Statement(
    select(
        response.c.id,
        response.c.study_id,
        response.c.interview_id,
        response.c.anonymous,
        response.c.state,
        response.c.revision,
        response.c.head,
        AS_TEXT.label("draft"),
        select(func.coalesce(func.max(event.c.sequence), 0))
        .where(event.c.subject == _SUBJECT)
        .correlate(response)
        .scalar_subquery()
        .label("last"),
        exists()
        .where(
            event.c.subject == _SUBJECT,
            event.c.client == bindparam("client"),
            event.c.client_sequence == bindparam("number"),
        )
        .correlate(response)
        .label("known"),
    )
    .outerjoin_from(response, draft, draft.c.response_id == response.c.id)
    .where(response.c.id == bindparam("response"))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """A response as a change finds it.

    ``last`` is the number of the newest event, ``earlier`` the newest use of the change's client
    and sequence.
    """

    id: str
    study_id: str
    interview_id: str | None
    anonymous: bool
    state: str
    revision: int
    head: str
    draft: Draft
    last: int
    at: str
    earlier: log.Attempt

    def outcome(self, status: Status, *, stored: dict[str, list[str]] | None = None) -> Outcome:
        """Return the outcome of a change after which everything stands as before."""
        return Outcome(status=status, revision=self.revision, at=self.at, stored_raw=stored)

    def append(
        self,
        connection: Connection,
        change: Change,
        *,
        kind: str,
        payload: Json,
        posted: Json,
    ) -> str:
        """Store an event on this response and return its hash, the chain's new head."""
        place = log.Place(
            response=self.id,
            interview=self.interview_id,
            sequence=self.last + 1,
            previous=self.head,
            at=self.at,
            attempt=self.earlier.number + 1,
        )
        return log.append(
            connection,
            change,
            place,
            kind=kind,
            payload=payload,
            posted=posted,
            timed=not self.anonymous,
        )


def find_standing(connection: Connection, response_id: str, change: Change) -> Standing:
    """Return where the response stands when the change arrives. Raises UnknownRecord."""
    key = {"response": response_id, "client": change.client, "number": change.sequence}
    row = _FIND.first(connection, key)
    if row is None:
        raise UnknownRecord(f"There is no response {response_id}. Check its identifier.")
    known, subject = row.pop("known"), row["interview_id"] or row["id"]
    row["earlier"] = log.newest_attempt(connection, subject, change) if known else log.NEVER
    row["at"] = moment_for(anonymous=row["anonymous"])
    row["draft"] = read_draft(row["draft"])
    return Standing(**row)


def move_on(connection: Connection, response_id: str, **columns: Json) -> None:
    """Write new values into columns of the response's row."""
    _moving_on(tuple(columns)).run(connection, {"response": response_id, **columns})


@cache
def _moving_on(columns: tuple[str, ...]) -> Statement:
    change = update(response).where(response.c.id == bindparam("response"))
    return Statement(change, writes=columns)
