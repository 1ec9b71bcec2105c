"""The register of people: names, addresses and signatures by the participant's random id."""

from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, delete, select

from survey_app.storage.engine import BUSY_TIMEOUT, open_engine
from survey_app.storage.people.letters import Letters
from survey_app.storage.people.mailings import Mailings
from survey_app.storage.people.persons import keep_new_person, keep_person, open_person
from survey_app.storage.people.records import Person
from survey_app.storage.people.rosters import Rosters, drop_naming
from survey_app.storage.people.schema import letter, mailing, message, person, roster
from survey_app.storage.people.sealing import Keyring, find_key_in_use
from survey_app.storage.people.upgrade import MIGRATIONS
from survey_app.storage.store.access import Access

__all__ = ["People", "Person"]


class People:
    """The people database at ``url``, which must have been migrated.

    ``key`` is the file of its key, which is read when something is sealed or opened; whatever does
    that raises KeyUnusable where it cannot be, or SealBroken for an entry that was tampered with.
    Raises WrongDatabase when the database is empty, older or newer than this program.
    """

    def __init__(self, url: str, key: Path, *, busy_timeout: float = BUSY_TIMEOUT) -> None:
        engine = open_engine(url, busy_timeout=busy_timeout)
        MIGRATIONS.require_current(engine)
        self._access = Access.open(engine)
        self._keys = Keyring(key)
        self.rosters = Rosters(self._access, self._keys)
        self.letters = Letters(self._access, self._keys)
        self.mailings = Mailings(self._access, self._keys)

    def require_key(self) -> None:
        """Raise KeyUnusable unless what is kept here can be read."""
        self._access.read(self._keys.require)

    def find_key(self) -> str:
        """Return the short name of the key that is in use; the key itself is not asked for."""
        return self._access.read(find_key_in_use)

    def keep(self, who: Person) -> None:
        """Store the person, or replace what was stored under the same id."""
        self._access.write(lambda connection: keep_person(connection, self._keys, who))

    def keep_new(self, who: Person) -> bool:
        """Store the person if nobody stands under their id yet; return whether that was so."""
        return self._access.write(lambda connection: keep_new_person(connection, self._keys, who))

    def find(self, person_id: str) -> Person | None:
        """Return the person behind a participant, or None."""
        query = select(person).where(person.c.id == person_id)
        row = self._access.read(lambda connection: connection.execute(query).mappings().first())
        return None if row is None else open_person(row, self._keys)

    def forget(self, person_id: str) -> None:
        """Erase the person, and what was written to them; the file keeps no trace of the text.

        A roster that names them and was never added goes as well. A second call does nothing.
        """
        self._access.write(lambda connection: _forget(connection, self._keys, person_id))
        self._access.forget_log()

    def forget_study(self, study: str) -> bool:
        """Erase all that is kept of a study: its people, rosters, letters, and what was sent.

        Returns whether no file holds a trace of it; if not, the log is still being emptied. May be
        repeated, and needs no key.
        """
        self._access.write(lambda connection: _forget_study(connection, study))
        return self._access.forget_log()

    def list_ids(self, study: str) -> set[str]:
        """Return the random ids of all people of a study, in its list or in a roster.

        The key is not needed.
        """
        return self._access.read(lambda connection: _list_ids(connection, study))

    def count(self, study: str) -> int:
        """Return how many people of a study are named here; the key is not needed."""
        return len(self.list_ids(study))

    def list(self, study: str) -> list[Person]:
        """Return the study's people by name."""
        query = select(person).where(person.c.study == study)
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        found = [open_person(row, self._keys) for row in rows]
        return sorted(found, key=lambda each: (each.name, each.id))

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


def _forget(connection: Connection, keys: Keyring, person_id: str) -> None:
    row = connection.execute(select(person).where(person.c.id == person_id)).mappings().first()
    if row is not None:
        who = open_person(row, keys)
        drop_naming(connection, keys, who.study, {who.name, who.email} - {""})
    connection.execute(delete(message).where(message.c.person_id == person_id))
    connection.execute(delete(person).where(person.c.id == person_id))


def _forget_study(connection: Connection, study: str) -> None:
    mailings = select(mailing.c.id).where(mailing.c.study == study)
    connection.execute(delete(message).where(message.c.mailing_id.in_(mailings)))
    for table in (mailing, letter, roster, person):
        connection.execute(delete(table).where(table.c.study == study))


def _list_ids(connection: Connection, study: str) -> set[str]:
    ids = set(connection.scalars(select(person.c.id).where(person.c.study == study)))
    waiting = connection.scalars(select(roster.c.people_ids).where(roster.c.study == study))
    return ids.union(each for people in waiting for each in people)
