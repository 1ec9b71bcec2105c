"""`text`: an answer in the participant's own words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from survey_app.definition import problems, reading
from survey_app.definition.fields import LineField, ParagraphField
from survey_app.definition.items.base import IssueWithField
from survey_app.definition.items.single_column import SingleColumnItem
from survey_app.definition.reading import author
from survey_app.definition.shapes import Kind, Topic

LENGTH_LIMIT = 20_000


@dataclass(frozen=True, kw_only=True)
class TextItem(SingleColumnItem):
    """An answer in the participant's own words, on one line or several."""

    type_name: ClassVar[str] = "text"
    example: ClassVar[str] = """
        key: rewarding_what
        type: text
        text: What did you find rewarding?
        relevant: ${rewarding} = 'yes'
        follow_up: If answered yes
        """

    multiline: bool = author(
        reading.BooleanReader(), "whether the box has lines", default=True, change="patch"
    )
    max_length: int = author(
        reading.IntegerReader(), "the most characters that are kept", default=LENGTH_LIMIT
    )

    def form_field(self, language: str) -> Any:
        """Ask with a box of several lines or of one."""
        field = ParagraphField if self.multiline else LineField
        return field(**self.field_words(language), limit=self.max_length)

    def kind(self) -> Kind:
        """Texts, unchanged."""
        return "text"

    def issues(self) -> Iterator[IssueWithField]:
        """Yield a length that cannot be kept."""
        if not 1 <= self.max_length <= LENGTH_LIMIT:
            yield "max_length", problems.out_of_range("'max_length'", 1, LENGTH_LIMIT)

    def topic(self) -> Topic:
        """An open question; what is said goes into the notes."""
        return self.make_topic()
