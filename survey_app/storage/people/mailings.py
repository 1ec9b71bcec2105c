"""Mail to many, a row for each message, so that nobody gets one twice after a crash."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, Select, insert, select, update

from survey_app.storage.moments import identifier, now
from survey_app.storage.people.records import Mailing, Message, MessageState
from survey_app.storage.people.schema import mailing, message, person
from survey_app.storage.store.access import Access
from survey_app.storage.store.rows import to_record

AGAIN: tuple[MessageState, ...] = ("failed", "unknown", "left_out")
"""The states of messages that are sent only once somebody asks for it."""


class Mailings:
    """The mailings of studies; no message is sent but by who has claimed it first."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def order(self, wanted: Mailing, languages: Mapping[str, str]) -> None:
        """Order a message for each person in ``languages``; the same mailing again does nothing."""
        self._access.write(lambda connection: _order(connection, wanted, languages))

    def find(self, mailing_id: str) -> Mailing | None:
        """Return one mailing, or None."""
        query = select(mailing).where(mailing.c.id == mailing_id)
        row = self._access.read(lambda connection: connection.execute(query).mappings().first())
        return None if row is None else to_record(Mailing, row)

    def messages(self, mailing_id: str) -> list[Message]:
        """Return the messages of a mailing by the names of the people."""
        return self._read(_MESSAGES.where(message.c.mailing_id == mailing_id))

    def list_messages(self, study: str) -> list[Message]:
        """Return all messages to a study's people, the oldest change first."""
        query = _MESSAGES.where(mailing.c.study == study).order_by(None)
        return self._read(query.order_by(message.c.changed, message.c.id))

    def count(self, mailing_id: str) -> Counter[str]:
        """Return how many messages of a mailing are in which state."""
        query = select(message.c.state).where(message.c.mailing_id == mailing_id)
        return Counter(self._access.read(lambda connection: connection.scalars(query).all()))

    def claim(self, message_id: str) -> bool:
        """Begin to send a message that waits; False where it does not wait any more."""
        return self._move(message_id, ("waiting",), "sending", "")

    def settle(self, message_id: str, state: MessageState, reason: str = "") -> None:
        """Say what became of a message that was claimed."""
        self._move(message_id, ("sending",), state, reason)

    def leave_out(self, message_id: str, reason: str) -> None:
        """Do not send a message that waits."""
        self._move(message_id, ("waiting",), "left_out", reason)

    def ask_again(self, message_id: str) -> None:
        """Let a message that was not sent, or not surely, wait once more."""
        self._move(message_id, AGAIN, "waiting", "")

    def give_up_interrupted(self, reason: str) -> None:
        """Call unknown what was being sent by a process that is gone.

        Only who knows that no process sends may call this.
        """
        change = update(message).where(message.c.state == "sending")
        values = {"state": "unknown", "reason": reason, "changed": now()}
        self._access.write(lambda connection: connection.execute(change.values(values)))

    def stop(self, mailing_id: str, reason: str) -> None:
        """Leave out whatever of a mailing still waits."""
        waiting = (message.c.mailing_id == mailing_id) & (message.c.state == "waiting")
        values = {"state": "left_out", "reason": reason, "changed": now()}
        change = update(message).where(waiting).values(values)
        self._access.write(lambda connection: connection.execute(change))

    def _read(self, query: Select[tuple[object, ...]]) -> list[Message]:
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(Message, row) for row in rows]

    def _move(
        self, message_id: str, before: tuple[MessageState, ...], state: MessageState, reason: str
    ) -> bool:
        this = (message.c.id == message_id) & message.c.state.in_(before)
        values = {"state": state, "reason": reason, "changed": now()}
        change = update(message).where(this).values(values)
        return self._access.write(lambda connection: connection.execute(change).rowcount) == 1

    def list(self, study: str) -> list[Mailing]:
        """Return a study's mailings, the newest first."""
        query = select(mailing).where(mailing.c.study == study)
        query = query.order_by(mailing.c.made.desc(), mailing.c.id)
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(Mailing, row) for row in rows]


_MESSAGES: Select[tuple[object, ...]] = (
    select(
        message,
        message.c.mailing_id.label("mailing"),
        message.c.person_id.label("person"),
        person.c.name,
        person.c.email,
        mailing.c.kind,
    )
    .join(person, person.c.id == message.c.person_id)
    .join(mailing, mailing.c.id == message.c.mailing_id)
    .order_by(person.c.name, message.c.id)
)


def _order(connection: Connection, wanted: Mailing, languages: Mapping[str, str]) -> None:
    if connection.scalar(select(mailing.c.id).where(mailing.c.id == wanted.id)) is not None:
        return
    values = {name: getattr(wanted, name) for name in Mailing.__slots__}
    connection.execute(insert(mailing).values(values))
    at = now()
    rows = [
        {
            "id": identifier(),
            "mailing_id": wanted.id,
            "person_id": person_id,
            "language": language,
            "state": "waiting",
            "reason": "",
            "changed": at,
        }
        for person_id, language in languages.items()
    ]
    if rows:
        connection.execute(insert(message), rows)
