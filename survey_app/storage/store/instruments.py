"""The versions of instruments that were published."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert, select

from survey_app.storage.errors import FrozenVersion
from survey_app.storage.moments import identifier, now
from survey_app.storage.records import InstrumentVersionRecord, Json
from survey_app.storage.schema import instrument_analysis
from survey_app.storage.schema import instrument_version as table
from survey_app.storage.store.access import Access
from survey_app.storage.store.rows import not_published, to_record


class Instruments:
    """Published versions, each with its whole definition."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def publish(
        self,
        *,
        name: str,
        version: str,
        format: int,  # noqa: A002 - the word that authors write in their file
        fingerprint: str,
        definition: dict[str, Json],
        note: str,
        by: str,
    ) -> None:
        """Freeze a version; publishing the same fingerprint again does nothing.

        Raises FrozenVersion, with both fingerprints, for other content under the same version.
        """
        record = InstrumentVersionRecord(
            name=name,
            version=version,
            state="published",
            format=format,
            fingerprint=fingerprint,
            definition=definition,
            note=note,
            published_by=by,
            published_at=now(),
        )
        self._access.write(lambda connection: _publish(connection, record))

    def set_analysis(self, name: str, version: str, block: dict[str, Json], by: str) -> None:
        """Give a published version another ``analysis`` block; the ones before it are kept.

        It stands outside the fingerprint and is what later reading finds in the definition; the
        same block again does nothing. Raises UnknownRecord.
        """
        self._access.write(lambda connection: _set_analysis(connection, name, version, block, by))

    def find(self, name: str, version: str) -> InstrumentVersionRecord | None:
        """Return one version, or None."""
        return self._access.read(lambda connection: _find(connection, name, version))

    def list(self, name: str | None = None) -> list[InstrumentVersionRecord]:
        """Return all versions (of the instrument ``name``) in the order of publication."""
        query = select(table).order_by(table.c.name, table.c.published_at, table.c.version)
        if name is not None:
            query = query.where(table.c.name == name)
        return self._access.read(
            lambda connection: [
                _to_version(connection, row) for row in connection.execute(query).mappings().all()
            ]
        )


def _find(connection: Connection, name: str, version: str) -> InstrumentVersionRecord | None:
    query = select(table).where(table.c.name == name, table.c.version == version)
    row = connection.execute(query).mappings().first()
    return None if row is None else _to_version(connection, row)


def _to_version(connection: Connection, row: Mapping[Any, Any]) -> InstrumentVersionRecord:
    """Return a version with the newest of its analysis blocks in its definition."""
    record = to_record(InstrumentVersionRecord, row)
    added = (
        select(instrument_analysis.c.block)
        .where(instrument_analysis.c.instrument == record.name)
        .where(instrument_analysis.c.version == record.version)
        .order_by(instrument_analysis.c.added_at.desc())
        .limit(1)
    )
    block = connection.execute(added).scalar_one_or_none()
    if block is None:
        return record
    return replace(record, definition={**record.definition, "analysis": block})


def _set_analysis(
    connection: Connection, name: str, version: str, block: dict[str, Json], by: str
) -> None:
    stored = _find(connection, name, version)
    if stored is None:
        raise not_published(name, version)
    if stored.definition.get("analysis", {}) == block:
        return
    spelled = json.dumps(block, ensure_ascii=False, sort_keys=True)
    values = {
        "id": identifier(),
        "instrument": name,
        "version": version,
        "block": block,
        "fingerprint": hashlib.sha256(spelled.encode()).hexdigest(),
        "added_by": by,
        "added_at": now(),
    }
    connection.execute(insert(instrument_analysis).values(values))


def _publish(connection: Connection, record: InstrumentVersionRecord) -> None:
    stored = _find(connection, record.name, record.version)
    if stored is None:
        values = {name: getattr(record, name) for name in table.c.keys()}  # noqa: SIM118
        connection.execute(insert(table).values(values))
    elif stored.fingerprint != record.fingerprint:
        raise FrozenVersion(
            f"{record.name}@{record.version}",
            stored=stored.fingerprint,
            offered=record.fingerprint,
        )
