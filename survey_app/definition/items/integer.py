"""`integer`: a whole number."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from survey_app.definition.items.base import IssueWithField
from survey_app.definition.items.numbers import NumberItem
from survey_app.definition.problems import want_whole_number
from survey_app.definition.shapes import Kind


@dataclass(frozen=True, kw_only=True)
class IntegerItem(NumberItem):
    """A whole number, such as a count of years."""

    type_name: ClassVar[str] = "integer"
    example: ClassVar[str] = """
        key: years_mentoring
        type: integer
        text: For how many years have you been a mentor?
        minimum: 0
        maximum: 60
        """

    def kind(self) -> Kind:
        """Whole numbers."""
        return "integer"

    def issues(self) -> Iterator[IssueWithField]:
        """Yield bounds that are no whole numbers."""
        yield from super().issues()
        for name, bound in (("minimum", self.minimum), ("maximum", self.maximum)):
            if bound is not None and bound != bound.to_integral_value():
                yield name, want_whole_number(f"'{name}'", str(bound))
