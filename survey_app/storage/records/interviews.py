"""Interviews, and the marks and notes made in them."""

from dataclasses import dataclass

from survey_app.storage.records.values import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkRecord:
    """One probe mark; ``first_at`` and ``changed_at`` are milliseconds into the interview.

    ``text`` says what an ``other:<n>`` probe was, ``reason`` why a probe was not asked.
    """

    response: str
    instrument: str
    version: str
    participant: str | None
    interview: str | None
    interview_started: str | None
    is_test: bool
    item: str
    probe: str
    state: str
    phase: str | None
    first_at: int | None
    changed_at: int | None
    example: str
    flags: list[str]
    text: str
    reason: str
    revision: int
    client: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteRecord:
    """One note of an interviewer or observer; ``added`` is ``during`` or ``after``."""

    id: str
    response: str | None
    instrument: str | None
    version: str | None
    participant: str | None
    interview: str | None
    interview_started: str | None
    is_test: bool
    item: str | None
    probe: str | None
    stream: str
    kind: str
    text: str
    added: str
    created: str
    changed: str
    author: str
    revision: int
    client: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One instrument version delivered in an interview, and the response it fills."""

    response: str
    instrument: str
    version: str
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class InterviewAnswer:
    """A closed question's answer that was recorded in an interview."""

    response: str
    item: str
    row: str
    value: Json
    reason: str | None
    revision: int
    client: str


@dataclass(frozen=True, kw_only=True, slots=True)
class InterviewState:
    """Everything the console shows of one interview.

    ``clock`` lists what was done to the clock, ``{"action": start|pause|resume|finish, "at":
    server time}``. ``sequence`` is the number of the newest event, ``revision`` the one to build
    the next change on.
    """

    id: str
    study: str
    participant: str
    interviewer: str
    language: str
    responses: list[Run]
    marks: list[MarkRecord]
    notes: list[NoteRecord]
    answers: list[InterviewAnswer]
    clock: list[dict[str, str]]
    outcome: str | None
    outcome_text: str
    started: str
    finished: str | None
    revision: int
    sequence: int
    is_test: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class InterviewRow:
    """One interview in a list."""

    id: str
    study: str
    participant: str
    interviewer: str
    outcome: str | None
    started: str
    finished: str | None
    is_test: bool
