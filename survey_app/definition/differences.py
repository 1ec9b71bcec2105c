"""One difference between two versions: what sort it is, how much it weighs, and both in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from survey_app.definition.conditions import Condition
from survey_app.definition.items.base import Item
from survey_app.definition.reading import Size
from survey_app.definition.text import Text

SIZES: tuple[Size, ...] = ("patch", "minor", "major")

Kind = Literal[
    "wording",
    "added",
    "retired",
    "reordered",
    "type",
    "scale",
    "relevance",
    "required",
    "setting",
    "planning",
]
"""What sort of change it is; `setting` is whatever else an author may write of an item."""

KINDS: Mapping[str, Kind] = {"relevant": "relevance", "required": "required"}
"""The fields of an item that are a sort of change of their own."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One change from an older version to a newer: which item, how large, and what it is.

    `part` is the option, row, point or probe that it is about, if it is about one. `before` and
    `after` are what stood there and stands there now, in words; empty where there is nothing.
    """

    item: str
    size: Size
    what: str
    kind: Kind
    part: str = ""
    before: str = ""
    after: str = ""


def say_thing(thing: object) -> str:
    """Return the words of an item, or of an option, row or probe."""
    return say_value(thing.text if isinstance(thing, Item) else thing)


def say_value(value: object) -> str:
    """Return a value of a definition in words: a text in its first language, a flag as yes, no."""
    match value:
        case None:
            return ""
        case Text():
            return value.wordings[0][1] if value.wordings else ""
        case bool():
            return "yes" if value else "no"
        case Condition():
            return value.text
        case tuple() | list():
            return ", ".join(map(say_value, value))
    return str(value)
