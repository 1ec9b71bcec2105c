"""A person to a row and back: random id and study in clear, everything else sealed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, insert, select, update

from survey_app.storage.moments import now
from survey_app.storage.people.places import place_of
from survey_app.storage.people.records import Person
from survey_app.storage.people.schema import person
from survey_app.storage.people.sealing import Keyring, Sealer

CLEAR = ("id", "study")
"""What of a person stands in clear."""


def open_person(row: Mapping[Any, Any], keys: Keyring) -> Person:
    """Return the person of a row."""
    words = keys.open(place_of(person, row), row["sealed"])
    return Person(**{name: row[name] for name in CLEAR}, **words)


def seal_person(who: Person, sealer: Sealer) -> dict[str, Any]:
    """Return the values of a person's row but its times."""
    words = asdict(who)
    clear = {name: words.pop(name) for name in CLEAR}
    return clear | {"sealed": sealer.seal(place_of(person, clear), words)}


def insert_people(
    connection: Connection, sealer: Sealer, people: Sequence[Person], at: str
) -> None:
    """Insert people who are not there yet; none at all is well."""
    times = {"created": at, "changed": at}
    rows = [seal_person(each, sealer) | times for each in people]
    if rows:
        connection.execute(insert(person), rows)


def keep_person(connection: Connection, keys: Keyring, who: Person) -> None:
    """Store a person, or replace what was stored under the same id."""
    sealer, at = keys.sealer(connection), now()
    values = seal_person(who, sealer) | {"changed": at}
    changed = connection.execute(update(person).where(person.c.id == who.id).values(values))
    if changed.rowcount == 0:
        insert_people(connection, sealer, [who], at)


def keep_new_person(connection: Connection, keys: Keyring, who: Person) -> bool:
    """Store a person unless somebody stands under the id; return whether they were stored.

    In a transaction that writes, which is the only one, so that of two one is told.
    """
    if connection.scalar(select(person.c.id).where(person.c.id == who.id)) is not None:
        return False
    insert_people(connection, keys.sealer(connection), [who], now())
    return True
