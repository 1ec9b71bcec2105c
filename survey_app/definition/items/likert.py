"""`likert`: one statement or question on a scale."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from survey_app.definition import reading
from survey_app.definition.fields import ChoicesField, Option
from survey_app.definition.items.base import (
    BLANK,
    NOT_REACHED,
    Item,
    blank_cell,
    count_reasons,
    pick_row,
    render,
    say,
)
from survey_app.definition.reading import author
from survey_app.definition.scale import Scale
from survey_app.definition.shapes import (
    Answer,
    Answers,
    Cell,
    Choice,
    Column,
    Grid,
    GridRow,
    Summary,
    Topic,
)
from survey_app.definition.text import Text

MOST_FLAT = 7
"""The most points whose words have room side by side."""


@dataclass(frozen=True, kw_only=True)
class LikertItem(Item):
    """One statement or question, answered on a scale."""

    type_name: ClassVar[str] = "likert"
    example: ClassVar[str] = """
        key: satisfied
        type: likert
        text: How far has mentoring met your hopes?
        scale: extent
        """

    scale: Scale = author(reading.ScaleReader(), "the name of its scale", needed=True, change=None)

    def form_field(self, language: str) -> Any:
        """Ask with radio buttons, side by side if their words have room there."""
        options = scale_options(self.scale, language)
        flat = len(options) <= MOST_FLAT
        return ChoicesField(**self.field_words(language), options=options, flat=flat)

    def to_answer(self, data: Any) -> Answers:
        """Store the code of the point."""
        return {"": BLANK if data is None else Answer(value=data.codes[0])}

    def codes(self) -> tuple[str, ...]:
        """The codes of the scale."""
        return tuple(self.scale.points)

    def scale_used(self) -> Scale:
        """Its scale."""
        return self.scale

    def columns(self) -> tuple[Column, ...]:
        """One column of codes."""
        return (
            Column(
                name=self.key,
                item=self.key,
                kind="code",
                text=self.text,
                codes=self.scale.points,
            ),
        )

    def cells(self, answers: Answers, language: str) -> tuple[Cell, ...]:
        """The code as a number where it is one, with the point's words as the label."""
        return (scale_cell(self.scale, answers.get("", NOT_REACHED), language),)

    def summarise(self, responses: Iterable[Answers]) -> Summary:
        """How often each point was chosen: a battery of one."""
        row = scale_row(self.scale, self.key, self.text, pick_row(responses))
        return scale_grid(self.scale, self.key, self.text, (row,))

    def topic(self) -> Topic:
        """The question, with the scale read aloud if it is wanted."""
        return self.make_topic(recording="choice", choices=scale_choices(self.scale))


def scale_options(scale: Scale, language: str) -> tuple[Option, ...]:
    """Return a scale's points as fields take them."""
    return tuple(Option(code, render(text, language)) for code, text in scale.points.items())


def scale_choices(scale: Scale) -> tuple[Choice, ...]:
    """Return a scale's points as they can be read aloud and recorded."""
    return tuple(Choice(code=code, text=text) for code, text in scale.points.items())


def scale_cell(scale: Scale, answer: Answer, language: str) -> Cell:
    """Return the cell of a point on a scale; a code in digits becomes a number."""
    if not isinstance(answer.value, str):
        return blank_cell(answer, language)
    text = scale.points.get(answer.value)
    label = say(text, language) if text else answer.value
    value = int(answer.value) if answer.value.isdecimal() else answer.value
    return Cell(value=value, label=label)


def scale_row(scale: Scale, row: str, text: Text, answers: list[Answer]) -> GridRow:
    """Count a row's answers per point; points that nobody chose count 0."""
    values = [answer.value for answer in answers if answer.value is not None]
    counts = tuple(values.count(code) for code in scale.points)
    return GridRow(row=row, text=text, counts=counts, n=sum(counts), missing=count_reasons(answers))


def scale_grid(scale: Scale, item: str, text: Text, rows: tuple[GridRow, ...]) -> Grid:
    """Return rows on one scale as a shape."""
    levels = tuple(scale.points.items())
    return Grid(item=item, text=text, levels=levels, direction=scale.direction, rows=rows)
