"""Rosters between being read and being added, so that a crash between loses and doubles nobody."""

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from survey_app.storage.moments import now
from survey_app.storage.people.records import Person, Roster
from survey_app.storage.people.schema import person, roster
from survey_app.storage.store.access import Access
from survey_app.storage.store.rows import to_record


class Rosters:
    """A study's rosters that were read; one that is added or dropped leaves no trace."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def keep(self, read: Roster) -> None:
        """Keep a roster until it is added or dropped; one of the same id is replaced."""
        values = asdict(read)
        values["people"] = [asdict(each) for each in read.people]
        values["problems"] = list(read.problems)
        values["left_out"] = list(read.left_out)

        def write(connection: Connection) -> None:
            connection.execute(delete(roster).where(roster.c.id == read.id))
            connection.execute(insert(roster).values(values))

        self._access.write(write)

    def list(self, study: str) -> list[Roster]:
        """Return a study's rosters, the newest first."""
        query = select(roster).where(roster.c.study == study).order_by(roster.c.made.desc())
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [_to_roster(row) for row in rows]

    def find(self, study: str, roster_id: str) -> Roster | None:
        """Return one of them, or None."""
        return next((each for each in self.list(study) if each.id == roster_id), None)

    def find_same(self, study: str, digest: str) -> Roster | None:
        """Return one that was read from a file with the same bytes, or None."""
        return next((each for each in self.list(study) if each.digest == digest), None)

    def enrol(self, read: Roster) -> None:
        """Keep a roster's people and forget the roster, in one; who is there stays as they are."""
        self._access.write(lambda connection: _enrol(connection, read))
        self._access.forget_log()

    def drop(self, roster_id: str) -> None:
        """Erase a roster. A second call does nothing."""
        self._access.write(
            lambda connection: connection.execute(delete(roster).where(roster.c.id == roster_id))
        )
        self._access.forget_log()


def drop_naming(connection: Connection, study: str, words: set[str]) -> None:
    """Drop a study's rosters in which somebody's name or address stands, in whatever case."""
    columns = roster.c
    query = select(columns.id, columns.file, columns.people, columns.problems)
    for read in connection.execute(query.where(columns.study == study)).all():
        said = json.dumps([read.file, read.people, read.problems], ensure_ascii=False).casefold()
        if any(json.dumps(each, ensure_ascii=False)[1:-1].casefold() in said for each in words):
            connection.execute(delete(roster).where(columns.id == read.id))


def _enrol(connection: Connection, read: Roster) -> None:
    there = set(connection.scalars(select(person.c.id).where(person.c.study == read.study)))
    at = now()
    times = {"created": at, "changed": at}
    new = [asdict(each) | times for each in read.people if each.id not in there]
    if new:
        connection.execute(insert(person), new)
    connection.execute(delete(roster).where(roster.c.id == read.id))


def _to_roster(row: Any) -> Roster:
    people = tuple(Person(**each) for each in row["people"])
    told = {name: tuple(row[name]) for name in ("problems", "left_out")}
    return to_record(Roster, row, people=people, **told)
