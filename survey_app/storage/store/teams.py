"""A study's team: who has which role in it, and that somebody always leads it."""

from sqlalchemy import Connection, delete, func, insert, select

from survey_app.storage.errors import LastLead, UnknownRecord
from survey_app.storage.records import Member, Role
from survey_app.storage.schema import account, membership, study
from survey_app.storage.store.access import Access
from survey_app.storage.store.access_log import note_access
from survey_app.storage.store.rows import study_row, to_record
from survey_app.storage.store.study_changes import note_change

LEAD: Role = "study_lead"


class Teams:
    """Teams by their study's slug."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def list(self, slug: str) -> list[Member]:
        """Return who works in a study, by name."""
        query = (
            select(account.c.name, membership.c.role, account.c.disabled)
            .join(account, account.c.id == membership.c.account_id)
            .join(study, study.c.id == membership.c.study_id)
            .where(study.c.slug == slug)
            .order_by(account.c.name)
        )
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(Member, row) for row in rows]

    def appoint(self, slug: str, name: str, role: Role | None, *, by: str) -> None:
        """Give somebody their one role in a study; None takes it away.

        Raises UnknownRecord for a study or an account that is not there, LastLead where nobody
        would be left to lead the study.
        """
        self._access.write(lambda connection: appoint(connection, slug, name, role, by))


def appoint(connection: Connection, slug: str, name: str, role: Role | None, by: str) -> None:
    """Give somebody a role within a transaction (see Teams.appoint)."""
    study_id = study_row(connection, slug)["id"]
    account_id = connection.scalar(select(account.c.id).where(account.c.name == name))
    if account_id is None:
        raise UnknownRecord(f"There is no account “{name}”. Check the name, or add it first.")
    columns = membership.c
    this = (columns.account_id == account_id) & (columns.study_id == study_id)
    before = connection.scalar(select(columns.role).where(this))
    if before == role:
        return
    if before == LEAD and not _count_other_leads(connection, study_id, account_id):
        raise LastLead(name)
    connection.execute(delete(membership).where(this))
    if role is not None:
        values = {"study_id": study_id, "account_id": account_id, "role": role}
        connection.execute(insert(membership).values(values))
    note_change(connection, study_id, "role", by, name=name, role=role, before=before)
    note_access(connection, "role", account_id, by=by, detail=f"{role or 'none'} in {slug}")


def _count_other_leads(connection: Connection, study_id: str, account_id: str) -> int:
    """Return how many others lead the study who can sign in."""
    query = (
        select(func.count())
        .select_from(membership)
        .join(account, account.c.id == membership.c.account_id)
        .where(membership.c.study_id == study_id, membership.c.role == LEAD)
        .where(account.c.id != account_id, account.c.disabled.is_(False))
    )
    return connection.execute(query).scalar_one()
