"""Who changed what about how a study is run: each change leaves one row, for ever."""

from sqlalchemy import Connection, func, insert, select

from survey_app.storage.moments import now
from survey_app.storage.records import Json, StudyChange
from survey_app.storage.schema import study, study_change
from survey_app.storage.store.rows import to_record


def note_change(connection: Connection, study_id: str, kind: str, who: str, **detail: Json) -> None:
    """Write down a change in the transaction that makes it."""
    columns = study_change.c
    last = connection.scalar(select(func.max(columns.number)).where(columns.study_id == study_id))
    connection.execute(
        insert(study_change).values(
            study_id=study_id,
            number=(last or 0) + 1,
            kind=kind,
            detail=detail,
            who=who,
            at=now(),
        )
    )


def find_newest(connection: Connection, study_id: str, kind: str) -> StudyChange | None:
    """Return a study's newest change of a kind, None where there is none."""
    query = (
        select(study_change)
        .where(study_change.c.study_id == study_id, study_change.c.kind == kind)
        .order_by(study_change.c.number.desc())
    )
    row = connection.execute(query.limit(1)).mappings().first()
    return None if row is None else to_record(StudyChange, row)


def list_changes(connection: Connection, slug: str, most: int) -> list[StudyChange]:
    """Return a study's newest changes, the newest first."""
    query = (
        select(study_change)
        .join(study, study.c.id == study_change.c.study_id)
        .where(study.c.slug == slug)
        .order_by(study_change.c.number.desc())
        .limit(most)
    )
    return [to_record(StudyChange, row) for row in connection.execute(query).mappings()]
