"""One difference between two versions: what sort it is, how much it weighs, and both in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from survey_app.definition.conditions import Condition
from survey_app.definition.reading import Size
from survey_app.definition.text import Text

SIZES: tuple[Size, ...] = ("patch", "minor", "major")

Kind = Literal[
    "cosmetic",
    "wording",
    "added",
    "retired",
    "recoded",
    "reordered",
    "type",
    "moved",
    "renamed",
    "relevance",
    "required",
    "scale",
    "direction",
    "setting",
    "planning",
]
"""What sort of change it is.

`cosmetic` is case, white space, punctuation or markup alone, or words that nobody sees; `recoded`
is the same words under another code; `moved` stands in another section; `renamed` is the same
question under another key; `scale` has other points and `direction` runs the other way; `setting`
is whatever else an author may write of an item, and `planning` the minutes of a section.
"""

KINDS: Mapping[str, Kind] = {"relevant": "relevance", "required": "required"}
"""The fields of an item that are a sort of change of their own."""


Part = Literal["", "option", "row", "point", "probe"]
"""Of what sort a part of an item is."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One change from an older version to a newer: of what, how large, and what it is.

    `item` is the key that it is about, and `part` the option, row, point or probe of it (`part_is`
    says which), as the newer version names them, or the older where they were retired. `older_item`
    and `older_part` are their names in the older version where those are others. A change of a
    section has its key in `section` and no item; one of the whole instrument has neither. `before`
    and `after` are what stood there and stands there now, in words; empty where there is nothing.

    `question` is what the two versions cannot tell and the author has to answer in the newer one,
    with what to write there; empty where it is settled. `answer` is what the author has answered
    to it, in words, for whoever reviews the version.
    """

    item: str = ""
    part: str = ""
    part_is: Part = ""
    section: str = ""
    size: Size
    what: str
    kind: Kind
    before: str = ""
    after: str = ""
    older_item: str = ""
    older_part: str = ""
    question: str = ""
    answer: str = ""

    @property
    def item_before(self) -> str:
        """The item's key in the older version; empty where that had none."""
        is_new = self.kind == "added" and not self.part
        return "" if is_new else self.older_item or self.item

    @property
    def part_before(self) -> str:
        """The part's code in the older version; empty where that had none."""
        return "" if self.kind == "added" else self.older_part or self.part


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


def say_both(before: object, after: object) -> tuple[str, str]:
    """Return two values in words; texts in the languages in which they differ, if in several."""
    if not isinstance(before, Text) or not isinstance(after, Text):
        return say_value(before), say_value(after)
    old, new = dict(before.wordings), dict(after.wordings)
    if old.keys() == new.keys() and len(old) == 1:
        return say_value(before), say_value(after)
    differing = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return _say_languages(old, differing), _say_languages(new, differing)


def _say_languages(wordings: Mapping[str, str], languages: list[str]) -> str:
    return "; ".join(f"{name}: {wordings[name]}" for name in languages if name in wordings)
