"""What stands on a sheet of paper, as plain values that every kind of file is written from.

Whoever writes a file decides on type, lines and pages; the words, their order and what is ticked
are settled here. Where something was recorded it is a text; where there is room to write it is
None.
"""

from dataclasses import dataclass
from typing import Literal

Style = Literal["plain", "emphasis", "strong", "code"]


@dataclass(frozen=True, kw_only=True)
class Span:
    """A run of words in one style."""

    text: str
    style: Style = "plain"


Words = tuple[Span, ...]
Paragraphs = tuple[Words, ...]


@dataclass(frozen=True, kw_only=True)
class Box:
    """A box to tick; `letter` stands inside it, `words` say what it means."""

    letter: str
    words: str
    ticked: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A label with what was recorded, or (where `text` is None) room to write."""

    label: str
    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A closed question's answer: boxes, or (without any) an entry; and why there is none."""

    label: str
    choices: tuple[Box, ...]
    entry: Entry | None
    reasons: tuple[Box, ...]


@dataclass(frozen=True, kw_only=True)
class ProbeRow:
    """A topic to listen for. `remarks` hold all that was recorded of it, in words.

    `words` is empty for a row in which the interviewer writes a topic of their own. `apart` says
    that the remarks are too long for the list's last column and stand below the row.
    """

    key: str
    words: Words
    states: tuple[Box, ...]
    examples: tuple[Box, ...]
    flags: tuple[Box, ...]
    closed: Closed | None
    remarks: tuple[Entry, ...]
    apart: bool


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question with everything around it. `lines` is how many lines there are to write on."""

    number: int
    item: str
    condition: str
    aloud: Words
    if_needed: Words
    instruction: Words
    closed: Closed | None
    outcomes: tuple[Box, ...]
    why: Entry
    flags: tuple[Box, ...]
    phase: Entry | None
    lines: int
    remarks: tuple[Entry, ...]
    list_title: str
    do_not_read: str
    rows: tuple[ProbeRow, ...]
    follow_ups: bool


@dataclass(frozen=True, kw_only=True)
class Part:
    """A section of an instrument with the time it took."""

    key: str
    title: str
    introduction: Paragraphs
    times: tuple[Entry, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Run:
    """One instrument's version on the sheet."""

    title: str
    reference: str
    fingerprint: str
    introduction: Paragraphs
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """Neutral words that elicit more, and when they fit; `names_topics` only after the answer."""

    name: str
    wording: str
    fits: str
    names_topics: bool = False


@dataclass(frozen=True, kw_only=True)
class Legend:
    """How to read the sheet: its three voices and the letters of its boxes."""

    title: str
    aloud: str
    if_needed: str
    not_read: str
    if_needed_label: str
    aloud_label: str
    not_read_label: str
    probes: str
    boxes: tuple[Box, ...]
    no_box: str
    examples: tuple[Box, ...]
    flags: tuple[Box, ...]
    ticked: str


@dataclass(frozen=True, kw_only=True)
class Block:
    """A titled group of boxes and entries, such as how the interview ended."""

    title: str
    hint: str
    boxes: tuple[Box, ...]
    entries: tuple[Entry, ...]
    lines: int


@dataclass(frozen=True, kw_only=True)
class TableWords:
    """The headings of the list of probes, and what stands for remarks that are below the row."""

    state: str
    example: str
    flag: str
    note: str
    below: str


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A whole sheet: blank, or filled with what was recorded.

    `head` and `page` are repeated on every page; `page` holds `{page}` and `{pages}`.
    """

    title: str
    subject: str
    language: str
    filled: bool
    head: tuple[Entry, ...]
    page: str
    margin: str
    facts: tuple[Entry, ...]
    beginning: Block
    legend: Legend
    table: TableWords
    follow_up_title: str
    follow_up_short: str
    follow_ups: tuple[FollowUp, ...]
    runs: tuple[Run, ...]
    ending: Block
    observed: tuple[Entry, ...]
    observed_title: str
    summary: Block
    journal: Block
