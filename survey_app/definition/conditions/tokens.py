"""Tokens: a condition's text cut into words, with advice for what other languages would write."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_CHARACTERS = 2_000
OFFERED = "not(…), selected(${key}, 'code'), count-selected(${key}), true() and false()"
NO_ARITHMETIC = "arithmetic (+ - * div mod) is not offered here; compare the answers themselves"

_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<reference>\$\{[a-z][a-z0-9_]*(?:/[a-z0-9_]+)?\})
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<number>-?[0-9]+(?:\.[0-9]+)?)(?![\w.])
    | (?P<name>[^\W\d][\w.-]*)
    | (?P<comparison><=|>=|!=|=(?![=<>])|<(?!>)|>)
    | (?P<mark>[(),])
    """,
    re.VERBOSE,
)

# Tried in this order, so that the longer spelling wins.
_ADVICE = {
    "==": "`==` is not a comparison here; write `=`",
    "=<": "`=<` is not a comparison here; write `<=`",
    "=>": "`=>` is not a comparison here; write `>=`",
    "<>": "`<>` is not a comparison here; write `!=`",
    "&": "`&` does not join conditions here; write `and`",
    "|": "`|` does not join conditions here; write `or`",
    "!": "`!` does not negate here; write `not(…)`, or `!=` for “is not”",
    "'": "this text has no closing quote; end it with ' (text that holds a ' stands in \"…\")",
    '"': "this text has no closing quote; end it with \" (text that holds a \" stands in '…')",
    "${": (
        "this is not a reference; write ${key}, or ${key/row} for a row of a grid, in lower-case "
        "letters, digits and underscores, without spaces"
    ),
    "$": "a reference needs braces; write ${key}",
    "+": NO_ARITHMETIC,
    "-": NO_ARITHMETIC,
    "*": NO_ARITHMETIC,
    ".": "paths such as `.` and `..` are not offered here; name the item: ${key}",
    "/": "paths are not offered here; name the item: ${key}",
} | dict.fromkeys("‘’‚“”„«»`", "this quotation mark is not read; write straight quotes: 'text'")


class ConditionError(ValueError):
    """A condition that cannot be read: where, what is wrong and what to do.

    position: the character it is about, counted from 1.
    """

    def __init__(self, position: int, advice: str) -> None:
        super().__init__(f"at character {position}: {advice}")
        self.position = position


@dataclass(frozen=True, kw_only=True)
class Token:
    """One word of a condition.

    kind: reference, text, number, name, comparison, mark or end.
    text: as written (empty at the end). position: of its first character, counted from 1.
    """

    kind: str
    text: str
    position: int


def split(text: str) -> Iterator[Token]:
    """The tokens of text, then one of kind end; raises ConditionError at what is no token."""
    if len(text) > MOST_CHARACTERS:
        raise ConditionError(
            MOST_CHARACTERS + 1,
            f"the condition is longer than {MOST_CHARACTERS:,} characters; split the question, "
            "or put the items in a section with a condition of its own",
        )
    start = 0
    while start < len(text):
        found = _TOKEN.match(text, start)
        if found is None:
            raise ConditionError(start + 1, _advise(text[start:]))
        if found.lastgroup and found.lastgroup != "space":
            yield Token(kind=found.lastgroup, text=found[0], position=start + 1)
        start = found.end()
    yield Token(kind="end", text="", position=len(text) + 1)


def _advise(rest: str) -> str:
    """What to say about text that begins with no token."""
    for spelling, advice in _ADVICE.items():
        if rest.startswith(spelling):
            return advice
    if rest[0] in "0123456789":
        return "this is not a number; write digits, as 12 or 3.5, or put text in quotes"
    return f"`{rest[0]}` means nothing here; put text in quotes: 'text'"
