"""What was done about who is let in: kept for thirty days, without anything that was typed."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from survey_app.storage.moments import as_text, identifier, now
from survey_app.storage.records import AccessEvent
from survey_app.storage.schema import access_event, account
from survey_app.storage.store.access import Access

KEPT = timedelta(days=30)


class AccessLog:
    """The log of sign-ins and of changes to accounts, which administrators read."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def note(self, kind: str, account_id: str | None, *, by: str, detail: str = "") -> None:
        """Note that something was done. Of a name that is no account, nothing is kept."""
        self._access.write(
            lambda connection: note_access(connection, kind, account_id, by=by, detail=detail)
        )

    def list(self, limit: int) -> list[AccessEvent]:
        """Return what was done last, the newest first."""
        columns = access_event.c
        query = (
            select(columns.at, columns.kind, account.c.name, columns.by, columns.detail)
            .outerjoin_from(access_event, account, account.c.id == columns.account_id)
            .where(columns.at >= _oldest())
            .order_by(columns.at.desc(), columns.id)
            .limit(limit)
        )
        rows = self._access.read(lambda connection: connection.execute(query).all())
        return [
            AccessEvent(at=row.at, kind=row.kind, account=row.name or "", by=row.by, detail=row[4])
            for row in rows
        ]


def note_access(
    connection: Connection, kind: str, account_id: str | None, *, by: str, detail: str = ""
) -> None:
    """Note what is done in this transaction, and forget what is older than thirty days."""
    connection.execute(delete(access_event).where(access_event.c.at < _oldest()))
    values = {"id": identifier(), "at": now(), "kind": kind, "account_id": account_id}
    connection.execute(insert(access_event), values | {"by": by, "detail": detail})


def _oldest() -> str:
    return as_text(datetime.now(UTC) - KEPT)
