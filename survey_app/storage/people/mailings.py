"""Mail to many, a row for each message, so that nobody gets one twice after a crash."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, insert, select, update

from survey_app.storage.moments import identifier, now
from survey_app.storage.people.persons import open_person
from survey_app.storage.people.places import ROWS, place_of
from survey_app.storage.people.records import Mailing, Message, MessageState, Person
from survey_app.storage.people.schema import mailing, message, person
from survey_app.storage.people.sealing import Keyring
from survey_app.storage.store.access import Access

AGAIN: tuple[MessageState, ...] = ("failed", "unknown", "left_out")
"""The states of messages that are sent only once somebody asks for it."""
CLEAR = ("id", "study", "kind", "made")
"""What of a mailing stands in clear; of a message, all but the reason."""


class Mailings:
    """The mailings of studies; no message is sent but by who has claimed it first."""

    def __init__(self, access: Access, keys: Keyring) -> None:
        self._access = access
        self._keys = keys

    def order(self, wanted: Mailing, languages: Mapping[str, str]) -> None:
        """Order a message for each person in ``languages``; the same mailing again does nothing."""
        self._access.write(lambda connection: _order(connection, self._keys, wanted, languages))

    def find(self, mailing_id: str) -> Mailing | None:
        """Return one mailing, or None."""
        return next(iter(self._read_mailings(mailing.c.id == mailing_id)), None)

    def messages(self, mailing_id: str) -> list[Message]:
        """Return the messages of a mailing by the names of the people."""
        found = self._read(_MESSAGES.where(message.c.mailing_id == mailing_id))
        return sorted(found, key=lambda each: (each.name, each.id))

    def list_messages(self, study: str) -> list[Message]:
        """Return all messages to a study's people, the oldest change first."""
        query = _MESSAGES.where(mailing.c.study == study)
        return self._read(query.order_by(message.c.changed, message.c.id))

    def count(self, mailing_id: str) -> Counter[str]:
        """Return how many messages of a mailing are in which state."""
        query = select(message.c.state).where(message.c.mailing_id == mailing_id)
        return Counter(self._access.read(lambda connection: connection.scalars(query).all()))

    def claim(self, message_id: str) -> bool:
        """Begin to send a message that waits; False where it does not wait any more."""
        return self._move(message.c.id == message_id, ("waiting",), "sending", "")

    def settle(self, message_id: str, state: MessageState, reason: str = "") -> None:
        """Say what became of a message that was claimed."""
        self._move(message.c.id == message_id, ("sending",), state, reason)

    def leave_out(self, message_id: str, reason: str) -> None:
        """Do not send a message that waits."""
        self._move(message.c.id == message_id, ("waiting",), "left_out", reason)

    def ask_again(self, message_id: str) -> None:
        """Let a message that was not sent, or not surely, wait once more."""
        self._move(message.c.id == message_id, AGAIN, "waiting", "")

    def give_up_interrupted(self, reason: str) -> None:
        """Call unknown what was being sent by a process that is gone.

        Only who knows that no process sends may call this.
        """
        self._move(message.c.id.is_not(None), ("sending",), "unknown", reason)

    def stop(self, mailing_id: str, reason: str) -> None:
        """Leave out whatever of a mailing still waits."""
        self._move(message.c.mailing_id == mailing_id, ("waiting",), "left_out", reason)

    def _move(
        self,
        which: ColumnElement[bool],
        before: tuple[MessageState, ...],
        state: MessageState,
        reason: str,
    ) -> bool:
        """Bring messages from one of the states before to another; return whether there were any.

        Each is read and changed within one transaction that writes, which is the only one.
        """

        def write(connection: Connection) -> bool:
            query = select(*(message.c[name] for name in ROWS[message]))
            rows = connection.execute(query.where(which, message.c.state.in_(before)))
            found = rows.mappings().all()
            if found:
                sealer, at = self._keys.sealer(connection), now()
            for row in found:
                sealed = sealer.seal(place_of(message, row), {"reason": reason})
                values = {"state": state, "sealed": sealed, "changed": at}
                change = update(message).where(message.c.id == row["id"])
                connection.execute(change.values(values))
            return bool(found)

        return self._access.write(write)

    def _read(self, query: Select[tuple[object, ...]]) -> list[Message]:
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        people: dict[str, Person] = {}
        return [self._to_message(row, people) for row in rows]

    def _to_message(self, row: Mapping[Any, Any], people: dict[str, Person]) -> Message:
        who = people.get(row["person_id"])
        if who is None:
            theirs = {"id": row["person_id"], "study": row["study"], "sealed": row["theirs"]}
            who = people[row["person_id"]] = open_person(theirs, self._keys)
        return Message(
            id=row["id"],
            mailing=row["mailing_id"],
            person=who.id,
            name=who.name,
            email=who.email,
            kind=row["kind"],
            language=row["language"],
            state=row["state"],
            changed=row["changed"],
            **self._keys.open(place_of(message, row), row["sealed"]),
        )

    def _read_mailings(self, which: ColumnElement[bool]) -> list[Mailing]:
        query = select(mailing).where(which).order_by(mailing.c.made.desc(), mailing.c.id)
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [
            Mailing(
                **{name: row[name] for name in CLEAR},
                **self._keys.open(place_of(mailing, row), row["sealed"]),
            )
            for row in rows
        ]

    def list(self, study: str) -> list[Mailing]:
        """Return a study's mailings, the newest first."""
        return self._read_mailings(mailing.c.study == study)


_MESSAGES: Select[tuple[object, ...]] = (
    select(message, person.c.study, person.c.sealed.label("theirs"), mailing.c.kind)
    .join(person, person.c.id == message.c.person_id)
    .join(mailing, mailing.c.id == message.c.mailing_id)
)


def _order(
    connection: Connection, keys: Keyring, wanted: Mailing, languages: Mapping[str, str]
) -> None:
    if connection.scalar(select(mailing.c.id).where(mailing.c.id == wanted.id)) is not None:
        return
    sealer, at = keys.sealer(connection), now()
    clear = {name: getattr(wanted, name) for name in CLEAR}
    words = {"texts": wanted.texts, "made_by": wanted.made_by}
    sealed = sealer.seal(place_of(mailing, clear), words)
    connection.execute(insert(mailing).values(clear | {"sealed": sealed}))
    rows = [
        {
            "id": identifier(),
            "mailing_id": wanted.id,
            "person_id": person_id,
            "language": language,
            "state": "waiting",
            "changed": at,
        }
        for person_id, language in languages.items()
    ]
    nothing = {"reason": ""}
    sealed_rows = [row | {"sealed": sealer.seal(place_of(message, row), nothing)} for row in rows]
    if sealed_rows:
        connection.execute(insert(message), sealed_rows)
