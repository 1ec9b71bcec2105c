"""What the number types share: bounds, cells and a distribution."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean
from typing import Any

from survey_app.definition import problems, reading
from survey_app.definition.conditions.evaluation import looks_like_number
from survey_app.definition.fields import NumberField
from survey_app.definition.items.base import (
    BLANK,
    Bound,
    ConditionKind,
    IssueWithField,
    count_reasons,
    pick_row,
)
from survey_app.definition.items.single_column import SingleColumnItem
from survey_app.definition.reading import author
from survey_app.definition.shapes import (
    Answer,
    Answers,
    Cell,
    Json,
    Kind,
    Numbers,
    Summary,
    Topic,
)


@dataclass(frozen=True, kw_only=True)
class NumberItem(SingleColumnItem):
    """A number written in digits, between bounds that the author may give."""

    minimum: Decimal | None = author(reading.DecimalReader(), "the least that makes sense")
    maximum: Decimal | None = author(reading.DecimalReader(), "the most that makes sense")

    def kind(self) -> Kind:
        """The kind of this number's column."""
        return "decimal"

    def decimals(self) -> int:
        """The most decimals that can be written."""
        return 0

    def form_field(self, language: str) -> Any:
        """Ask for a number between the bounds."""
        return NumberField(
            **self.field_words(language),
            minimum=self.minimum,
            maximum=self.maximum,
            places=self.decimals(),
        )

    def to_answer(self, data: Any) -> Answers:
        """Store a JSON number."""
        return {"": BLANK if data is None else Answer(value=to_number(data))}

    def condition_kind(self) -> ConditionKind:
        """A number."""
        return "number"

    def can_equal(self, text: str) -> bool:
        """A number, however it is spelled."""
        return looks_like_number(text)

    def value_bounds(self) -> tuple[Bound | None, Bound | None]:
        """The least and the most that the author gave, each or neither."""
        low, high = self.minimum, self.maximum
        return (
            None if low is None else to_number(low),
            None if high is None else to_number(high),
        )

    def cell(self, value: Json) -> Cell | None:
        """The number as a number."""
        return Cell(value=value, label=str(value)) if isinstance(value, int | float) else None

    def summarise(self, responses: Iterable[Answers]) -> Summary:
        """The distribution of the numbers."""
        answers = pick_row(responses)
        numbers = sorted(float(a.value) for a in answers if isinstance(a.value, int | float))
        return Numbers(
            item=self.key,
            text=self.text,
            n=len(numbers),
            minimum=quantile(numbers, 0),
            lower_quartile=quantile(numbers, 0.25),
            median=quantile(numbers, 0.5),
            upper_quartile=quantile(numbers, 0.75),
            maximum=quantile(numbers, 1),
            mean=fmean(numbers) if numbers else None,
            missing=count_reasons(answers),
        )

    def topic(self) -> Topic:
        """The question, with the number recorded as it is said."""
        return self.make_topic(recording="number")

    def issues(self) -> Iterator[IssueWithField]:
        """Yield bounds that no number can keep."""
        low, high = self.minimum, self.maximum
        if low is not None and high is not None and low > high:
            yield "minimum", problems.wrong_order("minimum", "maximum")


def to_number(number: Decimal) -> int | float:
    """Return a decimal as JSON writes it: whole where it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)


def quantile(ordered: Sequence[float], share: float) -> float | None:
    """Return a quantile of type 7 (Hyndman & Fan 1996), as R, NumPy and Excel's INC give it."""
    if not ordered:
        return None
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
