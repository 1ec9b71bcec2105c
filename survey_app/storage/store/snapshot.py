"""The database at one moment, for exports that stream."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, Text, and_, func, or_, select

from survey_app.storage.records import (
    CarriedConsent,
    Conditions,
    InterviewRecord,
    ItemMarkRecord,
    MarkRecord,
    NoteRecord,
    ResponseRecord,
)
from survey_app.storage.records.selection import EVERY
from survey_app.storage.schema import event, interview, response, study
from survey_app.storage.store.choosing import chosen
from survey_app.storage.store.reading import (
    consent_records,
    item_mark_records,
    mark_records,
    note_records,
    response_records,
)
from survey_app.storage.store.state import interview_records


class Snapshot:
    """Everything it returns is of the moment it was opened, however long the reading takes.

    ``instrument`` and ``versions`` None mean all; ``conditions`` narrow them. Responses come by
    date and then by random key, in the same order every time.
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
        conditions: Conditions = EVERY,
    ) -> int:
        """Return how many responses the same arguments would stream."""
        asked = chosen(
            study, instrument, versions, include_test=include_test, conditions=conditions
        )
        query = select(func.count()).select_from(response).where(asked)
        return self._connection.execute(query).scalar_one()

    def newest(
        self,
        study: str,
        instrument: str | None = None,
        versions: list[str] | None = None,
        *,
        include_test: bool = False,
        conditions: Conditions = EVERY,
    ) -> str | None:
        """Return when the newest event of the same responses was stored, None where there is none.

        It is a time in text, or a day where the newest is of an anonymous response. Their
        interviews count as well.
        """
        asked = chosen(
            study, instrument, versions, include_test=include_test, conditions=conditions
        )
        changed = func.max(response.c.updated, type_=Text)
        withdrawn = func.max(response.c.withdrawn_on, type_=Text)
        times = list(self._connection.execute(select(changed, withdrawn).where(asked)).one())
        held = select(response.c.interview_id).where(asked)
        told = select(func.max(event.c.server_time, type_=Text)).where(event.c.subject.in_(held))
        times.append(self._connection.execute(told).scalar_one())
        # As texts: all are in UTC and in ISO 8601, and a day alone stands before its moments.
        return max((time for time in times if time), default=None)

    def responses(
        self,
        study: str,
        instrument: str | None = None,
        versions: list[str] | None = None,
        *,
        include_test: bool = False,
        conditions: Conditions = EVERY,
    ) -> Iterator[ResponseRecord]:
        """Yield the responses with their answers, withdrawn ones as tombstones."""
        asked = chosen(
            study, instrument, versions, include_test=include_test, conditions=conditions
        )
        return response_records(self._connection, asked)

    def marks(
        self,
        study: str,
        instrument: str | None = None,
        versions: list[str] | None = None,
        *,
        include_test: bool = False,
        conditions: Conditions = EVERY,
    ) -> Iterator[MarkRecord]:
        """Yield the probe marks with the participant's pseudonym and the interview's time."""
        asked = chosen(
            study, instrument, versions, include_test=include_test, conditions=conditions
        )
        return mark_records(self._connection, asked)

    def interviews(
        self,
        study: str,
        instrument: str | None = None,
        versions: list[str] | None = None,
        *,
        include_test: bool = False,
        conditions: Conditions = EVERY,
    ) -> Iterator[InterviewRecord]:
        """Yield the course of the interviews of which not every such response is withdrawn."""
        asked = chosen(
            study, instrument, versions, include_test=include_test, conditions=conditions
        )
        kept = select(response.c.interview_id).where(asked, response.c.state != "withdrawn")
        return interview_records(self._connection, interview.c.id.in_(kept))

    def consents(
        self,
        study: str,
        instrument: str | None = None,
        versions: list[str] | None = None,
        *,
        include_test: bool = False,
        conditions: Conditions = EVERY,
    ) -> Iterator[CarriedConsent]:
        """Yield under which consent each response was given that was not withdrawn."""
        asked = chosen(
            study, instrument, versions, include_test=include_test, conditions=conditions
        )
        return consent_records(self._connection, asked)

    def item_marks(
        self,
        study: str,
        instrument: str | None = None,
        versions: list[str] | None = None,
        *,
        include_test: bool = False,
        conditions: Conditions = EVERY,
    ) -> Iterator[ItemMarkRecord]:
        """Yield the marks of whole questions, in the same way."""
        asked = chosen(
            study, instrument, versions, include_test=include_test, conditions=conditions
        )
        return item_mark_records(self._connection, asked)

    def notes(
        self,
        study: str,
        instrument: str | None = None,
        versions: list[str] | None = None,
        *,
        include_test: bool = False,
        conditions: Conditions = EVERY,
    ) -> Iterator[NoteRecord]:
        """Yield the notes on the responses, and those on their interviews as a whole.

        What was said of a whole interview belongs to each instrument that was asked in it.
        """
        asked = chosen(
            study, instrument, versions, include_test=include_test, conditions=conditions
        )
        held = select(response.c.interview_id).where(asked).correlate(None)
        whole = and_(response.c.id.is_(None), interview.c.id.in_(held))
        return note_records(self._connection, or_(asked, whole))


@contextmanager
def open_snapshot(engine: Engine) -> Iterator[Snapshot]:
    """Open a read transaction for as long as the snapshot is used."""
    with engine.connect() as connection:
        # The moment is that of the first read, not that of BEGIN.
        connection.execute(select(study.c.id).limit(1)).all()
        yield Snapshot(connection)
