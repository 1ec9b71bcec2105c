"""Erasing a study's answers at its end: batch by batch, so that what was interrupted goes on.

Every response becomes a tombstone as by a withdrawal (see withdrawal.py), test responses too; so
the counts of before and after reconcile, and every chain still verifies.
"""

import secrets
from datetime import date, timedelta

from sqlalchemy import Connection, Select, func, insert, select, update

from survey_app.storage.errors import ErasureUnfinished, UnknownRecord
from survey_app.storage.moments import identifier, now, today
from survey_app.storage.records import Change, Erased, Erasure, Json
from survey_app.storage.schema import erasure, invitation, response, study, study_instrument
from survey_app.storage.store.access import Access
from survey_app.storage.store.erasure_counts import count_content
from survey_app.storage.store.rows import study_row, to_record
from survey_app.storage.store.study_changes import note_change
from survey_app.storage.store.withdrawal import withdraw

SCOPE = "retention"
"""The scope in the tombstones of what was erased at the end of its time."""
ANSWERS: Erased = "answers"
_ERASURES: Select[tuple[object, ...]] = select(erasure, study.c.slug.label("study")).join(
    study, study.c.id == erasure.c.study_id
)


class Erasures:
    """Erasures by study."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def begin(self, slug: str, scope: Erased, *, people: int, by: str) -> Erasure:
        """Return a new erasure, or the one that was interrupted, which goes on.

        Of all answers, nothing can be begun from here on. ``people`` is how many names there are
        in the people database. Raises UnknownRecord.
        """
        return self._access.write(lambda connection: _begin(connection, slug, scope, people, by))

    def erase_some(self, erasure_id: str, most: int) -> int:
        """Erase up to so many responses; return how many are left. Raises UnknownRecord."""
        return self._access.write(lambda connection: _erase_some(connection, erasure_id, most))

    def empty_log(self) -> None:
        """Empty the write-ahead log, so that no file holds what was erased.

        Raises ErasureUnfinished while somebody still reads an older moment.
        """
        if not self._access.forget_log():
            raise ErasureUnfinished

    def count(self, slug: str) -> dict[str, Json]:
        """Return how much there is of a study now, in the form of Erasure.counts."""
        return self._access.read(
            lambda connection: count_content(connection, study_row(connection, slug)["id"])
        )

    def finish(self, erasure_id: str, certificate: dict[str, Json]) -> Erasure:
        """Keep the certificate of an erasure that has come to its end; the first one stays.

        Raises ErasureUnfinished where a response is left, UnknownRecord.
        """
        return self._access.write(lambda connection: _finish(connection, erasure_id, certificate))

    def find(self, erasure_id: str) -> Erasure | None:
        """Return one erasure, or None."""
        return self._access.read(lambda connection: _find(connection, erasure_id))

    def list(self, slug: str) -> list[Erasure]:
        """Return a study's erasures, the newest first."""
        query = _ERASURES.where(study.c.slug == slug)
        query = query.order_by(erasure.c.begun_at.desc(), erasure.c.id)
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(Erasure, row) for row in rows]

    def find_day(self, slug: str) -> str | None:
        """Return the day on which all answers of a study had been erased, None if they were not."""
        ended = [each.ended_at for each in self.list(slug) if each.scope == ANSWERS]
        return next((at[:10] for at in ended if at is not None), None)


def _begin(connection: Connection, slug: str, scope: Erased, people: int, by: str) -> Erasure:
    study_id = study_row(connection, slug)["id"]
    query = _ERASURES.where(erasure.c.study_id == study_id, erasure.c.ended_at.is_(None))
    row = connection.execute(query).mappings().first()
    if row is None:
        begun = _store(connection, study_id, scope, people, by)
    else:
        begun = row["id"]
        if scope == ANSWERS:
            widen = update(erasure).where(erasure.c.id == begun).values(scope=scope)
            connection.execute(widen)
    if scope == ANSWERS:
        _close(connection, study_id)
    found = _find(connection, begun)
    if found is None:
        raise _no_erasure(begun)
    return found


def _store(connection: Connection, study_id: str, scope: Erased, people: int, by: str) -> str:
    begun = identifier()
    connection.execute(
        insert(erasure).values(
            id=begun,
            study_id=study_id,
            scope=scope,
            begun_by=by,
            begun_at=now(),
            counts=count_content(connection, study_id) | {"people": people},
        )
    )
    note_change(connection, study_id, "erasure_begun", by, scope=scope)
    return begun


def _close(connection: Connection, study_id: str) -> None:
    """Let nobody begin any more, not even through a door that is remembered from before."""
    ended = (date.fromisoformat(today()) - timedelta(1)).isoformat()
    open_still = study.c.closes.is_(None) | (study.c.closes > ended)
    connection.execute(
        update(study).where(study.c.id == study_id, open_still).values(closes=ended, grace_days=0)
    )
    entries = update(study_instrument).where(study_instrument.c.study_id == study_id)
    connection.execute(entries.values(open=False))
    invitations = update(invitation).where(invitation.c.study_id == study_id)
    connection.execute(invitations.values(revoked=True))


def _erase_some(connection: Connection, erasure_id: str, most: int) -> int:
    found = _require(connection, erasure_id)
    left = _left(connection, found)
    query = left.add_columns(response.c.language).limit(most)
    for response_id, language in connection.execute(query).all():
        change = Change(
            client=secrets.token_hex(8),
            sequence=1,
            base_revision=0,
            kind="withdraw",
            actor=found.begun_by,
            source="web",
            language=language,
        )
        withdraw(connection, response_id, change, SCOPE)
    return connection.execute(select(func.count()).select_from(left.subquery())).scalar_one()


def _left(connection: Connection, found: Erasure) -> Select[tuple[str]]:
    """Return the query for the responses that are still to be erased."""
    study_id = study_row(connection, found.study)["id"]
    query = select(response.c.id).where(response.c.state != "withdrawn")
    if found.scope != ANSWERS:
        return query.where(response.c.id.is_(None))
    return query.where(response.c.study_id == study_id)


def _finish(connection: Connection, erasure_id: str, certificate: dict[str, Json]) -> Erasure:
    found = _require(connection, erasure_id)
    if found.ended_at is not None:
        return found
    if connection.execute(_left(connection, found).limit(1)).first() is not None:
        raise ErasureUnfinished
    values = {"ended_at": certificate["ended_at"], "certificate": certificate}
    connection.execute(update(erasure).where(erasure.c.id == erasure_id).values(values))
    kept = study_row(connection, found.study)
    details = {"scope": found.scope, "kept_until": kept["retain_until"]}
    note_change(connection, kept["id"], "erased", certificate["by"], **details)
    if found.scope in {ANSWERS, kept["afterwards"]}:
        # Nobody is reminded any more of what is done.
        done = update(study).where(study.c.id == kept["id"]).values(retain_until=None)
        connection.execute(done)
    return _require(connection, erasure_id)


def _find(connection: Connection, erasure_id: str) -> Erasure | None:
    query = _ERASURES.where(erasure.c.id == erasure_id)
    row = connection.execute(query).mappings().first()
    return None if row is None else to_record(Erasure, row)


def _require(connection: Connection, erasure_id: str) -> Erasure:
    found = _find(connection, erasure_id)
    if found is None:
        raise _no_erasure(erasure_id)
    return found


def _no_erasure(erasure_id: str) -> UnknownRecord:
    return UnknownRecord(f"There is no erasure {erasure_id}. Look at the study's page.")
