"""What types with one answer and one column of it share: the column, its cell, a count."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass

from survey_app.definition.items.base import (
    NOT_REACHED,
    Item,
    blank_cell,
    count_reasons,
    pick_row,
)
from survey_app.definition.shapes import Answers, Cell, Column, Json, Kind, Summary, Texts


@dataclass(frozen=True, kw_only=True)
class SingleColumnItem(Item):
    """An item whose one answer stands in one column; an analyst sees how many gave one."""

    @abstractmethod
    def kind(self) -> Kind:
        """The kind of the column."""

    def cell(self, value: Json) -> Cell | None:
        """Return the cell of a stored value, or None for a value that this type never stores."""
        return Cell(value=str(value), label=str(value))

    def columns(self) -> tuple[Column, ...]:
        """One column."""
        return (Column(name=self.key, item=self.key, kind=self.kind(), text=self.text),)

    def cells(self, answers: Answers, language: str) -> tuple[Cell, ...]:
        """The value, or the reason for its absence."""
        answer = answers.get("", NOT_REACHED)
        cell = None if answer.value is None else self.cell(answer.value)
        return (cell or blank_cell(answer, language),)

    def summarise(self, responses: Iterable[Answers]) -> Summary:
        """How many answered."""
        answers = pick_row(responses)
        given = sum(answer.value is not None for answer in answers)
        return Texts(item=self.key, text=self.text, n=given, missing=count_reasons(answers))
