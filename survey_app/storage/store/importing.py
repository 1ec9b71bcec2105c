"""Writing a group of whole responses: their rows, their answers and what tells how they came."""

import secrets
from dataclasses import dataclass, field

from sqlalchemy import Connection, insert

from survey_app.storage.moments import DAY, identifier, moment_for
from survey_app.storage.records import Change, ImportBatch, Json, Source, WholeResponse
from survey_app.storage.schema import answer, event, event_payload, response
from survey_app.storage.statements import Row, Statement
from survey_app.storage.store import log
from survey_app.storage.store.answers import as_columns
from survey_app.storage.store.choices import spell_choices
from survey_app.storage.store.participants import find_participant

SOURCE: Source = "import"
REVISION = 1
"""Of a response that was sent and not saved before."""

_INSERT_RESPONSE = Statement(
    insert(response),
    writes=[
        *("id", "study_id", "anonymous", "instrument", "version", "delivery", "source"),
        *("language", "state", "revision", "is_test", "participant_id", "head"),
        *("started", "updated", "submitted", "choices"),
    ],
)
_INSERT_EVENT = Statement(insert(event))
_INSERT_PAYLOAD = Statement(insert(event_payload))
_INSERT_ANSWER = Statement(insert(answer))


@dataclass(kw_only=True)
class Importing:
    """An import while it runs; the participants that were met are remembered."""

    connection: Connection
    batch: ImportBatch
    study_id: str
    anonymous: bool
    participants: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._at = moment_for(anonymous=self.anonymous)

    def write(self, group: list[WholeResponse]) -> None:
        """Write the responses with their events and answers."""
        rows: list[Row] = []
        entries: list[log.Entry] = []
        answers: list[Row] = []
        for whole in group:
            response_id, client = identifier(), secrets.token_hex(8)
            logged = self._log(response_id, client, whole)
            entries += logged
            rows.append(self._row(response_id, whole, head=logged[-1].hash))
            shared = {"response_id": response_id, "revision": REVISION, "client": client}
            answers += ({**as_columns(each), **shared} for each in whole.answers)
        _INSERT_RESPONSE.run_many(self.connection, rows)
        _INSERT_EVENT.run_many(
            self.connection, (each.envelope | {"hash": each.hash} for each in entries)
        )
        _INSERT_PAYLOAD.run_many(self.connection, (each.content for each in entries))
        _INSERT_ANSWER.run_many(self.connection, answers)

    def _row(self, response_id: str, whole: WholeResponse, *, head: str) -> Row:
        submitted = self._date(whole.submitted)
        return {
            "id": response_id,
            "study_id": self.study_id,
            "anonymous": self.anonymous,
            "instrument": self.batch.instrument,
            "version": self.batch.version,
            "delivery": "self",
            "source": SOURCE,
            "language": whole.language,
            "state": "submitted",
            "revision": REVISION,
            "is_test": whole.is_test,
            "participant_id": self._participant(whole.participant),
            "head": head,
            "started": self._date(whole.started or whole.submitted),
            "updated": self._at,
            "submitted": submitted,
            "choices": spell_choices(whole.answers),
        }

    def _date(self, moment: str | None) -> str:
        """Return a moment as precisely as it may be kept, this one for none."""
        if moment is None:
            return self._at
        return moment[:DAY] if self.anonymous else moment

    def _participant(self, pseudonym: str | None) -> str | None:
        if pseudonym is None:
            return None
        known = self.participants.get(pseudonym)
        if known is None:
            known = find_participant(self.connection, self.study_id, pseudonym)
            self.participants[pseudonym] = known
        return known

    def _log(self, response_id: str, client: str, whole: WholeResponse) -> list[log.Entry]:
        """Return the two events of a response: where it comes from, and what was sent."""
        origin: dict[str, Json] = {"file": self.batch.file, "digest": self.batch.digest}
        sent = log.mapped(answers=log.canonical([as_columns(row) for row in whole.answers]))
        first = self._entry(response_id, client, whole, SOURCE, log.canonical(origin))
        last = self._entry(response_id, client, whole, "send", sent, after=first)
        return [first, last]

    def _entry(
        self,
        response_id: str,
        client: str,
        whole: WholeResponse,
        kind: str,
        payload: Json,
        *,
        after: log.Entry | None = None,
    ) -> log.Entry:
        sequence = 1 if after is None else 2
        change = Change(
            client=client,
            sequence=sequence,
            base_revision=0,
            kind=kind,
            actor=self.batch.actor,
            source=SOURCE,
            language=whole.language,
        )
        place = log.Place(
            response=response_id,
            interview=None,
            sequence=sequence,
            previous="" if after is None else after.hash,
            at=self._at,
        )
        return log.prepare(
            change,
            place,
            kind=kind,
            payload=payload,
            posted=[response_id, kind],
            timed=not self.anonymous,
        )
