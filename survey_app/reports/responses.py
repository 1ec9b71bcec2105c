"""What a report is made of. The caller adapts what it has stored to these."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from survey_app.definition.instrument import Instrument
from survey_app.definition.lineage import Lineage
from survey_app.definition.pooling import BY_NUMBERS, Pooling
from survey_app.definition.shapes import Answers
from survey_app.disclosure.withheld import Withheld
from survey_app.reports.comparison import Grouping

WITHDRAWN = "withdrawn"
IN_PROGRESS = "in_progress"
SUBMITTED = "submitted"
INTERVIEWER = "interviewer"
SELF = "self"


class ReportError(Exception):
    """A report cannot be made; the sentence says why and what to do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ResponseRow:
    """One response with its answers by item; a withdrawn one has none.

    `item_states` says what holds for whole items, such as refused, where an interviewer said so.
    Where the question that groups are made by is withheld, `group` is the response's, or `no_group`
    the reason why it has none. Times are text, "2026-11-22T20:14:05.123Z", and for anonymous
    responses a date, "2026-11-22".
    """

    id: str
    study: str
    instrument: str
    version: str
    delivery: str
    source: str
    language: str
    state: str
    started: str
    participant: str | None = None
    interview: str | None = None
    submitted: str | None = None
    is_test: bool = False
    answers: Mapping[str, Answers] = field(default_factory=dict)
    item_states: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    no_group: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkRow:
    """One mark of a probe; `at_ms` is milliseconds into the interview when it was first made.

    `changed_ms` is when it was made as it is now, `recorded_ms` when the recording was started.
    `text` says what an `other:<n>` probe was, `reason` why a probe was not asked.
    """

    response: str
    instrument: str
    version: str
    item: str
    probe: str
    state: str
    participant: str | None = None
    interview: str | None = None
    interview_started: str | None = None
    phase: str | None = None
    at_ms: int | None = None
    changed_ms: int | None = None
    recorded_ms: int | None = None
    example: str = "none"
    flags: tuple[str, ...] = ()
    text: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """A change of a question's phase, to `free` or `probing`, at milliseconds in if known."""

    phase: str
    at: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemMarkRow:
    """What holds for a whole question; the times are those of a MarkRow.

    `turns` are the changes of its phase in order; `reason` says why it was not asked.
    """

    response: str
    instrument: str
    version: str
    item: str
    state: str
    participant: str | None = None
    interview: str | None = None
    interview_started: str | None = None
    phase: str = "free"
    turns: tuple[Turn, ...] = ()
    at_ms: int | None = None
    changed_ms: int | None = None
    recorded_ms: int | None = None
    flags: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class BreakOff:
    """One time that an interview was broken off: when (of one on paper, when it was keyed in)."""

    at: str
    reason: str
    call_back: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """When the interviewer came to a question, in milliseconds into the interview if known.

    `item` is empty where a question was left for none.
    """

    response: str
    item: str
    at: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class InterviewRow:
    """The course of one interview.

    `elapsed_ms` is how long it has lasted without its `pauses`, `recorded_ms` when the recording
    was started, both in milliseconds and None where no clock ran; `held` says when one on paper
    took place and `held_by` by whom, where `interviewer` keyed it in. `call_back` is when to go on
    with one that stands broken off; `break_offs` are all, also those after which it went on.
    `visits` say where the interviewer was, in all responses of the interview.
    """

    id: str
    participant: str
    interviewer: str
    source: str
    language: str
    started: str
    finished: str | None
    elapsed_ms: int | None
    pauses: int
    planned_minutes: int | None
    held: str
    consent: str | None
    recording_permitted: bool | None
    recorded_ms: int | None
    outcome: str | None
    outcome_text: str
    call_back: str
    is_test: bool
    held_by: str = ""
    break_offs: tuple[BreakOff, ...] = ()
    visits: tuple[Visit, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentRow:
    """Under which version of the consent text a response was given, and each statement's tick.

    All but the response and its participant are None for one begun without a consent text.
    """

    response: str
    participant: str | None = None
    version: str | None = None
    language: str | None = None
    method: str | None = None
    day: str | None = None
    ticks: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteRow:
    """One note of an interviewer or observer, on a response or on an interview as a whole.

    `changed` is when it became what it is, `created` when it was first written. `may_quote` is
    what the participant said to being quoted, None where they were not asked.
    """

    id: str
    stream: str
    kind: str
    text: str
    created: str
    response: str | None = None
    participant: str | None = None
    interview: str | None = None
    interview_started: str | None = None
    instrument: str | None = None
    version: str | None = None
    item: str | None = None
    probe: str | None = None
    added: str = "during"
    changed: str | None = None
    author: str = ""
    may_quote: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Publishing:
    """When a version was published and retired, in text, and what was said of it then."""

    at: str
    note: str = ""
    retired: str | None = None


@dataclass(frozen=True, kw_only=True)
class Source:
    """Versions of one instrument and what they were answered with.

    Each of the callables starts anew with every call and yields the same in the same order, since
    reports read several times rather than keep responses in memory. Marks may come in any order;
    those of responses that are not among the responses are left out. `size` is how many responses
    there are, where that is known before they are read; `published` says what came of versions,
    as far as it is known. `pooling` says which versions are counted together. `known` are
    all versions that there are, over which renamed questions are followed; those of the report are
    enough where none is left out. `lineage` is given once they were (`harmonising.harmonise`).
    `withheld` are the questions that were taken out (`withholding.withhold`).
    """

    instruments: tuple[Instrument, ...]
    responses: Callable[[], Iterator[ResponseRow]]
    marks: Callable[[], Iterator[MarkRow]] = lambda: iter(())
    item_marks: Callable[[], Iterator[ItemMarkRow]] = lambda: iter(())
    notes: Callable[[], Iterator[NoteRow]] = lambda: iter(())
    interviews: Callable[[], Iterator[InterviewRow]] = lambda: iter(())
    consents: Callable[[], Iterator[ConsentRow]] = lambda: iter(())
    size: int | None = None
    published: Mapping[str, Publishing] = field(default_factory=dict)
    pooling: Pooling = BY_NUMBERS
    known: tuple[Instrument, ...] = ()
    lineage: Lineage | None = None
    withheld: tuple[Withheld, ...] = ()

    def rows(self) -> Iterator[ResponseRow]:
        """Yield the responses that have a row: a withdrawn one is counted and has none."""
        return (each for each in self.responses() if each.state != WITHDRAWN)


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a report says of itself. `exported` and `newest` are times in text, `filter` is words.

    `newest` is that of the newest event in the data, a day alone if that was of an anonymous
    response, and None where there are no data: files tell this one, so that the same data give the
    same bytes. `exported` is that of this file. `left_out` are sentences on what is not in it;
    `language` is that of labels and sentences. `all_sheets` asks a workbook of many responses for
    the sheets that it would leave out. `grouping` is what the groups are compared by, if any are.
    `tables_alone` asks a workbook for no sheet with answers of single people; `caution` is what
    stands above everything else in a file from which people can be recognised.
    """

    study: str
    exported: str
    newest: str | None = None
    filter: str = ""
    tests_left_out: int = 0
    left_out: tuple[str, ...] = ()
    language: str = "en"
    all_sheets: bool = False
    grouping: Grouping | None = None
    tables_alone: bool = False
    caution: str = ""
