"""Rosters between being read and being added, so that a crash between loses and doubles nobody."""

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from survey_app.storage.moments import now
from survey_app.storage.people.persons import insert_people
from survey_app.storage.people.places import place_of
from survey_app.storage.people.records import Person, Roster
from survey_app.storage.people.schema import person, roster
from survey_app.storage.people.sealing import Keyring
from survey_app.storage.store.access import Access

CLEAR = ("id", "study", "made")
"""What of a roster stands in clear."""


class Rosters:
    """A study's rosters that were read; one that is added or dropped leaves no trace."""

    def __init__(self, access: Access, keys: Keyring) -> None:
        self._access = access
        self._keys = keys

    def keep(self, read: Roster) -> None:
        """Keep a roster until it is added or dropped; one of the same id is replaced."""
        words = asdict(read)
        clear = {name: words.pop(name) for name in CLEAR}
        clear["people_ids"] = [each.id for each in read.people]

        def write(connection: Connection) -> None:
            sealed = self._keys.sealer(connection).seal(place_of(roster, clear), words)
            connection.execute(delete(roster).where(roster.c.id == read.id))
            connection.execute(insert(roster).values(clear | {"sealed": sealed}))

        self._access.write(write)

    def list(self, study: str) -> list[Roster]:
        """Return a study's rosters, the newest first."""
        return self._access.read(lambda connection: list_rosters(connection, self._keys, study))

    def find(self, study: str, roster_id: str) -> Roster | None:
        """Return one of them, or None."""
        return next((each for each in self.list(study) if each.id == roster_id), None)

    def find_same(self, study: str, digest: str) -> Roster | None:
        """Return one that was read from a file with the same bytes, or None."""
        return next((each for each in self.list(study) if each.digest == digest), None)

    def enrol(self, read: Roster) -> None:
        """Keep a roster's people and forget the roster, in one; who is there stays as they are."""
        self._access.write(lambda connection: _enrol(connection, self._keys, read))
        self._access.forget_log()

    def drop(self, roster_id: str) -> None:
        """Erase a roster. A second call does nothing."""
        self._access.write(
            lambda connection: connection.execute(delete(roster).where(roster.c.id == roster_id))
        )
        self._access.forget_log()


def list_rosters(connection: Connection, keys: Keyring, study: str) -> list[Roster]:
    """Return a study's rosters within a transaction, the newest first."""
    query = select(roster).where(roster.c.study == study).order_by(roster.c.made.desc())
    return [_to_roster(row, keys) for row in connection.execute(query).mappings().all()]


def drop_naming(connection: Connection, keys: Keyring, study: str, words: set[str]) -> None:
    """Drop a study's rosters in which somebody's name or address stands, in whatever case."""
    for read in list_rosters(connection, keys, study):
        people = [asdict(each) for each in read.people]
        said = json.dumps([read.file, people, read.problems], ensure_ascii=False).casefold()
        if any(json.dumps(each, ensure_ascii=False)[1:-1].casefold() in said for each in words):
            connection.execute(delete(roster).where(roster.c.id == read.id))


def _enrol(connection: Connection, keys: Keyring, read: Roster) -> None:
    there = set(connection.scalars(select(person.c.id).where(person.c.study == read.study)))
    new = [each for each in read.people if each.id not in there]
    insert_people(connection, keys.sealer(connection), new, now())
    connection.execute(delete(roster).where(roster.c.id == read.id))


def _to_roster(row: Any, keys: Keyring) -> Roster:
    words = keys.open(place_of(roster, row), row["sealed"])
    people = tuple(Person(**each) for each in words.pop("people"))
    words |= {name: tuple(words[name]) for name in ("problems", "left_out")}
    return Roster(**{name: row[name] for name in CLEAR}, **words, people=people)
