"""`note`: something said, with nothing to answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from survey_app.definition.items.base import Item
from survey_app.definition.shapes import Answers, Cell, Column, Summary, Topic


@dataclass(frozen=True, kw_only=True)
class NoteItem(Item):
    """A text between questions; an interviewer reads it aloud."""

    type_name: ClassVar[str] = "note"
    example: ClassVar[str] = """
        key: closing_note
        type: note
        text: Please name *no* patient or student in what you write.
        """

    required: bool = field(default=False, init=False)
    allow: tuple[str, ...] = field(default=(), init=False)

    def form_field(self, language: str) -> Any:  # noqa: ARG002 - the contract
        """Nothing is asked."""
        return None

    def row_keys(self) -> tuple[str, ...]:
        """Nothing is stored."""
        return ()

    def to_answer(self, data: Any) -> Answers:  # noqa: ARG002 - the contract
        """Nothing is stored."""
        return {}

    def columns(self) -> tuple[Column, ...]:
        """There is no column."""
        return ()

    def cells(self, answers: Answers, language: str) -> tuple[Cell, ...]:  # noqa: ARG002
        """There is no cell."""
        return ()

    def summarise(self, responses: Iterable[Answers]) -> Summary | None:  # noqa: ARG002
        """There is nothing to sum up."""
        return None

    def topic(self) -> Topic:
        """Words to read aloud, with room for notes."""
        return self.make_topic()
