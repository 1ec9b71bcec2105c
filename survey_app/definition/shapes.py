"""The closed set of shapes that leave an item.

Item types are open: anyone adds one. Whatever shows or counts answers knows only these shapes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, assert_never

from survey_app.definition.text import Text

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
Kind = Literal["code", "flag", "integer", "decimal", "date", "text"]
Direction = Literal["unipolar", "bipolar"]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is stored for an item or a grid's row: a value as codes, or the reason for a blank.

    `other` is the text of 'other, please specify'; `unticked` says that it was typed without the
    tick. Exactly one of `value` and `reason` is given.
    """

    value: Json = None
    other: str | None = None
    unticked: bool = False
    reason: str | None = None


Answers = Mapping[str, Answer]
"""An item's answers by row; the row of an item without rows is ''."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the data table: a name for ever, what it holds and what its codes mean."""

    name: str
    item: str
    kind: Kind
    text: Text
    row: str = ""
    option: str = ""
    label: Text | None = None
    codes: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell: its value in codes and in words, or the reason for a blank."""

    value: str | int | float | date | None = None
    label: str = ""
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Level:
    """One option or scale point with the number of responses that chose it (0 is shown too)."""

    code: str
    text: Text
    count: int


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How often each option was chosen. With `multiple` the shares add up to over 100 %."""

    item: str
    text: Text
    levels: tuple[Level, ...]
    n: int
    multiple: bool
    missing: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """The distribution of a number: n, extremes, mean and quartiles (type 7, as R and Excel)."""

    item: str
    text: Text
    n: int
    minimum: float | None
    lower_quartile: float | None
    median: float | None
    upper_quartile: float | None
    maximum: float | None
    mean: float | None
    missing: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Texts:
    """How many wrote something. What they wrote is in the data, not in a summary."""

    item: str
    text: Text
    n: int
    missing: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """One row of a battery: counts per level in the scale's order, n, and blanks by reason."""

    row: str
    text: Text
    counts: tuple[int, ...]
    n: int
    missing: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Items that share one scale. `levels` are the scale's points in order, code and wording."""

    item: str
    text: Text
    levels: tuple[tuple[str, Text], ...]
    direction: Direction
    rows: tuple[GridRow, ...]


Summary = Counts | Numbers | Texts | Grid


@dataclass(frozen=True, kw_only=True)
class Probe:
    """A listed topic to listen for, kept out of the participant's sight."""

    key: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing that can be read aloud and recorded as the answer to a closed question."""

    code: str
    text: Text


Recording = Literal["nothing", "choice", "number", "date", "text", "choice_per_probe"]


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What an interviewer asks: the words to read aloud, the probes, and what may be recorded.

    `recording` says what closed answer may be kept beside marks and notes: one of `choices`, a
    number, a date, a text, or one of `choices` for each probe (a scale read aloud row by row).
    Of the three voices, `read_aloud` is always read, `if_needed` where the participant asks or
    hesitates, and `instruction` never.
    """

    item: str
    read_aloud: Text
    instruction: Text | None = None
    if_needed: Text | None = None
    follow_up: Text | None = None
    probes: tuple[Probe, ...] = ()
    recording: Recording = "nothing"
    choices: tuple[Choice, ...] = ()

    def recorded_rows(self) -> tuple[str, ...]:
        """The rows under which an answer may be recorded; the row of an item without rows is ''."""
        match self.recording:
            case "nothing":
                return ()
            case "choice" | "number" | "date" | "text":
                return ("",)
            case "choice_per_probe":
                return tuple(probe.key for probe in self.probes)
            case _:
                assert_never(self.recording)
