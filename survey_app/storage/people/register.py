"""The register of people: names, addresses and signatures by the participant's random id."""

from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, delete, insert, select, update

from survey_app.storage.engine import BUSY_TIMEOUT, open_engine
from survey_app.storage.moments import now
from survey_app.storage.people.letters import Letters
from survey_app.storage.people.mailings import Mailings
from survey_app.storage.people.records import Person
from survey_app.storage.people.rosters import Rosters, drop_naming
from survey_app.storage.people.schema import letter, mailing, message, metadata, person, roster
from survey_app.storage.store.access import Access
from survey_app.storage.store.rows import to_record
from survey_app.storage.upgrade import Migrations, State

MIGRATIONS = Migrations(
    folder=Path(__file__).parent / "migrations",
    metadata=metadata,
    version_table="people_schema",
)
"""The migrations of the people database."""

__all__ = ["MIGRATIONS", "People", "Person", "migrate_people", "people_state"]


class People:
    """The people database at ``url``, which must have been migrated.

    Raises WrongDatabase when it is empty, older or newer than this program.
    """

    def __init__(self, url: str, *, busy_timeout: float = BUSY_TIMEOUT) -> None:
        engine = open_engine(url, busy_timeout=busy_timeout)
        MIGRATIONS.require_current(engine)
        self._access = Access.open(engine)
        self.rosters = Rosters(self._access)
        self.letters = Letters(self._access)
        self.mailings = Mailings(self._access)

    def keep(self, who: Person) -> None:
        """Store the person, or replace what was stored under the same id."""
        self._access.write(lambda connection: _keep(connection, who))

    def find(self, person_id: str) -> Person | None:
        """Return the person behind a participant, or None."""
        query = select(person).where(person.c.id == person_id)
        row = self._access.read(lambda connection: connection.execute(query).mappings().first())
        return None if row is None else to_record(Person, row)

    def forget(self, person_id: str) -> None:
        """Erase the person, and what was written to them; the file keeps no trace of the text.

        A roster that names them and was never added goes as well. A second call does nothing.
        """
        self._access.write(lambda connection: _forget(connection, person_id))
        self._access.forget_log()

    def forget_study(self, study: str) -> bool:
        """Erase all that is kept of a study: its people, rosters, letters, and what was sent.

        Returns whether no file holds a trace of it; if not, the log is still being emptied. May be
        repeated.
        """
        self._access.write(lambda connection: _forget_study(connection, study))
        return self._access.forget_log()

    def count(self, study: str) -> int:
        """Return how many people of a study are named here, in its list or in a roster."""
        ids = {each.id for each in self.list(study)}
        return len(ids.union(each.id for read in self.rosters.list(study) for each in read.people))

    def list(self, study: str) -> list[Person]:
        """Return the study's people by name."""
        query = select(person).where(person.c.study == study).order_by(person.c.name, person.c.id)
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(Person, row) for row in rows]

    def close(self) -> None:
        """Write what is queued and let go of the database; a second call does nothing."""
        self._access.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def migrate_people(url: str) -> None:
    """Bring the people database up to date, all or nothing (see storage.upgrade.migrate)."""
    engine = open_engine(url)
    try:
        MIGRATIONS.upgrade(engine)
    finally:
        engine.dispose()


def people_state(url: str) -> State:
    """Return how the people database relates to this program (see database_state)."""
    engine = open_engine(url)
    try:
        return MIGRATIONS.state(engine)
    finally:
        engine.dispose()


def _forget(connection: Connection, person_id: str) -> None:
    query = select(person.c.study, person.c.name, person.c.email).where(person.c.id == person_id)
    row = connection.execute(query).first()
    if row is not None:
        drop_naming(connection, row.study, {row.name, row.email} - {""})
    connection.execute(delete(message).where(message.c.person_id == person_id))
    connection.execute(delete(person).where(person.c.id == person_id))


def _forget_study(connection: Connection, study: str) -> None:
    mailings = select(mailing.c.id).where(mailing.c.study == study)
    connection.execute(delete(message).where(message.c.mailing_id.in_(mailings)))
    for table in (mailing, letter, roster, person):
        connection.execute(delete(table).where(table.c.study == study))


def _keep(connection: Connection, who: Person) -> None:
    values: dict[str, Any] = asdict(who) | {"changed": now()}
    changed = connection.execute(update(person).where(person.c.id == who.id).values(values))
    if changed.rowcount == 0:
        connection.execute(insert(person).values(values | {"created": values["changed"]}))
