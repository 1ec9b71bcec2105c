"""Which exports were made, by whom, and of what."""

from typing import Any

from sqlalchemy import Connection, Text, func, insert, select

from survey_app.storage.moments import identifier, now
from survey_app.storage.records import ExportRecord, Json
from survey_app.storage.schema import event, export_record, response, study
from survey_app.storage.store.access import Access
from survey_app.storage.store.rows import study_row, to_record

_ITS_EVENTS = (event.c.subject == func.coalesce(response.c.interview_id, response.c.id)) & (
    event.c.response_id == response.c.id
)
# Apart, so that they are found by the index of those few and not among all of the study.
_GONE = select(response.c.id).where(response.c.withdrawn_on.is_not(None))
_WITHDRAWN = (
    select(
        response.c.instrument,
        response.c.version,
        response.c.is_test,
        func.min(event.c.server_time, type_=Text),
        func.max(event.c.server_time, type_=Text),
    )
    .join(study, study.c.id == response.c.study_id)
    .join(event, _ITS_EVENTS)
    .where(response.c.id.in_(_GONE))
    .group_by(response.c.id)
)
"""When each response that was withdrawn came in and went, which is its last event."""


class Exports:
    """The record of exports, so that a withdrawal can name the files to purge."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def record(
        self,
        who: str,
        study: str,
        *,
        filter: dict[str, Json],  # noqa: A002 - the word on the export's first sheet
        columns: list[str],
        rows: int,
        hash: str,  # noqa: A002 - the column's name
        at: str | None = None,
    ) -> ExportRecord:
        """Return the record of an export that was made; ``hash`` is the file's SHA-256.

        ``at`` is when its making began, before anything was read; None stands for now. Raises
        UnknownRecord for a study that is not there.
        """
        made = ExportRecord(
            id=identifier(),
            who=who,
            study=study,
            filter=filter,
            columns=columns,
            rows=rows,
            hash=hash,
            at=at or now(),
        )
        self._access.write(lambda connection: _record(connection, made))
        return made

    def list_outdated(self, slug: str, instrument: str) -> list[ExportRecord]:
        """Return the exports that may hold what was withdrawn since, the newest first.

        Those are exports of an instrument begun after a response had come in, in one of their
        versions, and before it was withdrawn; of a test response only those with test responses.
        """
        query = _WITHDRAWN.where(study.c.slug == slug, response.c.instrument == instrument)
        gone = self._access.read(lambda connection: connection.execute(query).all())
        made = self.list(slug) if gone else []
        return [each for each in made if any(_may_hold(each, *row) for row in gone)]

    def list(self, slug: str) -> list[ExportRecord]:
        """Return the study's exports, the newest first."""
        query = (
            select(export_record, study.c.slug.label("study"))
            .join(study, study.c.id == export_record.c.study_id)
            .where(study.c.slug == slug)
            .order_by(export_record.c.at.desc(), export_record.c.id)
        )
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(ExportRecord, row) for row in rows]


def _may_hold(made: ExportRecord, *row: Any) -> bool:
    """Return whether an export may hold a response that came in and was withdrawn at these times.

    Of an anonymous response only the days are known.
    """
    instrument, version, is_test, came, went = row
    chosen = made.filter
    return (
        chosen.get("instrument") == instrument
        and version in (chosen.get("versions") or ())
        and (bool(chosen.get("include_test")) or not is_test)
        and came <= made.at
        and made.at[: len(went)] <= went
    )


def _record(connection: Connection, made: ExportRecord) -> None:
    connection.execute(
        insert(export_record).values(
            id=made.id,
            study_id=study_row(connection, made.study)["id"],
            who=made.who,
            filter=made.filter,
            columns=made.columns,
            rows=made.rows,
            hash=made.hash,
            at=made.at,
        )
    )
