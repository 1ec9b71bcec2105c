"""A study's protocol, changed entry by entry: added, opened, closed, moved, taken out."""

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.records import Delivery
from survey_app.storage.schema import study_instrument
from survey_app.storage.store.access import Access
from survey_app.storage.store.rows import require_version, study_row
from survey_app.storage.store.study_changes import note_change

Entry = tuple[str, str, Delivery]
"""Instrument, version and by whom it is filled in: what names a row of a protocol."""


class Protocols:
    """Protocols by their study's slug. Responses that were begun go on, whatever is changed."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, slug: str, entry: Entry, *, by: str) -> bool:
        """Put a published version last, open; return whether it was not there yet.

        Raises UnknownRecord for a study that is not there or a version that is not published.
        """
        return self._access.write(lambda connection: _add(connection, slug, entry, by))

    def set_open(self, slug: str, entry: Entry, *, is_open: bool, by: str) -> None:
        """Let an entry be begun, or no more. Raises UnknownRecord, also to open a retired one."""
        self._access.write(
            lambda connection: _set_open(connection, slug, entry, by, is_open=is_open)
        )

    def move(self, slug: str, entry: Entry, *, up: bool, by: str) -> None:
        """Let an entry change places with its neighbour; at the end, nothing happens.

        Raises UnknownRecord.
        """
        self._access.write(lambda connection: _move(connection, slug, entry, by, up=up))

    def remove(self, slug: str, entry: Entry, *, by: str) -> None:
        """Take an entry out of the protocol; what was answered stays. Raises UnknownRecord."""
        self._access.write(lambda connection: _remove(connection, slug, entry, by))


def _add(connection: Connection, slug: str, entry: Entry, by: str) -> bool:
    study_id = study_row(connection, slug)["id"]
    require_version(connection, entry[0], entry[1])
    entries = _list(connection, study_id)
    if entry in entries:
        return False
    values = (study_id, *entry, len(entries), True)
    _number(connection, study_id, entries)
    connection.execute(insert(study_instrument).values(values))
    _note(connection, study_id, "added", entry, by)
    return True


def _set_open(connection: Connection, slug: str, entry: Entry, by: str, *, is_open: bool) -> None:
    study_id = study_row(connection, slug)["id"]
    if is_open:
        require_version(connection, entry[0], entry[1])
    change = update(study_instrument).where(_this(study_id, entry)).values(open=is_open)
    if connection.execute(change).rowcount == 0:
        raise _no_entry(entry)
    _note(connection, study_id, "opened" if is_open else "closed", entry, by)


def _move(connection: Connection, slug: str, entry: Entry, by: str, *, up: bool) -> None:
    study_id = study_row(connection, slug)["id"]
    entries = _list(connection, study_id)
    if entry not in entries:
        raise _no_entry(entry)
    here = entries.index(entry)
    there = here + (-1 if up else 1)
    if 0 <= there < len(entries):
        entries[here], entries[there] = entries[there], entries[here]
        _number(connection, study_id, entries)
        _note(connection, study_id, "moved", entry, by)


def _remove(connection: Connection, slug: str, entry: Entry, by: str) -> None:
    study_id = study_row(connection, slug)["id"]
    removal = delete(study_instrument).where(_this(study_id, entry))
    if connection.execute(removal).rowcount == 0:
        raise _no_entry(entry)
    _note(connection, study_id, "removed", entry, by)


def _list(connection: Connection, study_id: str) -> list[Entry]:
    columns = study_instrument.c
    query = (
        select(columns.instrument, columns.version, columns.delivery)
        .where(columns.study_id == study_id)
        .order_by(columns.position, columns.instrument, columns.version, columns.delivery)
    )
    return [(row.instrument, row.version, row.delivery) for row in connection.execute(query)]


def _number(connection: Connection, study_id: str, entries: list[Entry]) -> None:
    """Give each entry its place, so that no two have the same."""
    for place, entry in enumerate(entries):
        change = update(study_instrument).where(_this(study_id, entry)).values(position=place)
        connection.execute(change)


def _this(study_id: str, entry: Entry) -> ColumnElement[bool]:
    columns, (instrument, version, delivery) = study_instrument.c, entry
    named = (columns.instrument == instrument) & (columns.version == version)
    return (columns.study_id == study_id) & named & (columns.delivery == delivery)


def _note(connection: Connection, study_id: str, kind: str, entry: Entry, by: str) -> None:
    named = {"instrument": entry[0], "version": entry[1], "delivery": entry[2]}
    note_change(connection, study_id, kind, by, **named)


def _no_entry(entry: Entry) -> UnknownRecord:
    return UnknownRecord(
        f"{entry[0]}@{entry[1]} is not in the study's protocol in this way. Look at the protocol."
    )
