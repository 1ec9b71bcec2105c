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
from survey_app.storage.people.rosters import Rosters
from survey_app.storage.people.schema import message, metadata, person
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

        A second call does nothing.
        """
        self._access.write(lambda connection: _forget(connection, person_id))
        self._access.forget_log()

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
    connection.execute(delete(message).where(message.c.person_id == person_id))
    connection.execute(delete(person).where(person.c.id == person_id))


def _keep(connection: Connection, who: Person) -> None:
    values: dict[str, Any] = asdict(who) | {"changed": now()}
    changed = connection.execute(update(person).where(person.c.id == who.id).values(values))
    if changed.rowcount == 0:
        connection.execute(insert(person).values(values | {"created": values["changed"]}))
