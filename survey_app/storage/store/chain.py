"""Checking that nobody changed the log behind our back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.schema import event, event_payload, response
from survey_app.storage.store.log import envelope_hash, of_response, salted_digest

_EVENTS = (
    select(event, event_payload.c.salt, event_payload.c.body)
    .outerjoin_from(event, event_payload)
    .order_by(event.c.sequence)
)


def first_break(connection: Connection, response_id: str) -> int | None:
    """Return the sequence of the first event that does not hold, or None.

    An event holds when its hash is that of its columns, it follows the one before, and its
    payload is the one that was stored. A payload may be absent from a withdrawn response only.
    Events missing at the end are reported as the sequence after the last one present. Raises
    UnknownRecord.
    """
    query = select(response.c.state, response.c.head).where(response.c.id == response_id)
    owner = connection.execute(query).first()
    if owner is None:
        raise UnknownRecord(f"There is no response {response_id}. Check its identifier.")
    previous, last = "", 0
    rows = connection.execute(_EVENTS.where(of_response(response_id))).mappings()
    for row in rows.all():
        erasable = owner.state == "withdrawn"
        if row["previous"] != previous or not _holds(row, erasable=erasable):
            return int(row["sequence"])
        previous, last = row["hash"], row["sequence"]
    return None if previous == owner.head else last + 1


def _holds(row: Mapping[Any, Any], *, erasable: bool) -> bool:
    if envelope_hash(row) != row["hash"]:
        return False
    if row["salt"] is None:
        return erasable
    return salted_digest(row["salt"], row["body"]) == str(row["payload_digest"])
