"""`range`: a number in equal steps between two ends."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar

from markupsafe import Markup

from survey_app.definition import problems, reading
from survey_app.definition.fields import ChoicesField, NumberField, Option
from survey_app.definition.items.base import BLANK, IssueWithField, render
from survey_app.definition.items.numbers import NumberItem, to_number
from survey_app.definition.reading import author
from survey_app.definition.shapes import Answer, Answers, Kind
from survey_app.definition.text import Text

MOST_BUTTONS = 11


@dataclass(frozen=True, kw_only=True)
class RangeItem(NumberItem):
    """A number from `start` to `end` in steps; up to eleven are buttons, more are written."""

    type_name: ClassVar[str] = "range"
    example: ClassVar[str] = """
        key: confidence
        type: range
        text: How confident are you as a mentor?
        start: 0
        end: 10
        step: 1
        start_label: not at all confident
        end_label: entirely confident
        """

    start: Decimal = author(
        reading.DecimalReader(), "the lowest number", needed=True, change="major"
    )
    end: Decimal = author(
        reading.DecimalReader(), "the highest number", needed=True, change="major"
    )
    step: Decimal = author(reading.DecimalReader(), "the step", default=Decimal(1), change="major")
    start_label: Text | None = author(
        reading.TextReader(), "what the lowest number means", change="patch"
    )
    end_label: Text | None = author(
        reading.TextReader(), "what the highest number means", change="patch"
    )

    minimum: Decimal | None = field(default=None, init=False)
    maximum: Decimal | None = field(default=None, init=False)

    def kind(self) -> Kind:
        """Whole numbers if start and step are whole."""
        return "integer" if self.decimals() == 0 else "decimal"

    def decimals(self) -> int:
        """As many as start and step have."""
        exponents = (self.start.as_tuple().exponent, self.step.as_tuple().exponent)
        return max(-int(exponent) for exponent in (*exponents, 0))

    def steps(self) -> int:
        """The number of steps between the ends."""
        return int(self._exact_steps())

    def end_words(self) -> tuple[Text | None, Text | None]:
        """The words of its ends."""
        return self.start_label, self.end_label

    def numeric_bounds(self) -> tuple[float, float]:
        """Its two ends."""
        return float(self.start), float(self.end)

    def value_bounds(self) -> tuple[int | float, int | float]:
        """Its two ends, whole where they are whole."""
        return to_number(self.start), to_number(self.end)

    def _exact_steps(self) -> Fraction:
        # Decimals would round, or refuse, what has over 28 digits.
        return (Fraction(self.end) - Fraction(self.start)) / Fraction(self.step)

    def form_field(self, language: str) -> Any:
        """Ask with buttons if they are few, else for a number between the ends."""
        if self.steps() < MOST_BUTTONS:
            return ChoicesField(
                **self.field_words(language), options=self._buttons(language), flat=True
            )
        return self.recording_field(language)

    def recording_field(self, language: str) -> Any:
        """An interviewer writes the number that was said, however few they are."""
        return NumberField(
            **self.field_words(language),
            minimum=self.start,
            maximum=self.end,
            places=self.decimals(),
            step=self.step,
        )

    def _buttons(self, language: str) -> tuple[Option, ...]:
        numbers = [self.start + place * self.step for place in range(self.steps() + 1)]
        meanings = {self.start: self.start_label, self.end: self.end_label}
        options = []
        for number in numbers:
            meaning = meanings.get(number)
            words = f": {render(meaning, language)}" if meaning else ""
            code = f"{number:f}"
            options.append(Option(code, Markup(f"{code}{words}")))  # noqa: S704 - rendered
        return tuple(options)

    def to_answer(self, data: Any) -> Answers:
        """Store a JSON number, whether a button or digits gave it."""
        if data is None:
            return {"": BLANK}
        number = data if isinstance(data, Decimal) else Decimal(data.codes[0])
        return {"": Answer(value=to_number(number))}

    def issues(self) -> Iterator[IssueWithField]:
        """Yield ends and steps that do not meet."""
        if self.start > self.end:
            yield "start", problems.wrong_order("start", "end")
        elif self.start == self.end:
            yield "end", problems.same_ends()
        elif self.step <= 0 or self._exact_steps().denominator != 1:
            yield "step", problems.bad_step()
