"""The lease: one page at a time writes in an interview, and says again and again that it is there.

Only times of this server are compared. They are kept with the interview, so a restart ends no
lease.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, false, or_, select, update

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.moments import as_text
from survey_app.storage.records import Lease
from survey_app.storage.schema import interview

LENGTH = timedelta(seconds=30)
"""For how long a page that says nothing keeps the lease."""

_NOBODY = dict.fromkeys(("lease_client", "lease_holder", "lease_session", "lease_ends"))


def hold(
    connection: Connection,
    interview_id: str,
    client: str,
    *,
    holder: str,
    take: bool,
    session: str | None,
) -> Lease:
    """Hold the lease or say who does (see Interviews.hold)."""
    now = datetime.now(UTC)
    columns = interview.c
    free = or_(
        columns.lease_client.is_(None),
        columns.lease_client == client,
        columns.lease_ends <= as_text(now),
        # Nobody was ever given so much: the server's clock has been set back since.
        columns.lease_ends > as_text(now + 2 * LENGTH),
        columns.lease_session == session if session else false(),
        columns.id == interview_id if take else false(),
    )
    ends = as_text(now + LENGTH)
    connection.execute(
        update(interview)
        .where(columns.id == interview_id, free)
        .values(lease_client=client, lease_holder=holder, lease_session=session, lease_ends=ends)
    )
    query = select(columns.lease_client, columns.lease_holder, columns.lease_ends)
    found = connection.execute(query.where(columns.id == interview_id)).first()
    if found is None:
        raise UnknownRecord(f"There is no interview {interview_id}. Check its identifier.")
    return Lease(
        mine=found.lease_client == client,
        holder=found.lease_holder or "",
        ends=found.lease_ends,
    )


def release(connection: Connection, interview_id: str, client: str) -> None:
    """Give the lease up, if it is the client's."""
    connection.execute(
        update(interview)
        .where(interview.c.id == interview_id, interview.c.lease_client == client)
        .values(_NOBODY)
    )
