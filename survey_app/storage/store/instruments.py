"""The versions of instruments: drafts that are tried, and what was published or retired."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, insert, select

from survey_app.storage.moments import identifier, now
from survey_app.storage.records import InstrumentVersionRecord, Json, Publication
from survey_app.storage.schema import instrument_analysis
from survey_app.storage.schema import instrument_version as table
from survey_app.storage.store import lives
from survey_app.storage.store.access import Access
from survey_app.storage.store.rows import not_published, to_record


class Instruments:
    """Versions, each with its whole definition."""

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
        studies: Collection[str] = (),
    ) -> Publication:
        """Freeze a version; publishing the same fingerprint again changes nothing in it.

        What was tried of it as a draft is erased. In each of the ``studies`` it takes the place of
        the versions before it: delivered as they were, and open where one of them was. Raises
        FrozenVersion, with both fingerprints, for other content under the same version,
        RetiredVersion, and UnknownRecord for a study that is not there.
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
        done = self._access.write(lambda connection: lives.publish(connection, record, studies))
        if done.erased:
            self._access.forget_log()
        return done

    def try_out(
        self,
        *,
        name: str,
        version: str,
        format: int,  # noqa: A002 - the word that authors write in their file
        fingerprint: str,
        definition: dict[str, Json],
        by: str,
    ) -> int:
        """Store a draft and let it be tried; return how many trial responses were erased.

        Those are answers to a draft of the version that said something else. Raises FrozenVersion
        for a version that is published, RetiredVersion for one that was.
        """
        draft = InstrumentVersionRecord(
            name=name,
            version=version,
            state="draft",
            format=format,
            fingerprint=fingerprint,
            definition=definition,
            note="",
            published_by=by,
            published_at=now(),
            trial=True,
        )
        return self._erase(lambda connection: lives.try_out(connection, draft))

    def end_trial(self, name: str, version: str, by: str) -> int:
        """Let a draft be tried no more; return how many trial responses were erased.

        Raises UnknownRecord where there is no such draft.
        """
        return self._erase(lambda connection: lives.end_trial(connection, name, version, by))

    def retire(self, name: str, version: str, *, reason: str, by: str) -> bool:
        """Let a version be begun no more; return whether it was this that retired it.

        Whoever is in the middle of it goes on, and its answers stay. Raises UnknownRecord for one
        that is not published.
        """
        return self._access.write(
            lambda connection: lives.retire(connection, name, version, reason, by)
        )

    def followers(self, name: str) -> list[str]:
        """Return the studies whose protocol has the instrument, in whatever version."""
        return self._access.read(lambda connection: lives.list_followers(connection, name))

    def trials(self) -> list[InstrumentVersionRecord]:
        """Return the drafts that may be tried now."""
        query = select(table).where(table.c.trial)
        return self._access.read(lambda connection: _read_versions(connection, query))

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
        """Return what was published, retired or not, (of ``name``) in the order of publication."""
        query = select(table).where(table.c.state != "draft")
        chosen = query if name is None else query.where(table.c.name == name)
        return self._access.read(lambda connection: _read_versions(connection, chosen))

    def _erase(self, job: Callable[[Connection], int]) -> int:
        erased = self._access.write(job)
        if erased:
            self._access.forget_log()
        return erased


def _find(connection: Connection, name: str, version: str) -> InstrumentVersionRecord | None:
    query = select(table).where(table.c.name == name, table.c.version == version)
    row = connection.execute(query).mappings().first()
    return None if row is None else _to_version(connection, row)


def _read_versions(connection: Connection, query: Select[Any]) -> list[InstrumentVersionRecord]:
    ordered = query.order_by(table.c.name, table.c.published_at, table.c.version)
    return [_to_version(connection, row) for row in connection.execute(ordered).mappings().all()]


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
