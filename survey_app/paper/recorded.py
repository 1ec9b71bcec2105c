"""What was recorded in an interview, as plain values: the caller asks storage and hands them over.

Times called `at` are milliseconds into the interview, pauses left out; the others are the server's,
as ISO 8601 in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey_app.definition.shapes import Json


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What became of a probe; `text` says what a topic of the interviewer's own was."""

    probe: str
    state: str
    phase: str | None = None
    first_at: int | None = None
    changed_at: int | None = None
    example: str = "none"
    flags: tuple[str, ...] = ()
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionMark:
    """What holds for a question as a whole; `turns` are (phase, at), in order."""

    state: str
    reason: str = ""
    flags: tuple[str, ...] = ()
    turns: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Note:
    """What somebody wrote. `late` says that it was added after the interview."""

    text: str
    kind: str
    stream: str
    author: str
    written: str
    late: bool
    item: str = ""
    probe: str = ""


@dataclass(frozen=True, kw_only=True)
class Given:
    """A closed question's answer: its value, or the reason for which there is none."""

    value: Json
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordedRun:
    """What was recorded of one instrument's version.

    `visits` are (item, at) of the whole interview, in order; the item is empty where the
    interviewer had gone to another instrument.
    """

    marks: Mapping[str, tuple[Mark, ...]] = field(default_factory=dict)
    questions: Mapping[str, QuestionMark] = field(default_factory=dict)
    notes: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], Given] = field(default_factory=dict)
    visits: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, kw_only=True)
class BreakOff:
    """One time that the interview was broken off. `at` is empty where the time is not known."""

    at: str
    reason: str
    call_back: str
    resume: str


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """A statement of a consent text besides the recording: its words, and whether it was ticked."""

    words: str
    ticked: bool = False


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """One interview: who, when, how it began and ended, and the notes about it as a whole.

    `clock` are (action, time) in order, `elapsed` is in milliseconds. `held` says when an interview
    took place that was held on paper, `keyed_in` when it was typed in and `keyed_by` by whom;
    `paused` are its pauses as they stand on the sheet. `break_offs` are in order, also those after
    which it went on. `agreed` are the statements of the consent text. `number` counts the
    participant's interviews, of which there are `numbers`.
    """

    study: str
    participant: str
    interviewer: str
    day: str
    clock: tuple[tuple[str, str], ...]
    elapsed: int
    consent: str | None
    recording_permitted: bool | None
    recording_at: int | None
    outcome: str | None
    break_offs: tuple[BreakOff, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    planned_minutes: int | None = None
    held: str = ""
    paused: str = ""
    keyed_in: str = ""
    keyed_by: str = ""
    number: int = 1
    numbers: int = 1
    is_test: bool = False
    notes: tuple[Note, ...] = ()
