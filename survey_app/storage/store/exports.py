"""Which exports were made, by whom, and of what."""

from sqlalchemy import Connection, insert, select

from survey_app.storage.moments import identifier, now
from survey_app.storage.records import ExportRecord, Json
from survey_app.storage.schema import export_record, study
from survey_app.storage.store.access import Access
from survey_app.storage.store.rows import study_row, to_record


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
    ) -> ExportRecord:
        """Return the record of an export that was made; ``hash`` is the file's SHA-256.

        Raises UnknownRecord for a study that is not there.
        """
        made = ExportRecord(
            id=identifier(),
            who=who,
            study=study,
            filter=filter,
            columns=columns,
            rows=rows,
            hash=hash,
            at=now(),
        )
        self._access.write(lambda connection: _record(connection, made))
        return made

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
