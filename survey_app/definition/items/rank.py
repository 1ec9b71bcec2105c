"""`rank`: a list put in order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from survey_app.definition import problems, reading
from survey_app.definition.fields import RanksField
from survey_app.definition.items.base import (
    BLANK,
    NOT_REACHED,
    ConditionKind,
    IssueWithField,
    blank_cell,
    count_reasons,
    pick_row,
)
from survey_app.definition.items.options import ItemWithOptions, listed_codes
from survey_app.definition.reading import author
from survey_app.definition.shapes import (
    Answer,
    Answers,
    Cell,
    Column,
    Grid,
    GridRow,
    Summary,
    Topic,
)
from survey_app.definition.text import Text


@dataclass(frozen=True, kw_only=True)
class RankItem(ItemWithOptions):
    """A list that the participant puts in order, first place first."""

    type_name: ClassVar[str] = "rank"
    example: ClassVar[str] = """
        key: roles_ranked
        type: rank
        text: Which of these matters most to you? Give each a place, 1 for the most important.
        options:
          communicator: Communicator
          scholar: Scholar
          leader: Leader
        """

    options: Mapping[str, Text] = author(
        reading.LabelsReader(least=2), "what is put in order", needed=True, change=None
    )
    other: Text | None = field(default=None, init=False)  # a place for 'other' means nothing

    def form_field(self, language: str) -> Any:
        """Ask for the place of each option; no dragging is needed."""
        return RanksField(**self.field_words(language), options=self.form_options(language))

    def issues(self) -> Iterator[IssueWithField]:
        """Yield a code under which a refusal is posted."""
        yield from super().issues()
        if "reason" in self.options:
            yield "options", problems.taken_code("reason")

    def condition_kind(self) -> ConditionKind:
        """Every code that has a place, first place first."""
        return "order"

    def value_bounds(self) -> tuple[int, int]:
        """The first and the last place."""
        return 1, len(self.options)

    def can_equal(self, text: str) -> bool:
        """Codes in any order, joined by a space."""
        words = text.split(" ")
        return len(set(words)) == len(words) and set(words) <= set(self.codes())

    def to_answer(self, data: Any) -> Answers:
        """Store the codes, first place first."""
        return {"": BLANK if data is None else Answer(value=list(data))}

    def columns(self) -> tuple[Column, ...]:
        """One column for each option, holding its place."""
        return tuple(
            Column(
                name=f"{self.key}__{code}",
                item=self.key,
                option=code,
                kind="integer",
                text=self.text,
                label=label,
            )
            for code, label in self.options.items()
        )

    def cells(self, answers: Answers, language: str) -> tuple[Cell, ...]:
        """The place of each option; one without a place was left unanswered."""
        answer = answers.get("", NOT_REACHED)
        places = {code: place for place, code in enumerate(listed_codes(answer), 1)}
        missing = answer if answer.value is None else BLANK
        return tuple(
            Cell(value=places[code], label=str(places[code]))
            if code in places
            else blank_cell(missing, language)
            for code in self.options
        )

    def summarise(self, responses: Iterable[Answers]) -> Summary:
        """How often each option had each place."""
        answers = pick_row(responses)
        places = [str(place) for place in range(1, len(self.options) + 1)]
        return Grid(
            item=self.key,
            text=self.text,
            levels=tuple((place, Text.plain(place)) for place in places),
            direction="unipolar",
            rows=tuple(self._count_places(code, answers) for code in self.options),
        )

    def _count_places(self, code: str, answers: list[Answer]) -> GridRow:
        orders = [listed_codes(answer) for answer in answers]
        places = Counter(order.index(code) for order in orders if code in order)
        blanks = [
            BLANK if order else answer
            for order, answer in zip(orders, answers, strict=True)
            if code not in order
        ]
        return GridRow(
            row=code,
            text=self.options[code],
            counts=tuple(places[place] for place in range(len(self.options))),
            n=places.total(),
            missing=count_reasons(blanks),
        )

    def topic(self) -> Topic:
        """An open question whose options are the probes."""
        return self.make_topic(probes=self.probes())
