"""A file being read, and what a reader is."""

import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, Literal, Protocol

from survey_app.definition import problems
from survey_app.definition.problems import Problem
from survey_app.definition.scale import Scale
from survey_app.definition.shapes import Json
from survey_app.definition.source import Node, Scalar

KEY = re.compile(r"[a-z][a-z0-9_]{0,31}")
CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,31}")

Size = Literal["patch", "minor", "major"]
"""How much a change of version says: other words, more or fewer of them, another meaning."""


@dataclass
class Reading:
    """A file being read: its languages, the item in hand, and every problem found so far.

    `stored` says that it was checked when it was published: it has to be readable for ever, so that
    what has become unwise since is passed over. `unread_items` and `unread_scales` name those that
    are written but could not be read, so that nothing complains of their absence as well; `lines`
    holds the line of every field, by the `id` of the section or item that was made of it.
    """

    file: str
    languages: tuple[str, ...] = ("en",)
    item: str = ""
    stored: bool = False
    scales: dict[str, Scale] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread_items: set[str] = field(default_factory=set)
    unread_scales: set[str] = field(default_factory=set)
    lines: dict[int, Mapping[str, int]] = field(default_factory=dict)

    def note(self, node: Node, message: str) -> None:
        """Remember a problem at the line of `node`."""
        self.note_line(node.line, message)

    def advise(self, node: Node, message: str) -> None:
        """Remember what can be read and yet is a slip; a stored definition keeps it."""
        if not self.stored:
            self.note(node, message)

    def note_line(self, line: int, message: str) -> None:
        """Remember a problem at a line."""
        self.problems.append(Problem(self.file, line, self.item, message))


class Reader(Protocol):
    """One kind of thing to write. `what` is its name as a problem says it."""

    @property
    def schema(self) -> Mapping[str, Json]:
        """The rule as JSON Schema."""

    def read(self, node: Node, what: str, reading: Reading) -> Any:
        """Return the value, or None after a problem was noted."""


def author(
    reader: Reader,
    meaning: str,
    default: Any = None,
    *,
    needed: bool = False,
    change: Size | None = "minor",
) -> Any:
    """Declare a dataclass field that an author may write, or (with `needed`) must.

    A `default` that can be called makes the default anew for each object. `change` is how much a
    new version says by changing the field; None if that is seen in columns, probes or scales.
    """
    metadata = {"reader": reader, "meaning": meaning, "needed": needed, "change": change}
    if callable(default):
        return field(default_factory=default, metadata=metadata)
    return field(default=default, metadata=metadata)


def author_fields(cls: type[Any]) -> dict[str, Field[Any]]:
    """Return the fields of a dataclass that an author may write."""
    return {each.name: each for each in fields(cls) if "reader" in each.metadata and each.init}


def read_words(node: Node, what: str, reading: Reading) -> str | None:
    """Return a text that is not blank, as it was written."""
    if not isinstance(node, Scalar):
        reading.note(node, problems.want_words(what))
        return None
    if not node.written or not node.text.strip():
        reading.note(node, problems.empty_text(what))
        return None
    return node.text
