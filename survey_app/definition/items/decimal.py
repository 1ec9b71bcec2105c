"""`decimal`: a number that may have decimals."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from survey_app.definition import reading
from survey_app.definition.items.base import IssueWithField
from survey_app.definition.items.numbers import NumberItem
from survey_app.definition.problems import out_of_range
from survey_app.definition.reading import author

PLACES_LIMIT = 10


@dataclass(frozen=True, kw_only=True)
class DecimalItem(NumberItem):
    """A number with at most `places` decimals."""

    type_name: ClassVar[str] = "decimal"
    example: ClassVar[str] = """
        key: hours_a_week
        type: decimal
        text: How many hours a week do you mentor?
        minimum: 0
        maximum: 168
        places: 1
        """

    places: int = author(reading.IntegerReader(), "the most decimals, from 1 to 10", default=2)

    def decimals(self) -> int:
        """As many as the author allows."""
        return self.places

    def issues(self) -> Iterator[IssueWithField]:
        """Yield a number of decimals that cannot be kept."""
        yield from super().issues()
        if not 1 <= self.places <= PLACES_LIMIT:
            yield "places", out_of_range("'places'", 1, PLACES_LIMIT)
