"""The two flavours of csv: exact, to the last character, and safe to open in Excel."""

import re
from dataclasses import dataclass, field
from typing import Literal

from survey_app.spreadsheets.texts import CELL_LIMIT, TRIGGERS, count_units

FlavourName = Literal["exact", "excel"]
FLAVOURS: tuple[FlavourName, ...] = ("exact", "excel")

GUARD = "'"
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SEPARATORS = frozenset(";\t\r\n")
_WIDE = "＝＋－＠"  # Excel in East Asia reads them as = + - @
_VISIBLE = re.escape("".join(trigger for trigger in TRIGGERS if not trigger.isspace()) + _WIDE)
# Behind a separator too: a program that splits at “;”, as Excel does in half of Europe, takes
# what follows it for the beginning of a cell.
_opening = re.compile(rf"\A(?=[ \"]*[\t\r\n{_VISIBLE}])|(?<=[;\t\r\n])(?=[ \"]*[{_VISIBLE}])")


@dataclass(kw_only=True)
class Guarding:
    """What the flavour for Excel changed: texts guarded, and texts longer than a cell can be."""

    guarded: int = 0
    too_long: int = 0

    def guard(self, text: str) -> str:
        """Return the text with an apostrophe wherever it could be taken for a formula.

        The rule is OWASP's (CSV Injection); a number in digits stays as it is.
        """
        if len(text) * 2 > CELL_LIMIT:
            self.too_long += count_units(text) > CELL_LIMIT
        if text[:1].isalnum() and _SEPARATORS.isdisjoint(text):
            return text  # nearly every cell: this is for speed alone
        if _NUMBER.fullmatch(text):
            return text
        safe = _opening.sub(GUARD, text)
        self.guarded += safe != text
        return safe


@dataclass(frozen=True, kw_only=True)
class Flavour:
    """A flavour of csv: its encoding, what its files' names end in, and what guards its texts."""

    name: FlavourName
    encoding: str
    ending: str
    guarding: Guarding | None = field(default=None, compare=False)


EXACT = Flavour(name="exact", encoding="utf-8", ending=".csv")
"""RFC 4180 in UTF-8, as stored."""


def make_flavour(name: FlavourName) -> Flavour:
    """Return a flavour that has guarded nothing yet.

    The one for Excel begins with a byte order mark,
    without which Excel takes UTF-8 for a Western European code page.
    """
    if name == "exact":
        return EXACT
    return Flavour(name=name, encoding="utf-8-sig", ending="-for-excel.csv", guarding=Guarding())
