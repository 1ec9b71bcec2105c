"""The database at one moment, for exports that stream."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, or_, select

from survey_app.storage.records import (
    InterviewRecord,
    ItemMarkRecord,
    MarkRecord,
    NoteRecord,
    ResponseRecord,
)
from survey_app.storage.schema import interview, response, study
from survey_app.storage.store.reading import (
    item_mark_records,
    mark_records,
    note_records,
    response_records,
)
from survey_app.storage.store.state import interview_records


class Snapshot:
    """Everything it returns is of the moment it was opened, however long the reading takes.

    ``instrument`` and ``versions`` None mean all. Responses come by date and then by random key,
    in the same order every time.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(
        self,
        study: str,
        instrument: str | None = None,
        versions: list[str] | None = None,
        *,
        include_test: bool = False,
    ) -> int:
        """Return how many responses the same arguments would stream."""
        chosen = _chosen(study, instrument, versions, include_test=include_test)
        query = select(func.count()).select_from(response).where(chosen)
        return self._connection.execute(query).scalar_one()

    def responses(
        self,
        study: str,
        instrument: str | None = None,
        versions: list[str] | None = None,
        *,
        include_test: bool = False,
    ) -> Iterator[ResponseRecord]:
        """Yield the responses with their answers, withdrawn ones as tombstones."""
        chosen = _chosen(study, instrument, versions, include_test=include_test)
        return response_records(self._connection, chosen)

    def marks(
        self,
        study: str,
        instrument: str | None = None,
        versions: list[str] | None = None,
        *,
        include_test: bool = False,
    ) -> Iterator[MarkRecord]:
        """Yield the probe marks with the participant's pseudonym and the interview's time."""
        chosen = _chosen(study, instrument, versions, include_test=include_test)
        return mark_records(self._connection, chosen)

    def interviews(
        self,
        study: str,
        instrument: str | None = None,
        versions: list[str] | None = None,
        *,
        include_test: bool = False,
    ) -> Iterator[InterviewRecord]:
        """Yield the course of the interviews of which not every such response is withdrawn."""
        chosen = _chosen(study, instrument, versions, include_test=include_test)
        kept = select(response.c.interview_id).where(chosen, response.c.state != "withdrawn")
        return interview_records(self._connection, interview.c.id.in_(kept))

    def item_marks(
        self,
        study: str,
        instrument: str | None = None,
        versions: list[str] | None = None,
        *,
        include_test: bool = False,
    ) -> Iterator[ItemMarkRecord]:
        """Yield the marks of whole questions, in the same way."""
        chosen = _chosen(study, instrument, versions, include_test=include_test)
        return item_mark_records(self._connection, chosen)

    def notes(
        self,
        study: str,
        instrument: str | None = None,
        versions: list[str] | None = None,
        *,
        include_test: bool = False,
    ) -> Iterator[NoteRecord]:
        """Yield the notes on the responses, and those on their interviews as a whole.

        What was said of a whole interview belongs to each instrument that was asked in it.
        """
        chosen = _chosen(study, instrument, versions, include_test=include_test)
        held = select(response.c.interview_id).where(chosen).correlate(None)
        whole = and_(response.c.id.is_(None), interview.c.id.in_(held))
        return note_records(self._connection, or_(chosen, whole))


@contextmanager
def open_snapshot(engine: Engine) -> Iterator[Snapshot]:
    """Open a read transaction for as long as the snapshot is used."""
    with engine.connect() as connection:
        # The moment is that of the first read, not that of BEGIN.
        connection.execute(select(study.c.id).limit(1)).all()
        yield Snapshot(connection)


def _study_id(slug: str) -> ColumnElement[str]:
    return select(study.c.id).where(study.c.slug == slug).scalar_subquery()


def _chosen(
    slug: str, instrument: str | None, versions: list[str] | None, *, include_test: bool
) -> ColumnElement[bool]:
    chosen = [response.c.study_id == _study_id(slug)]
    if instrument is not None:
        chosen.append(response.c.instrument == instrument)
    if versions is not None:
        chosen.append(response.c.version.in_(versions))
    if not include_test:
        chosen.append(response.c.is_test.is_(False))
    return and_(*chosen)
