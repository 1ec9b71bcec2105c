"""An interview in the database as the plain values that a sheet on paper is filled with."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import click

from survey_app.definition.consent import Statement, read_stored
from survey_app.definition.markdown import strip_markup
from survey_app.paper.recorded import (
    Agreed,
    BreakOff,
    Given,
    Mark,
    Note,
    QuestionMark,
    RecordedRun,
    Sitting,
)
from survey_app.storage.records import InterviewState, NoteRecord, Run
from survey_app.storage.store import Store
from survey_app.web.interviewer.clock import read_clock
from survey_app.web.interviewer.ending import PAPER
from survey_app.web.interviewer.paper_times import say_holder, say_pauses
from survey_app.web.interviewer.participants import number_interviews
from survey_app.web.interviewer.timeline import find_break_offs


def find_interview(store: Store, given: str) -> InterviewState:
    """Return the interview of that id, or the one that a response belongs to.

    Raises a click.ClickException with a sentence where there is none, or nothing left of it.
    """
    interview = store.interviews.find(given)
    if interview is None:
        response = store.responses.find(given)
        if response is None:
            raise click.ClickException(
                f"There is no response and no interview '{given}'; take the id from an export."
            )
        if response.interview is not None:
            interview = store.interviews.find(response.interview)
    if interview is None:
        raise click.ClickException(
            f"The response '{given}' was given on the web form, not in an interview; its answers "
            "are in the export."
        )
    if all(run.state == "withdrawn" for run in interview.responses):
        raise click.ClickException("This interview was withdrawn; nothing of it is left to print.")
    return interview


def order_runs(
    store: Store, interview: InterviewState, wanted: Sequence[tuple[str, str | None]]
) -> list[Run]:
    """Return the interview's versions: those wanted, else all in the order of the protocol.

    Raises a click.UsageError for one that was not delivered in it.
    """
    here = {(run.instrument, run.version): run for run in interview.responses}
    for name, version in wanted:
        if (name, version or "") not in here:
            there = " and ".join(f"{name}@{version}" for name, version in here)
            raise click.UsageError(f"This interview did not use {name}@{version}; it used {there}.")
    if wanted:
        return [here[name, version or ""] for name, version in wanted]
    protocol = [(each.instrument, each.version) for each in store.studies.protocol(interview.study)]
    places = {key: place for place, key in enumerate(protocol)}
    return sorted(here.values(), key=lambda run: places.get((run.instrument, run.version), 999))


def read_run(interview: InterviewState, run: Run) -> RecordedRun:
    """Return what was recorded of one version."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for mark in interview.marks:
        if mark.response == run.response:
            marks[mark.item].append(
                Mark(
                    probe=mark.probe,
                    state=mark.state,
                    phase=mark.phase,
                    first_at=mark.first_at,
                    changed_at=mark.changed_at,
                    example=mark.example,
                    flags=tuple(mark.flags),
                    text=mark.text,
                    reason=mark.reason,
                )
            )
    return RecordedRun(
        marks={item: tuple(found) for item, found in marks.items()},
        questions=_read_questions(interview, run),
        notes=_group_notes(note for note in interview.notes if note.response == run.response),
        answers={
            (answer.item, answer.row): Given(value=answer.value, reason=answer.reason)
            for answer in interview.answers
            if answer.response == run.response
        },
        visits=tuple(_read_visits(interview, run)),
    )


def list_asked(store: Store, study: str, language: str) -> tuple[Agreed, ...]:
    """Return the statements that a study's consent text for interviews asks for, none ticked."""
    text = store.studies.consent_text(study, "interviewer")
    statements = read_stored(text.body).besides_recording if text else ()
    return tuple(Agreed(words=_say(each, language)) for each in statements)


def _list_agreed(store: Store, interview: InterviewState) -> tuple[Agreed, ...]:
    """Return the statements of the text that was agreed to last, and which were ticked."""
    consents = store.consents.of_interview(interview.id)
    if not consents:
        return ()
    given = consents[0]
    return tuple(
        Agreed(words=_say(each, given.language), ticked=given.ticks[each.key])
        for each in read_stored(given.text.body).besides_recording
        if each.key in given.ticks
    )


def _say(statement: Statement, language: str) -> str:
    return strip_markup(statement.text.in_language(language))


def make_sitting(store: Store, interview: InterviewState) -> Sitting:
    """Return who held the interview with whom, when, how it ended, and its notes as a whole."""
    held = interview.held or {}
    known = {run.response for run in interview.responses}
    study = store.studies.find(interview.study)
    ordinal = number_interviews(store.interviews.list(interview.study))[interview.id]
    return Sitting(
        study=study.title if study else interview.study,
        participant=interview.participant,
        interviewer=say_holder(interview),
        day=held.get("day") or interview.started[:10],
        clock=tuple((turn["action"], turn["at"]) for turn in interview.clock),
        elapsed=read_clock(interview.clock).elapsed,
        planned_minutes=interview.planned_minutes,
        consent=interview.consent_version,
        recording_permitted=interview.recording_permitted,
        recording_at=interview.recording_offset,
        outcome=interview.outcome,
        break_offs=tuple(_read_break_offs(store, interview)),
        agreed=_list_agreed(store, interview),
        held=" ".join(filter(None, (held.get("day"), _say_hours(held)))),
        paused=say_pauses(held),
        keyed_in=interview.started if interview.source == PAPER else "",
        keyed_by=interview.interviewer,
        number=ordinal.number,
        numbers=ordinal.total,
        is_test=interview.is_test,
        notes=tuple(
            _read_note(note)
            for note in interview.notes
            if note.response not in known or note.item is None
        ),
    )


def _read_break_offs(store: Store, interview: InterviewState) -> Iterable[BreakOff]:
    for broken in find_break_offs(store.interviews.timeline(interview.id)):
        yield BreakOff(
            at=broken.at,
            reason=broken.reason,
            call_back=broken.call_back,
            resume=broken.resume.rpartition("/")[2],
        )


def _say_hours(held: dict[str, str]) -> str:
    hours = (held.get("from", ""), held.get("until", ""))
    return "–".join(hours) if any(hours) else ""


def _read_questions(interview: InterviewState, run: Run) -> dict[str, QuestionMark]:
    return {
        mark.item: QuestionMark(
            state=mark.state,
            reason=mark.reason,
            flags=tuple(mark.flags),
            turns=tuple((str(turn["phase"]), _read_time(turn["at"])) for turn in mark.turns),
        )
        for mark in interview.items
        if mark.response == run.response
    }


def _group_notes(notes: Iterable[NoteRecord]) -> dict[str, tuple[Note, ...]]:
    grouped: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        if note.item is not None:
            grouped[note.item].append(_read_note(note))
    return {item: tuple(found) for item, found in grouped.items()}


def _read_note(note: NoteRecord) -> Note:
    return Note(
        text=note.text,
        kind=note.kind,
        stream=note.stream,
        author=note.author,
        written=note.changed,
        late=note.added == "after",
        item=note.item or "",
        probe=note.probe or "",
    )


def _read_visits(interview: InterviewState, run: Run) -> Iterable[tuple[str, int | None]]:
    for visit in interview.visits:
        here = visit["response"] == run.response
        yield (str(visit["item"]) if here else "", _read_time(visit["at"]))


def _read_time(at: object) -> int | None:
    return at if isinstance(at, int) else None
