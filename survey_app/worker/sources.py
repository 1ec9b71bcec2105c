"""What the store keeps, as the reports take it: rows adapted while they stream."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey_app.definition.shapes import Answer
from survey_app.reports.responses import MarkRow, NoteRow, ResponseRow
from survey_app.storage.records import AnswerRow, MarkRecord, NoteRecord, ResponseRecord
from survey_app.storage.store import Snapshot


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Which responses: of a study and an instrument, of some versions, with tests or without."""

    study: str
    instrument: str
    versions: tuple[str, ...]
    include_test: bool = False


@dataclass(frozen=True)
class Stream:
    """A selection of a snapshot; each call reads it anew, in the same order."""

    snapshot: Snapshot
    selection: Selection

    def responses(self) -> Iterator[ResponseRow]:
        """Yield the responses with their answers."""
        chosen = self.selection
        rows = self.snapshot.responses(
            chosen.study,
            chosen.instrument,
            list(chosen.versions),
            include_test=chosen.include_test,
        )
        return map(adapt_response, rows)

    def marks(self) -> Iterator[MarkRow]:
        """Yield the probe marks."""
        chosen = self.selection
        rows = self.snapshot.marks(
            chosen.study,
            chosen.instrument,
            list(chosen.versions),
            include_test=chosen.include_test,
        )
        return map(adapt_mark, rows)

    def notes(self) -> Iterator[NoteRow]:
        """Yield the notes on the instrument; those on an interview as a whole are not of one."""
        chosen = self.selection
        rows = self.snapshot.notes(
            chosen.study,
            chosen.instrument,
            list(chosen.versions),
            include_test=chosen.include_test,
        )
        return map(adapt_note, rows)

    def count(self, *, include_test: bool) -> int:
        """Return how many responses there are, with tests or without."""
        chosen = self.selection
        return self.snapshot.count(
            chosen.study, chosen.instrument, list(chosen.versions), include_test=include_test
        )


def adapt_response(record: ResponseRecord) -> ResponseRow:
    """Return a stored response as reports take it."""
    answers: dict[str, dict[str, Answer]] = {}
    for row in record.answers:
        answers.setdefault(row.item, {})[row.row] = adapt_answer(row)
    return ResponseRow(
        id=record.id,
        study=record.study,
        instrument=record.instrument,
        version=record.version,
        delivery=record.delivery,
        source=record.source,
        language=record.language,
        state=record.state,
        started=record.started,
        participant=record.participant,
        interview=record.interview,
        submitted=record.submitted,
        is_test=record.is_test,
        answers=answers,
    )


def adapt_answer(row: AnswerRow) -> Answer:
    """Return a stored answer as reports take it."""
    return Answer(
        value=row.value, other=row.other_text, unticked=row.other_unticked, reason=row.reason
    )


def adapt_mark(record: MarkRecord) -> MarkRow:
    """Return a stored mark as reports take it."""
    return MarkRow(
        response=record.response,
        instrument=record.instrument,
        version=record.version,
        item=record.item,
        probe=record.probe,
        state=record.state,
        participant=record.participant,
        interview=record.interview,
        interview_started=record.interview_started,
        phase=record.phase,
        at_ms=record.first_at,
        example=record.example,
        flags=tuple(record.flags),
        text=record.text,
        reason=record.reason,
    )


def adapt_note(record: NoteRecord) -> NoteRow:
    """Return a stored note as reports take it."""
    return NoteRow(
        id=record.id,
        stream=record.stream,
        kind=record.kind,
        text=record.text,
        created=record.created,
        response=record.response,
        participant=record.participant,
        interview=record.interview,
        interview_started=record.interview_started,
        instrument=record.instrument,
        version=record.version,
        item=record.item,
        probe=record.probe,
        added=record.added,
        author=record.author,
    )
