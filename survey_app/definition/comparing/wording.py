"""Whether two wordings read the same, but for what nobody would answer differently.

Only case, white space, punctuation and markup are passed over. What tells numbers apart stays: the
sign of -5, the point of 1.5, the stroke of 10-20; so does every sign that is no punctuation.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from survey_app.definition import markdown
from survey_app.definition.text import Text

Relation = Literal["equal", "cosmetic", "translated", "other"]
"""How one text relates to another: word for word, but for cosmetics, in other languages alone."""

REMEMBERED = 8_192
_MARKS = frozenset(".,;:!?'\"-¿¡·")
_BRACKETS_AND_QUOTES = frozenset(("Ps", "Pe", "Pi", "Pf"))
_OF_A_NUMBER = re.compile(r"[-.,:](?=\d)")


def relate(before: Text | None, after: Text | None) -> Relation:
    """Return how `after` relates to `before`; one that came or went is another."""
    if before is None or after is None:
        return "equal" if before is after else "other"
    old, new = dict(before.wordings), dict(after.wordings)
    if old == new:
        return "equal"
    common = old.keys() & new.keys()
    if not common or not all(read_the_same(old[name], new[name]) for name in common):
        return "other"
    return "cosmetic" if old.keys() == new.keys() else "translated"


def are_same(before: Text | None, after: Text | None) -> bool:
    """Whether both are words, and read the same in every language that both have."""
    return before is not None and after is not None and relate(before, after) != "other"


def read_the_same(before: str, after: str) -> bool:
    """Whether two wordings are the same words.

    A mark may part words or join them: `well-being` is `wellbeing` and also `well - being`.
    """
    return any(_reduce(before, gap) == _reduce(after, gap) for gap in (" ", ""))


@lru_cache(REMEMBERED)
def _reduce(words: str, gap: str) -> str:
    plain = unicodedata.normalize("NFKC", markdown.strip_markup(words)).casefold()
    line = "".join("-" if unicodedata.category(sign) == "Pd" else sign for sign in plain)
    kept = {found.start() for found in _OF_A_NUMBER.finditer(line)}
    reduced = "".join(
        gap if _is_mark(sign) and place not in kept else sign for place, sign in enumerate(line)
    )
    # Words that are nothing but marks are what they are: '?' is not '!'.
    return " ".join(reduced.split()) or line.strip()


def _is_mark(sign: str) -> bool:
    return sign in _MARKS or unicodedata.category(sign) in _BRACKETS_AND_QUOTES
