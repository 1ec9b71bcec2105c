"""The versions of instruments that were published."""

from sqlalchemy import Connection, insert, select

from survey_app.storage.errors import FrozenVersion
from survey_app.storage.moments import now
from survey_app.storage.records import InstrumentVersionRecord, Json
from survey_app.storage.schema import instrument_version as table
from survey_app.storage.store.access import Access
from survey_app.storage.store.rows import to_record


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
                to_record(InstrumentVersionRecord, row)
                for row in connection.execute(query).mappings()
            ]
        )


def _find(connection: Connection, name: str, version: str) -> InstrumentVersionRecord | None:
    query = select(table).where(table.c.name == name, table.c.version == version)
    row = connection.execute(query).mappings().first()
    return None if row is None else to_record(InstrumentVersionRecord, row)


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
