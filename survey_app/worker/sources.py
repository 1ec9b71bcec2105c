"""What the store keeps, as the reports take it: rows adapted while they stream."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from survey_app.definition.consent import QUOTED, WHOLE
from survey_app.definition.shapes import Answer
from survey_app.reports.responses import (
    WITHDRAWN,
    BreakOff,
    ConsentRow,
    InterviewRow,
    ItemMarkRow,
    MarkRow,
    NoteRow,
    ResponseRow,
    Turn,
    Visit,
)
from survey_app.storage.clock import list_pauses, measure, measure_held
from survey_app.storage.records import (
    AnswerRow,
    CarriedConsent,
    InterviewRecord,
    ItemMarkRecord,
    MarkRecord,
    NoteRecord,
    ResponseRecord,
    Selection,
)
from survey_app.storage.store import Snapshot

Found = TypeVar("Found")


@dataclass(frozen=True)
class Stream:
    """A selection of a snapshot; each call reads it anew, in the same order."""

    snapshot: Snapshot
    selection: Selection

    def responses(self) -> Iterator[ResponseRow]:
        """Yield the responses with their answers."""
        return map(adapt_response, self._read(self.snapshot.responses))

    def marks(self) -> Iterator[MarkRow]:
        """Yield the probe marks."""
        return map(adapt_mark, self._read(self.snapshot.marks))

    def item_marks(self) -> Iterator[ItemMarkRow]:
        """Yield the marks of whole questions."""
        return map(adapt_item_mark, self._read(self.snapshot.item_marks))

    def interviews(self) -> Iterator[InterviewRow]:
        """Yield the interviews that the instrument was asked in."""
        return map(adapt_interview, self._read(self.snapshot.interviews))

    def consents(self) -> Iterator[ConsentRow]:
        """Yield under which consent each response was given."""
        return map(adapt_consent, self._read(self.snapshot.consents))

    def notes(self) -> Iterator[NoteRow]:
        """Yield the notes on the instrument, and those on the interviews that it was asked in."""
        return map(adapt_note, self._read(self.snapshot.notes))

    def _read(self, read: Callable[..., Found]) -> Found:
        chosen = self.selection
        return read(
            chosen.study,
            chosen.instrument,
            list(chosen.versions),
            include_test=chosen.include_test,
            conditions=chosen.conditions,
        )

    def newest(self) -> str | None:
        """Return when the newest of what it reads was stored, None where it reads nothing."""
        return self._read(self.snapshot.newest)

    def count(self, *, include_test: bool) -> int:
        """Return how many responses there are, with tests or without."""
        chosen = self.selection
        return self.snapshot.count(
            chosen.study,
            chosen.instrument,
            list(chosen.versions),
            include_test=include_test,
            conditions=chosen.conditions,
        )

    def count_withdrawn(self, *, include_test: bool) -> int:
        """Return how many of these were withdrawn, which have no row in what is made."""
        chosen = self.selection.conditions
        if chosen.states and WITHDRAWN not in chosen.states:
            return 0
        gone = replace(self.selection, conditions=replace(chosen, states=(WITHDRAWN,)))
        return Stream(self.snapshot, gone).count(include_test=include_test)


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
        item_states=record.item_states,
    )


def adapt_consent(record: CarriedConsent) -> ConsentRow:
    """Return a consent as reports take it: each statement, without the consent as a whole."""
    ticks = {key: ticked for key, ticked in record.ticks.items() if key not in WHOLE}
    return ConsentRow(
        response=record.response,
        participant=record.participant,
        version=record.version,
        language=record.language,
        method=record.method,
        day=record.day,
        ticks=ticks,
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
        changed_ms=record.changed_at,
        recorded_ms=record.recorded_at,
        example=record.example,
        flags=tuple(record.flags),
        text=record.text,
        reason=record.reason,
    )


def adapt_item_mark(record: ItemMarkRecord) -> ItemMarkRow:
    """Return a stored mark of a whole question as reports take it."""
    return ItemMarkRow(
        response=record.response,
        instrument=record.instrument,
        version=record.version,
        item=record.item,
        state=record.state,
        participant=record.participant,
        interview=record.interview,
        interview_started=record.interview_started,
        phase=record.phase,
        turns=tuple(Turn(phase=turn["phase"], at=turn["at"]) for turn in record.turns),
        at_ms=record.first_at,
        changed_ms=record.changed_at,
        recorded_ms=record.recorded_at,
        flags=tuple(record.flags),
        reason=record.reason,
    )


def adapt_interview(record: InterviewRecord) -> InterviewRow:
    """Return a stored interview as reports take it; one that still runs has lasted until now."""
    held = record.held or {}
    return InterviewRow(
        id=record.id,
        participant=record.participant,
        interviewer=record.interviewer,
        source=record.source,
        language=record.language,
        started=record.started,
        finished=record.finished,
        elapsed_ms=_measure(record),
        pauses=_count_pauses(record),
        planned_minutes=record.planned_minutes,
        held=" ".join(held[name] for name in ("day", "from", "until") if name in held),
        held_by=held.get("by", ""),
        consent=record.consent_version,
        recording_permitted=record.recording_permitted,
        recorded_ms=record.recording_offset,
        outcome=record.outcome,
        outcome_text=record.outcome_text,
        call_back=record.call_back,
        break_offs=tuple(BreakOff(**each) for each in record.break_offs),
        visits=tuple(map(adapt_visit, record.visits)),
        is_test=record.is_test,
    )


def adapt_visit(stored: Mapping[str, Any]) -> Visit:
    """Return a stored visit as reports take it; one that was left for no question has no item."""
    return Visit(
        response=stored.get("response") or "", item=stored.get("item") or "", at=stored.get("at")
    )


def _measure(record: InterviewRecord) -> int | None:
    if record.held:
        return measure_held(record.held)
    return measure(record.clock) if record.clock else None


def _count_pauses(record: InterviewRecord) -> int:
    if record.held:
        return len(list_pauses(record.held))
    return sum(turn["action"] == "pause" for turn in record.clock)


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
        changed=record.changed,
        author=record.author,
        may_quote=(record.ticks or {}).get(QUOTED),
    )
