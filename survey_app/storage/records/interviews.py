"""Interviews, and the marks and notes made in them."""

from dataclasses import dataclass

from survey_app.storage.records.values import Json


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkRecord:
    """One probe mark; ``first_at`` and ``changed_at`` are milliseconds into the interview.

    ``recorded_at`` is when its recording was started, in the same milliseconds. ``text`` says
    what an ``other:<n>`` probe was, ``reason`` why a probe was not asked.
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
    recorded_at: int | None
    example: str
    flags: list[str]
    text: str
    reason: str
    revision: int
    client: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemMarkRecord:
    """What holds for a whole question; its times are those of a MarkRecord.

    ``phase`` is ``free`` or ``probing``, and ``turns`` are the changes of it in order,
    ``{"phase": …, "at": milliseconds into the interview}``; a question begins in ``free``.
    ``reason`` says why the question was not asked.
    """

    response: str
    instrument: str
    version: str
    participant: str | None
    interview: str | None
    interview_started: str | None
    is_test: bool
    item: str
    state: str
    phase: str
    turns: list[dict[str, Json]]
    first_at: int | None
    changed_at: int | None
    recorded_at: int | None
    flags: list[str]
    reason: str
    revision: int
    client: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteRecord:
    """One note of an interviewer or observer; ``added`` is ``during`` or ``after``.

    An observer's own notes are of the kind ``observer``, in the stream ``observer:<account>``.
    ``ticks`` are those of the consent under which it was said, None where there was none.
    """

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
    ticks: dict[str, bool] | None = None


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
    the next change on. ``visits`` lists where the interviewer went, ``{"response", "item", "at":
    milliseconds into the interview}``, the last one last. ``recording_offset`` is when the
    recording was started, in the same milliseconds. ``held`` says when an interview on paper took
    place, ``{"day", "from", "until"}``, and where the sheet says so its ``pauses`` as
    ``14:20-14:25 14:40-14:41`` and ``by`` whom it was held. ``resume`` is ``<response>/<item>`` or
    empty. ``recording_permitted`` is None where nobody was asked.
    """

    id: str
    study: str
    participant: str
    interviewer: str
    language: str
    responses: list[Run]
    marks: list[MarkRecord]
    items: list[ItemMarkRecord]
    notes: list[NoteRecord]
    answers: list[InterviewAnswer]
    clock: list[dict[str, str]]
    visits: list[dict[str, Json]]
    recording_offset: int | None
    recording_permitted: bool | None
    consent_version: str | None
    planned_minutes: int | None
    held: dict[str, str] | None
    source: str
    outcome: str | None
    outcome_text: str
    call_back: str
    resume: str
    started: str
    finished: str | None
    revision: int
    sequence: int
    is_test: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class InterviewRecord:
    """The course of one interview, in the words of InterviewState.

    ``break_offs`` are all times that it was broken off, in order, ``{"at": server time, "reason",
    "call_back"}``, also those after which it went on.
    """

    id: str
    study: str
    participant: str
    interviewer: str
    source: str
    language: str
    consent_version: str | None
    recording_permitted: bool | None
    recording_offset: int | None
    planned_minutes: int | None
    held: dict[str, str] | None
    clock: list[dict[str, str]]
    visits: list[dict[str, Json]]
    outcome: str | None
    outcome_text: str
    call_back: str
    break_offs: list[dict[str, str]]
    started: str
    finished: str | None
    is_test: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class InterviewRow:
    """One interview in a list; ``call_back`` says when to go on with one that was broken off.

    ``clock``, ``held`` and ``resume`` are as in InterviewState; ``saved`` is the server's time at
    the newest change.
    """

    id: str
    study: str
    participant: str
    interviewer: str
    source: str
    outcome: str | None
    call_back: str
    resume: str
    clock: list[dict[str, str]]
    held: dict[str, str] | None
    saved: str
    started: str
    finished: str | None
    is_test: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Lease:
    """Who may write in an interview: whoever asked (``mine``), or ``holder`` until ``ends``."""

    mine: bool
    holder: str
    ends: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineEntry:
    """One event of an interview, on a response of it or (None) on the interview as a whole.

    ``operations`` are what was done, empty for the beginning and for what was erased;
    ``not_applied`` numbers those that were kept but not applied, since somebody else had changed
    the same thing.
    """

    sequence: int
    kind: str
    actor: str
    source: str
    server_time: str
    client: str
    client_sequence: int
    response: str | None
    operations: list[dict[str, Json]]
    not_applied: list[int]
