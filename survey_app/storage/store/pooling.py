"""What was decided about versions that are counted together: added to, and never changed."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.moments import as_text, identifier, now
from survey_app.storage.records import Json, PoolingRecord
from survey_app.storage.schema import instrument_version, pooling_rule, study
from survey_app.storage.store.access import Access
from survey_app.storage.store.rows import study_row, to_record

STEP = timedelta(milliseconds=1)

Decision = tuple[dict[str, Json], str, str]
"""A rule as JSON, the reason for it, and who decided."""


class PoolingRules:
    """The pooling rules of a study's instruments.

    A rule is taken back by adding one that says so: who decided what, when and why always stays.
    Two people who decide at once both add; the later one stands.
    """

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(
        self, study: str, instrument: str, rule: dict[str, Json], note: str, by: str
    ) -> PoolingRecord:
        """Add a rule with the reason for it, after all that there are. Raises as `add_all`."""
        (added,) = self.add_all(study, instrument, [(rule, note, by)])
        return added

    def add_all(
        self, study: str, instrument: str, decisions: Sequence[Decision]
    ) -> list[PoolingRecord]:
        """Add several rules in their order, all or none.

        Raises UnknownRecord for a study or an instrument that is not there, and ValueError for a
        rule without a reason.
        """
        if not all(note.strip() for _rule, note, _by in decisions):
            raise ValueError("A pooling rule needs a reason.")
        return self._access.write(lambda connection: _add(connection, study, instrument, decisions))

    def list(self, slug: str, instrument: str) -> list[PoolingRecord]:
        """Return all rules that were ever added, the oldest first."""
        query = (
            select(pooling_rule, study.c.slug.label("study"))
            .join(study, study.c.id == pooling_rule.c.study_id)
            .where(study.c.slug == slug, pooling_rule.c.instrument == instrument)
            .order_by(pooling_rule.c.added_at, pooling_rule.c.id)
        )
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(PoolingRecord, row) for row in rows]


def _add(
    connection: Connection, slug: str, instrument: str, decisions: Sequence[Decision]
) -> list[PoolingRecord]:
    study_id = study_row(connection, slug)["id"]
    names = select(instrument_version.c.name).where(instrument_version.c.name == instrument)
    if connection.execute(names.limit(1)).first() is None:
        raise UnknownRecord(f"No version of {instrument} has been published. Publish one first.")
    added = []
    for rule, note, by in decisions:
        made = PoolingRecord(
            id=identifier(),
            study=slug,
            instrument=instrument,
            rule=rule,
            note=note,
            added_by=by,
            added_at=_find_moment(connection, study_id, instrument),
        )
        values = {"study_id": study_id, **asdict(made)}
        del values["study"]
        connection.execute(insert(pooling_rule).values(values))
        added.append(made)
    return added


def _find_moment(connection: Connection, study_id: str, instrument: str) -> str:
    """Return this moment, or the first one after the last rule: by it rules are put in order.

    A clock that was set back must not make a later decision an earlier one.
    """
    last = connection.scalar(
        select(func.max(pooling_rule.c.added_at)).where(
            pooling_rule.c.study_id == study_id, pooling_rule.c.instrument == instrument
        )
    )
    moment = now()
    if last is None or last < moment:
        return moment
    return as_text(datetime.fromisoformat(last) + STEP)
