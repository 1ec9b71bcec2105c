"""The life of a version: a draft that is tried, published once, retired in the end."""

import secrets
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from survey_app.storage.errors import FrozenVersion, RetiredVersion
from survey_app.storage.moments import now
from survey_app.storage.records import Change, InstrumentVersionRecord, Publication
from survey_app.storage.schema import instrument_version as table
from survey_app.storage.schema import response, study, study_instrument
from survey_app.storage.store.rows import not_published, study_row, to_record
from survey_app.storage.store.withdrawal import withdraw

TRIAL = "trial"
"""The scope of an erasure in the tombstones of what was tried."""


def find_stored(connection: Connection, name: str, version: str) -> InstrumentVersionRecord | None:
    """Return a version as it was stored, without what its analysis block became since."""
    row = connection.execute(select(table).where(_this(name, version))).mappings().first()
    return None if row is None else to_record(InstrumentVersionRecord, row)


def try_out(connection: Connection, draft: InstrumentVersionRecord) -> int:
    """Store a draft and open its trial; return how many trial responses to other words went.

    Raises FrozenVersion, RetiredVersion.
    """
    stored = find_stored(connection, draft.name, draft.version)
    if stored is None:
        connection.execute(insert(table).values(_columns(draft)))
        return 0
    _refuse_other(stored, draft)
    if stored.state != "draft":
        raise _frozen(stored, draft)
    same = stored.fingerprint == draft.fingerprint
    if same and stored.trial:
        return 0
    erased = 0 if same else erase_trial(connection, draft.name, draft.version, draft.published_by)
    connection.execute(update(table).where(_this_of(draft)).values(_columns(draft)))
    return erased


def end_trial(connection: Connection, name: str, version: str, by: str) -> int:
    """Close a draft's trial and erase what was tried; return how many responses that were.

    Raises UnknownRecord where there is no such draft.
    """
    stored = find_stored(connection, name, version)
    if stored is None or stored.state != "draft":
        raise not_published(name, version)
    connection.execute(update(table).where(_this(name, version)).values(trial=False))
    return erase_trial(connection, name, version, by)


def publish(
    connection: Connection, record: InstrumentVersionRecord, studies: Collection[str] = ()
) -> Publication:
    """Freeze a version, erase what was tried of it, and let the studies' protocols follow.

    One that is published already stays as it was. Raises FrozenVersion, RetiredVersion and
    UnknownRecord for a study that is not there.
    """
    stored = find_stored(connection, record.name, record.version)
    erased, fresh = 0, stored is None or stored.state == "draft"
    if stored is None:
        connection.execute(insert(table).values(_columns(record)))
    elif stored.state == "draft":
        erased = erase_trial(connection, record.name, record.version, record.published_by)
        connection.execute(update(table).where(_this_of(record)).values(_columns(record)))
    else:
        _refuse_other(stored, record)
    followed = tuple(
        slug for slug in studies if _follow(connection, slug, record.name, record.version)
    )
    kept = record if fresh or stored is None else stored
    return Publication(version=kept, fresh=fresh, erased=erased, followed=followed)


def retire(connection: Connection, name: str, version: str, reason: str, by: str) -> bool:
    """Let a version be asked no more; return whether it was this that retired it.

    Who is in the middle of it goes on. Raises UnknownRecord for one that is not published.
    """
    stored = find_stored(connection, name, version)
    if stored is None or stored.state == "draft":
        raise not_published(name, version)
    if stored.state == "retired":
        return False
    values = {"state": "retired", "retired_by": by, "retired_at": now(), "retirement": reason}
    connection.execute(update(table).where(_this(name, version)).values(values))
    asked = (study_instrument.c.instrument == name) & (study_instrument.c.version == version)
    connection.execute(update(study_instrument).where(asked).values(open=False))
    return True


def erase_trial(connection: Connection, name: str, version: str, by: str) -> int:
    """Erase every test response to a draft; return how many there were."""
    tried = (
        select(response.c.id, response.c.language)
        .where(response.c.instrument == name, response.c.version == version)
        .where(response.c.is_test, response.c.state != "withdrawn")
    )
    found = connection.execute(tried).all()
    for response_id, language in found:
        change = Change(
            client=secrets.token_hex(8),
            sequence=1,
            base_revision=0,
            kind="withdraw",
            actor=by,
            source="web",
            language=language,
        )
        withdraw(connection, response_id, change, TRIAL)
    return len(found)


def _follow(connection: Connection, slug: str, name: str, version: str) -> bool:
    """Let a version take the place of those before it in a protocol; whether it is asked there.

    It is delivered as they were, in their places and open where one of them was; they are closed.
    Where none was, as after the last was retired, nobody begins it before its lead opens it.
    """
    columns = study_instrument.c
    study_id = study_row(connection, slug)["id"]
    here = (columns.study_id == study_id) & (columns.instrument == name)
    rows = connection.execute(select(study_instrument).where(here)).mappings().all()
    before = [row for row in rows if row["version"] != version]
    present = {row["delivery"] for row in rows if row["version"] == version}
    for delivery in dict.fromkeys(row["delivery"] for row in before):
        if delivery not in present:
            same = [row for row in before if row["delivery"] == delivery]
            _take_over(connection, same, version)
    connection.execute(
        update(study_instrument).where(here, columns.version != version).values(open=False)
    )
    asked = select(columns.open).where(here, columns.version == version, columns.open)
    return bool(before) and connection.scalar(asked.limit(1)) is not None


def _take_over(connection: Connection, before: list[Any], version: str) -> None:
    opened = [row for row in before if row["open"]] or before
    place = min(row["position"] for row in opened)
    values = {**opened[0], "version": version, "position": place}
    connection.execute(insert(study_instrument).values(values))


def list_followers(connection: Connection, name: str) -> list[str]:
    """Return the studies whose protocol asks an instrument, in any version."""
    query = (
        select(study.c.slug)
        .join(study_instrument, study_instrument.c.study_id == study.c.id)
        .where(study_instrument.c.instrument == name)
        .distinct()
        .order_by(study.c.slug)
    )
    return list(connection.scalars(query))


def _refuse_other(stored: InstrumentVersionRecord, offered: InstrumentVersionRecord) -> None:
    """Refuse other content than was published, and what was retired."""
    if stored.state == "draft":
        return
    if stored.fingerprint != offered.fingerprint:
        raise _frozen(stored, offered)
    if stored.state == "retired":
        raise RetiredVersion(f"{stored.name}@{stored.version}", stored.retired_at or "")


def _frozen(stored: InstrumentVersionRecord, offered: InstrumentVersionRecord) -> FrozenVersion:
    return FrozenVersion(
        f"{stored.name}@{stored.version}", stored=stored.fingerprint, offered=offered.fingerprint
    )


def _columns(record: InstrumentVersionRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in table.c.keys()}  # noqa: SIM118


def _this(name: str, version: str) -> ColumnElement[bool]:
    return (table.c.name == name) & (table.c.version == version)


def _this_of(record: InstrumentVersionRecord) -> ColumnElement[bool]:
    return _this(record.name, record.version)
