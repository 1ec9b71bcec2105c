"""The log of events: appending, telling a repeat from a change, reading the history.

An envelope says who changed something and when; its payload says what, in a row of its own that
can be erased alone. Each envelope holds the salted digest of its payload and the hash of the
envelope before it of the same response (of the interview itself, for what concerns no single
response), so that a change made behind our back shows.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, insert, select

from survey_app.storage.engine import Spelled
from survey_app.storage.records import Change, EventRecord, Json
from survey_app.storage.schema import event, event_payload, response
from survey_app.storage.statements import Statement
from survey_app.storage.store.rows import to_record

NOT_APPLIED = frozenset({"conflict", "late"})
"""Kinds of events that keep what was posted although nothing was changed by it."""

_ATTEMPTS = Statement(
    select(event.c.attempt, event.c.kind, event_payload.c.salt, event_payload.c.posted_digest)
    .outerjoin_from(event, event_payload)
    .where(
        event.c.subject == bindparam("subject"),
        event.c.client == bindparam("client"),
        event.c.client_sequence == bindparam("number"),
    )
    .order_by(event.c.attempt.desc(), event.c.part)
)
_INSERT_EVENT = Statement(insert(event))
_INSERT_PAYLOAD = Statement(insert(event_payload))
# Made once: the module's own function would make an encoder for each value.
_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)
_HASHED = [name for name in event.c.keys() if name != "hash"]  # noqa: SIM118


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where in the log an event goes, and the hash it follows."""

    response: str | None
    interview: str | None
    sequence: int
    previous: str
    at: str
    attempt: int = 0
    part: int = 0

    @property
    def subject(self) -> str:
        """What the sequence counts in: the interview where there is one."""
        return self.interview or self.response or ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """An event that is ready to be stored: the columns of its two rows, and its hash."""

    envelope: dict[str, Json]
    content: dict[str, Json]
    hash: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """The newest use of a client's sequence number; ``number`` is -1 for none.

    ``digests`` has the salt and the digest of what was posted, for each part; None once erased.
    """

    number: int
    kind: str
    digests: list[tuple[str | None, str | None]]

    def repeats(self, parts: list[Json]) -> bool:
        """Return whether the same bodies were posted then."""
        return len(parts) == len(self.digests) and all(
            salt is not None and salted_digest(salt, part) == digest
            for part, (salt, digest) in zip(parts, self.digests, strict=True)
        )


NEVER = Attempt(number=-1, kind="", digests=[])
"""What is known of a client's sequence number that was not used before."""


def canonical(value: Json) -> Spelled:
    """Return the one spelling of a JSON value that digests are taken from."""
    return Spelled(_CANONICAL.encode(value))


def listed(*parts: Spelled) -> Spelled:
    """Return the spelling of a list of values that are spelled."""
    return Spelled(f"[{','.join(parts)}]")


def mapped(**parts: Spelled) -> Spelled:
    """Return the spelling of an object of values that are spelled."""
    return Spelled("{" + ",".join(f'"{name}":{parts[name]}' for name in sorted(parts)) + "}")


def salted_digest(salt: str, value: Json) -> str:
    """Return the SHA-256 of the salt and the value, which may be spelled, in hexadecimal."""
    return hashlib.sha256((salt + _spelled(value)).encode("ascii")).hexdigest()


def envelope_hash(envelope: Mapping[Any, Any]) -> str:
    """Return the SHA-256 of an envelope's columns in order, but for its hash, in hexadecimal."""
    columns = [envelope[name] for name in _HASHED]
    return hashlib.sha256(canonical(columns).encode("ascii")).hexdigest()


def newest_attempt(connection: Connection, subject: str, change: Change) -> Attempt:
    """Return the newest use of the change's client and sequence."""
    key = {"subject": subject, "client": change.client, "number": change.sequence}
    rows = _ATTEMPTS.all(connection, key)
    if not rows:
        return NEVER
    number = rows[0]["attempt"]
    newest = [row for row in rows if row["attempt"] == number]
    digests = [(row["salt"], row["posted_digest"]) for row in newest]
    return Attempt(number=number, kind=rows[0]["kind"], digests=digests)


def append(
    connection: Connection,
    change: Change,
    place: Place,
    *,
    kind: str,
    payload: Json,
    posted: Json,
    timed: bool,
) -> str:
    """Store an event (see prepare) and return its hash."""
    entry = prepare(change, place, kind=kind, payload=payload, posted=posted, timed=timed)
    store(connection, entry)
    return entry.hash


def prepare(
    change: Change, place: Place, *, kind: str, payload: Json, posted: Json, timed: bool
) -> Entry:
    """Return an event to be stored.

    ``payload`` is what changed, ``posted`` what a repeat would post again; both may be spelled.
    ``timed`` says whether the client's time may be kept, which it is not for anonymous responses.
    """
    salt = secrets.token_hex(16)
    body = _spelled(payload)
    envelope = {
        **_origin(change, place),
        "kind": kind,
        "client_time": change.client_time if timed else None,
        "payload_digest": salted_digest(salt, body),
    }
    content = {
        "subject": place.subject,
        "sequence": place.sequence,
        "salt": salt,
        "posted_digest": salted_digest(salt, posted),
        "body": body,
    }
    return Entry(envelope=envelope, content=content, hash=envelope_hash(envelope))


def store(connection: Connection, entry: Entry) -> None:
    """Store an event."""
    _INSERT_EVENT.run(connection, entry.envelope | {"hash": entry.hash})
    _INSERT_PAYLOAD.run(connection, entry.content)


def _spelled(value: Json) -> Spelled:
    return value if isinstance(value, Spelled) else canonical(value)


def _origin(change: Change, place: Place) -> dict[str, Json]:
    return {
        "subject": place.subject,
        "sequence": place.sequence,
        "response_id": place.response,
        "interview_id": place.interview,
        "client": change.client,
        "client_sequence": change.sequence,
        "attempt": place.attempt,
        "part": place.part,
        "actor": change.actor,
        "source": change.source,
        "language": change.language,
        "server_time": place.at,
        "previous": place.previous,
    }


def of_response(response_id: str) -> ColumnElement[bool]:
    """Return the condition that an event is the response's; it is found by its subject."""
    subject = select(func.coalesce(response.c.interview_id, response.c.id))
    return and_(
        event.c.subject == subject.where(response.c.id == response_id).scalar_subquery(),
        event.c.response_id == response_id,
    )


def history(connection: Connection, response_id: str) -> list[EventRecord]:
    """Return the response's events in order."""
    query = (
        select(
            event,
            event.c.response_id.label("response"),
            event.c.interview_id.label("interview"),
            event_payload.c.body,
        )
        .outerjoin_from(event, event_payload)
        .where(of_response(response_id))
        .order_by(event.c.sequence)
    )
    return [to_record(EventRecord, row) for row in connection.execute(query).mappings()]
