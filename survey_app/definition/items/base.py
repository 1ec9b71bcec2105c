"""The contract of an item type.

A type is one file in this folder: a frozen dataclass under `Item` whose fields are what an author
may write and whose methods say how it is asked, what is stored and what an analyst and an
interviewer see. Nothing else in the program names a type.

That file and its test file are all there is to a new type as long as a control, a column kind, a
summary and a recording that exist fit it. The sets of these are closed; a new one touches:

- a control: `fields`, `web/templates/_forms.html`, `web/static/form.js`, `cli/invented_answers.py`,
  the contract test;
- a column kind: `shapes.Kind`, `reports/sheets`, the contract test;
- a summary: `shapes.Summary`, `reports` (descriptions, merging, charts, sheets), the contract test;
- a recording: `shapes.Recording`, `Topic.recorded_rows`, `web/templates/interviewer` (`_parts.html`
  and `_paper.html`), `paper` (`answers.py` and `questions.py`).
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, ClassVar, Literal

from markupsafe import Markup

from survey_app.definition import markdown, reading
from survey_app.definition.conditions import Condition
from survey_app.definition.conditions.evaluation import equals
from survey_app.definition.fields import PostedRaw, QuestionField, bind_field
from survey_app.definition.reading import author
from survey_app.definition.reasons import Reason, describe
from survey_app.definition.scale import Scale
from survey_app.definition.shapes import (
    Answer,
    Answers,
    Cell,
    Choice,
    Column,
    Json,
    Probe,
    Recording,
    Summary,
    Topic,
)
from survey_app.definition.text import Text

BLANK = Answer(reason=Reason.UNANSWERED)
NOT_REACHED = Answer(reason=Reason.NOT_REACHED)
REFUSALS = (str(Reason.REFUSED), str(Reason.DONT_KNOW))
UNCHANGED, NEW = "unchanged", "new"
STATEMENTS = ("renamed_from", "meaning")
"""The fields that say something of the version before and nothing of the asking.

What two versions alone cannot tell (was it renamed or removed? a slip or another meaning?) the
author answers in them, where a reviewer reads it. Nobody who asks or answers sees them, no version
differs by them, and they stand outside the fingerprint, so that a published file can carry them.
"""

ConditionKind = Literal["text", "number", "date", "code", "codes", "order"]
"""A condition sees one text, number, day or code, the codes that were chosen, or all in an order.
"""

Bound = int | float | date
"""The lowest or the highest value that is offered."""

IssueWithField = tuple[str, str]
"""What is wrong within one item: the author's field and the sentence."""


@dataclass(frozen=True, kw_only=True)
class Item(ABC):
    """One thing asked or said. Subclasses give `type_name`, `example` and the methods below."""

    type_name: ClassVar[str]
    example: ClassVar[str]

    key: str = author(
        reading.KeyReader(), "its name in every export, for ever", needed=True, change=None
    )
    text: Text = author(reading.TextReader(), "what is asked or said", needed=True, change="patch")
    hint: Text | None = author(
        reading.TextReader(), "a short help below the question", change="patch"
    )
    instruction: Text | None = author(
        reading.TextReader(), "for the interviewer alone, never read aloud", change="patch"
    )
    if_needed: Text | None = author(
        reading.TextReader(),
        "what the interviewer may read aloud as well; the web form never shows it",
        change="patch",
    )
    required: bool = author(reading.BooleanReader(), "whether it must be answered", default=False)
    relevant: Condition | None = author(
        reading.ConditionReader(), "when it is asked, such as ${rewarding} = 'yes'"
    )
    follow_up: Text | None = author(
        reading.TextReader(),
        "the heading when it shows without its condition being checked",
        change="patch",
    )
    allow: tuple[str, ...] = author(
        reading.ListReader(reading.OneOfReader(REFUSALS)),
        "which refusals are offered beside the answer",
        default=(),
    )
    as_printed: Text | None = author(
        reading.TextReader(shown=False),
        "the source's own words where they are not shown as they stand",
        change="patch",
    )
    renamed_from: str = author(
        reading.KeyReader(),
        "the key that this same question had in the version before",
        default="",
        change=None,
    )
    meaning: str = author(
        reading.OneOfReader((UNCHANGED, NEW)),
        "'unchanged' if its words, options, rows or probes read differently than in the version "
        "before and mean the same, 'new' if it is no question of that version renamed",
        default="",
        change=None,
    )

    @abstractmethod
    def form_field(self, language: str) -> Any:
        """Return the unbound WTForms field that asks this, or None if nothing is asked.

        The field notes its own mistakes; what is stored is made of a field without any.
        """

    def field_words(self, language: str) -> dict[str, Any]:
        """Return what every field is told: words, language, hint, required, refusals."""
        return {
            "words": render(self.text, language),
            "hint": render(self.hint, language) if self.hint else None,
            "language": language,
            "required": self.required,
            "allow": self.allow,
        }

    def row_keys(self) -> tuple[str, ...]:
        """The rows under which answers are stored; one nameless row unless a type has several."""
        return ("",)

    def to_answer(self, data: Any) -> Answers:
        """Return what is stored for a field's `data`, codes and never labels."""
        return {"": BLANK if data is None else Answer(value=data)}

    def read_answers(self, field: QuestionField) -> Answers:
        """Return what is stored for a filled field: its data, a refusal, or that it is blank."""
        if field.reason is not None:
            return {row: Answer(reason=field.reason) for row in self.row_keys()}
        return self.to_answer(field.data)

    def recording_field(self, language: str) -> Any:
        """Return the unbound field that reads what an interviewer records: the form's own."""
        return self.form_field(language)

    def record(self, text: str, row: str, language: str) -> tuple[Answers, tuple[str, ...]]:
        """Return what is stored when an interviewer records `text` for a row, and the mistakes.

        `text` is what was typed, or the code of a choice; a blank one takes the answer back. Where
        there is a mistake nothing is stored. Raises TypeError for a type that records nothing.
        """
        field = bind_field(self.recording_field(language), self.key)
        field.process(PostedRaw({field.row_name(row): [text]} if text.strip() else {}))
        if field.mistakes:
            return {}, tuple(mistake.message for mistake in field.mistakes)
        return {row: self.read_answers(field)[row]}, ()

    def condition_value(self, answers: Answers) -> Json:
        """Return what conditions see: a value, a list of codes, or `{row: code}`.

        The page's script makes the same of what stands in the control, without asking the type: a
        text as it was typed, a number as a number, codes in the list's order.
        """
        return answers.get("", BLANK).value

    def condition_kind(self) -> ConditionKind:
        """What a condition sees of the answer, or of one row's: by it conditions are checked."""
        return "code" if self.codes() else "text"

    def codes(self) -> tuple[str, ...]:
        """The codes that a condition may compare with; none where the answer is free."""
        return ()

    def can_equal(self, text: str) -> bool:
        """Whether `=` can hold between an answer and `text` in a condition."""
        return not self.codes() or any(equals(code, text) for code in self.codes())

    def scale_used(self) -> Scale | None:
        """The scale on which it is answered, if it has one: versions of it are compared."""
        return None

    def end_words(self) -> tuple[Text | None, Text | None]:
        """What its lowest and its highest number mean, where it has no scale but two ends."""
        return None, None

    def numeric_bounds(self) -> tuple[float, float] | None:
        """The lowest and highest number that it offers, by which an answer can be turned round.

        None where it offers no numbers, or leaves them open. Items with rows have one for all.
        """
        scale = self.scale_used()
        if scale is None or not all(code.isdecimal() for code in scale.points):
            return None
        numbers = [int(code) for code in scale.points]
        return min(numbers), max(numbers)

    def value_bounds(self) -> tuple[Bound | None, Bound | None]:
        """The lowest and highest number or day that its columns take; None where it is open.

        Texts beside a list have none, whatever the item has.
        """
        return self.numeric_bounds() or (None, None)

    @abstractmethod
    def columns(self) -> tuple[Column, ...]:
        """Return the columns of the data table."""

    @abstractmethod
    def cells(self, answers: Answers, language: str) -> tuple[Cell, ...]:
        """Return one cell for each column; a row that is missing was not reached."""

    @abstractmethod
    def summarise(self, responses: Iterable[Answers]) -> Summary | None:
        """Return what an analyst sees of all responses; None if nothing is asked."""

    @abstractmethod
    def topic(self) -> Topic | None:
        """Return what an interviewer asks, or None if there is nothing to ask."""

    def make_topic(
        self,
        *,
        recording: Recording = "nothing",
        probes: tuple[Probe, ...] = (),
        choices: tuple[Choice, ...] = (),
    ) -> Topic:
        """Return this item's words as a topic."""
        return Topic(
            item=self.key,
            read_aloud=self.text,
            instruction=self.instruction,
            if_needed=self.if_needed,
            follow_up=self.follow_up,
            recording=recording,
            probes=probes,
            choices=choices,
        )

    def issues(self) -> Iterator[IssueWithField]:
        """Yield what is wrong with or between this item's own fields, as (field, sentence)."""
        yield from ()


def render(text: Text, language: str) -> Markup:
    """Return a text's wording with its emphasis and links."""
    return markdown.render_inline(text.in_language(language))


def say(text: Text, language: str) -> str:
    """Return a text's words alone."""
    return markdown.strip_markup(text.in_language(language))


def blank_cell(answer: Answer, language: str) -> Cell:
    """Return the cell of an answer that is a reason."""
    return _make_blank(answer.reason or Reason.UNANSWERED, language)


@cache
def _make_blank(name: str, language: str) -> Cell:
    reason = Reason(name)
    return Cell(reason=str(reason), label=f"[{describe(reason, language)}]")


def count_reasons(answers: Iterable[Answer]) -> dict[str, int]:
    """Return how many blanks there are for each reason."""
    return dict(Counter(answer.reason for answer in answers if answer.reason is not None))


def pick_row(responses: Iterable[Answers], row: str = "") -> list[Answer]:
    """Return the answers of one row; a response without one did not reach it."""
    return [answers.get(row, NOT_REACHED) for answers in responses]
