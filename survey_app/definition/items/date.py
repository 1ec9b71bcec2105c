"""`date`: a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from survey_app.definition import problems, reading
from survey_app.definition.fields import DateField
from survey_app.definition.items.base import BLANK, Bound, ConditionKind, IssueWithField
from survey_app.definition.items.single_column import SingleColumnItem
from survey_app.definition.reading import author
from survey_app.definition.shapes import Answer, Answers, Cell, Json, Kind, Topic


@dataclass(frozen=True, kw_only=True)
class DateItem(SingleColumnItem):
    """A day in the calendar, stored as 2026-11-22."""

    type_name: ClassVar[str] = "date"
    example: ClassVar[str] = """
        key: first_meeting
        type: date
        text: When did you first meet your mentee?
        earliest: 2014-09-01
        """

    earliest: date | None = author(reading.DateReader(), "the first day that makes sense")
    latest: date | None = author(reading.DateReader(), "the last day that makes sense")

    def form_field(self, language: str) -> Any:
        """Ask for a day between the bounds."""
        return DateField(**self.field_words(language), earliest=self.earliest, latest=self.latest)

    def to_answer(self, data: Any) -> Answers:
        """Store the day as text."""
        return {"": BLANK if data is None else Answer(value=data.isoformat())}

    def condition_kind(self) -> ConditionKind:
        """A day."""
        return "date"

    def can_equal(self, text: str) -> bool:
        """A day that there is, spelled as it is stored."""
        return reading.is_date(text)

    def value_bounds(self) -> tuple[Bound | None, Bound | None]:
        """The first and the last day that make sense."""
        return self.earliest, self.latest

    def kind(self) -> Kind:
        """Dates."""
        return "date"

    def cell(self, value: Json) -> Cell | None:
        """The day as a date."""
        if not isinstance(value, str):
            return None
        return Cell(value=date.fromisoformat(value), label=value)

    def topic(self) -> Topic:
        """The question, with the day recorded."""
        return self.make_topic(recording="date")

    def issues(self) -> Iterator[IssueWithField]:
        """Yield bounds that no day can keep."""
        if self.earliest and self.latest and self.earliest > self.latest:
            yield "earliest", problems.wrong_order("earliest", "latest")
