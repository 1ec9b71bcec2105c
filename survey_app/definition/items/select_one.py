"""`select_one`: one of a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from survey_app.definition.fields import ChoicesField, Option
from survey_app.definition.items.base import (
    NOT_REACHED,
    blank_cell,
    count_reasons,
    pick_row,
    render,
    say,
)
from survey_app.definition.items.options import ItemWithOptions, selection_answer
from survey_app.definition.shapes import Answer, Answers, Cell, Column, Counts, Summary, Topic


@dataclass(frozen=True, kw_only=True)
class SelectOneItem(ItemWithOptions):
    """One of a list, with 'other, please specify' if its words are given."""

    type_name: ClassVar[str] = "select_one"
    example: ClassVar[str] = """
        key: rewarding
        type: select_one
        text: Did you find being a mentor rewarding?
        options:
          yes: Yes
          no: No
        """

    def form_field(self, language: str) -> Any:
        """Ask with radio buttons."""
        return ChoicesField(**self.selection_words(language))

    def recording_field(self, language: str) -> Any:
        """As on a form, but 'other' stands by itself: what it was is in the interview's notes."""
        options = [Option(code, render(text, language)) for code, text in self.labels().items()]
        return ChoicesField(**self.field_words(language), options=options)

    def to_answer(self, data: Any) -> Answers:
        """Store the code and the text of 'other'."""
        return selection_answer(data, several=False)

    def columns(self) -> tuple[Column, ...]:
        """One column of codes and, where offered, one for the text of 'other'."""
        codes = Column(
            name=self.key, item=self.key, kind="code", text=self.text, codes=self.labels()
        )
        return (codes, *self.text_column())

    def cells(self, answers: Answers, language: str) -> tuple[Cell, ...]:
        """The code, with its words as the label."""
        answer = answers.get("", NOT_REACHED)
        cell = blank_cell(answer, language)
        if isinstance(answer.value, str):
            label = self.labels().get(answer.value)
            words = say(label, language) if label else answer.value
            cell = Cell(value=answer.value, label=words)
        return (cell, *([other_cell(answer, language)] if self.other else []))

    def summarise(self, responses: Iterable[Answers]) -> Summary:
        """How often each option was chosen."""
        answers = pick_row(responses)
        return Counts(
            item=self.key,
            text=self.text,
            levels=self.count_levels(answers),
            n=sum(answer.value is not None for answer in answers),
            multiple=False,
            missing=count_reasons(answers),
        )

    def topic(self) -> Topic:
        """A closed question: its answer can be recorded as it is said."""
        return self.make_topic(recording="choice", choices=self.choices())


def other_cell(answer: Answer, language: str) -> Cell:
    """Return the text of 'other'; not relevant where 'other' was not chosen."""
    if answer.other is not None:
        return Cell(value=answer.other, label=answer.other)
    if answer.value is None:
        return blank_cell(answer, language)
    return blank_cell(Answer(reason="not_relevant"), language)
