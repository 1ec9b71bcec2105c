"""`likert_grid`: a battery of items that share one scale."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from survey_app.definition import reading
from survey_app.definition.fields import QuestionField, RowsField
from survey_app.definition.items.base import (
    BLANK,
    NOT_REACHED,
    Item,
    pick_row,
    render,
)
from survey_app.definition.items.likert import (
    scale_cell,
    scale_choices,
    scale_grid,
    scale_options,
    scale_row,
)
from survey_app.definition.reading import author
from survey_app.definition.scale import Scale
from survey_app.definition.shapes import (
    Answer,
    Answers,
    Cell,
    Column,
    Json,
    Probe,
    Summary,
    Topic,
)
from survey_app.definition.text import Text


@dataclass(frozen=True, kw_only=True)
class LikertGridItem(Item):
    """A battery of items on one scale, shown item by item unless the author asks for a table."""

    type_name: ClassVar[str] = "likert_grid"
    example: ClassVar[str] = """
        key: teaching
        type: likert_grid
        text: The effect of mentorship on issues related to the respondents’ teaching.
        scale: extent
        rows:
          interest: Has being a mentor increased your interest for teaching and supervision?
          relations: Has being a mentor improved your relations with students?
        """

    scale: Scale = author(reading.ScaleReader(), "the name of its scale", needed=True, change=None)
    rows: Mapping[str, Text] = author(
        reading.LabelsReader(reading.KEY),
        "the battery's items, as 'row: words'",
        needed=True,
        change=None,
    )
    display: str = author(
        reading.OneOfReader(("stacked", "table")), "item by item, or as a table", default="stacked"
    )

    def form_field(self, language: str) -> Any:
        """Ask with a group of radio buttons for each row."""
        return RowsField(
            **self.field_words(language),
            options=scale_options(self.scale, language),
            rows=[(row, render(text, language)) for row, text in self.rows.items()],
            display=self.display,
        )

    def row_keys(self) -> tuple[str, ...]:
        """One answer for each row."""
        return tuple(self.rows)

    def to_answer(self, data: Any) -> Answers:
        """Store the code of each row's point."""
        codes = data or {}
        return {row: Answer(value=codes[row]) if row in codes else BLANK for row in self.rows}

    def read_answers(self, field: QuestionField) -> Answers:
        """Return each row's code, its refusal, or that it is blank."""
        answers = dict(self.to_answer(field.data))
        for row, reason in getattr(field, "row_reasons", {}).items():
            answers[row] = Answer(reason=reason)
        return answers

    def condition_value(self, answers: Answers) -> Json:
        """Conditions see a code for each row that has one."""
        return {row: answer.value for row, answer in answers.items() if answer.value is not None}

    def codes(self) -> tuple[str, ...]:
        """The codes of the scale."""
        return tuple(self.scale.points)

    def scale_used(self) -> Scale:
        """Its scale."""
        return self.scale

    def columns(self) -> tuple[Column, ...]:
        """One column of codes for each row."""
        return tuple(
            Column(
                name=f"{self.key}__{row}",
                item=self.key,
                row=row,
                kind="code",
                text=self.text,
                label=text,
                codes=self.scale.points,
            )
            for row, text in self.rows.items()
        )

    def cells(self, answers: Answers, language: str) -> tuple[Cell, ...]:
        """Each row's code, with the point's words as the label."""
        return tuple(
            scale_cell(self.scale, answers.get(row, NOT_REACHED), language) for row in self.rows
        )

    def summarise(self, responses: Iterable[Answers]) -> Summary:
        """How often each point was chosen, row by row."""
        everyone = list(responses)
        rows = tuple(
            scale_row(self.scale, row, text, pick_row(everyone, row))
            for row, text in self.rows.items()
        )
        return scale_grid(self.scale, self.key, self.text, rows)

    def topic(self) -> Topic:
        """An open question whose rows are the probes; the scale may close each."""
        return self.make_topic(
            probes=tuple(Probe(key=row, text=text) for row, text in self.rows.items()),
            recording="choice_per_probe",
            choices=scale_choices(self.scale),
        )
