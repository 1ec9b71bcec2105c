"""Fields that are written in: a line, a paragraph, a number, a date."""

import re
from abc import abstractmethod
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any, ClassVar

from survey_app.definition.fields.base import Control, PostedForm, QuestionField

DIGIT_LIMIT = 15  # what a spreadsheet's number holds exactly
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class WrittenField(QuestionField):
    """A field with one text input and, where offered, a box for a refusal beside it."""

    @property
    @abstractmethod
    def sample(self) -> str:
        """A text that this field takes: tests and simulated responses write it."""

    def read(self, posted: PostedForm) -> None:
        """Read the text; a text and a refusal together contradict each other."""
        values = posted.getlist(self.name)
        text = values[0] if values else ""
        refused = self.take_reason(posted.getlist(f"{self.name}-reason"))
        if not text.strip():
            return
        if refused:
            self.reason = None
            self.complain(
                self.say("Either keep what you wrote, or take the tick below it away: not both.")
            )
        self.data = self.read_text(text)

    @abstractmethod
    def read_text(self, text: str) -> Any:
        """Return the value of a text that is not blank, or None after a mistake was noted.

        Conditions in the page read the text as it stands in the control (a number's as a number).
        A field that keeps another spelling than was typed must say so in its docstring: until the
        page is sent, its conditions compare with what was typed. Its sample is spelled as kept.
        """


class LineField(WrittenField):
    """One line of text of at most `limit` characters."""

    control: ClassVar[Control] = "line"

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit

    @property
    def sample(self) -> str:
        """A word, cut to the limit."""
        return "words"[: self.limit]

    def read_text(self, text: str) -> str:
        """Keep the text as it was typed; complain if it is too long."""
        if len(text) > self.limit:
            sentence = self.say(
                "This has {length} characters and {limit} are the most that can be kept here; "
                "please shorten it."
            )
            self.complain(sentence.format(length=f"{len(text):,}", limit=f"{self.limit:,}"))
        return text


class ParagraphField(LineField):
    """Several lines of text of at most `limit` characters."""

    control: ClassVar[Control] = "paragraph"


class NumberField(WrittenField):
    """A number between `minimum` and `maximum`; `places` is the most decimals (0: whole).

    With a `step`, only `minimum` and numbers at whole steps from it are taken.
    """

    control: ClassVar[Control] = "number"

    def __init__(
        self,
        *,
        minimum: Decimal | None = None,
        maximum: Decimal | None = None,
        places: int = 0,
        step: Decimal | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.minimum = minimum
        self.maximum = maximum
        self.places = places
        self.step = step

    @property
    def grid(self) -> tuple[Decimal, Decimal]:
        """An origin and a distance: what can be written lies whole distances from the origin."""
        if self.step is not None:
            return self.minimum or Decimal(0), self.step
        return Decimal(0), Decimal(1).scaleb(-self.places)

    @property
    def sample(self) -> str:
        """The least number that can be written, else the greatest, else 0."""
        if self.minimum is not None:
            return self._write_nearest(self.minimum, ROUND_CEILING)
        if self.maximum is not None:
            return self._write_nearest(self.maximum, ROUND_FLOOR)
        return "0"

    def _write_nearest(self, bound: Decimal, rounding: str) -> str:
        origin, distance = self.grid
        count = ((bound - origin) / distance).to_integral_value(rounding)
        return f"{origin + count * distance:f}"

    def read_text(self, text: str) -> Decimal | None:
        """Read a number with a point or a comma before its decimals."""
        words = text.strip().replace("−", "-").replace(",", ".")
        if not re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", words):
            self.complain(self.say_unreadable())
            return None
        number = Decimal(words)
        if len(number.as_tuple().digits) > DIGIT_LIMIT or self._has_too_many_places(number):
            self.complain(self.say_unreadable())
            return None
        self._check_bounds(number)
        return number

    def _has_too_many_places(self, number: Decimal) -> bool:
        exponent = number.as_tuple().exponent
        return isinstance(exponent, int) and -exponent > self.places

    def _check_bounds(self, number: Decimal) -> None:
        if self.minimum is not None and number < self.minimum:
            sentence = self.say("Please write a number that is {minimum} or more.")
            self.complain(sentence.format(minimum=self.minimum))
        if self.maximum is not None and number > self.maximum:
            sentence = self.say("Please write a number that is {maximum} or less.")
            self.complain(sentence.format(maximum=self.maximum))
        if self.step is not None:
            self._check_step(number, self.minimum or Decimal(0), self.step)

    def _check_step(self, number: Decimal, start: Decimal, step: Decimal) -> None:
        distance = Fraction(number) - Fraction(start)
        if (distance / Fraction(step)).denominator != 1:
            sentence = self.say("Please write one of these numbers: {first}, {second}, {third} …")
            first, second, third = (f"{(start + count * step).normalize():f}" for count in range(3))
            self.complain(sentence.format(first=first, second=second, third=third))

    def say_unreadable(self) -> str:
        """Return the sentence for a text that is no number of the wanted kind."""
        if self.places == 0:
            return self.say("Please write a whole number in digits, such as 12.")
        sentence = self.say(
            "Please write a number in digits, such as 2.5, with at most {places} decimals."
        )
        return sentence.format(places=self.places)


class DateField(WrittenField):
    """A date between `earliest` and `latest`."""

    control: ClassVar[Control] = "date"

    def __init__(
        self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.earliest = earliest
        self.latest = latest

    @property
    def sample(self) -> str:
        """One of the bounds, else a day."""
        return (self.earliest or self.latest or date(2026, 11, 22)).isoformat()

    def read_text(self, text: str) -> date | None:
        """Read a date as browsers send it and as ISO 8601 writes it: 2026-11-22."""
        words = text.strip()
        try:
            day = date.fromisoformat(words) if _DATE.fullmatch(words) else None
        except ValueError:
            day = None
        if day is None:
            self.complain(self.say("Please write a date as year-month-day, such as 2026-11-22."))
            return None
        self._check_bounds(day)
        return day

    def _check_bounds(self, day: date) -> None:
        if self.earliest is not None and day < self.earliest:
            sentence = self.say("Please write a date that is {earliest} or later.")
            self.complain(sentence.format(earliest=self.earliest.isoformat()))
        if self.latest is not None and day > self.latest:
            sentence = self.say("Please write a date that is {latest} or earlier.")
            self.complain(sentence.format(latest=self.latest.isoformat()))
