"""Text codes as numbers, for the programs whose value labels belong to numbers.

A code that is a whole number stays what it is. Any other gets the next number that is free, in the
order in which versions, oldest first, list their codes: so a version that adds options never
changes the numbers of those before it.
"""

import re
from collections.abc import Iterable

from survey_app.definition.instrument import Instrument
from survey_app.definition.shapes import Column

_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")


class Coding:
    """The numbers of one column's codes, by code."""

    def __init__(self, versions: Iterable[Iterable[str]]) -> None:
        """Take the codes of each version, oldest first."""
        self.numbers: dict[str, int] = {}
        for codes in versions:
            # Whole numbers first, or "no" could take the 1 of an option "1" beside it.
            for code in sorted(codes, key=lambda code: not _WHOLE.fullmatch(code)):
                self.find(code)

    def find(self, code: str) -> int:
        """Return a code's number; one that no version lists gets the next that is free."""
        if code not in self.numbers:
            taken = self.numbers.values()
            own = int(code) if _WHOLE.fullmatch(code) else None
            free = max(taken, default=0) + 1
            self.numbers[code] = free if own is None or own in taken else own
        return self.numbers[code]


def make_coding(instruments: Iterable[Instrument], name: str) -> Coding:
    """Return the coding of the column of that name over versions, newest first."""
    oldest_first = [*instruments][::-1]
    return Coding(column.codes for each in oldest_first for column in find_columns(each, name))


def find_columns(instrument: Instrument, name: str) -> tuple[Column, ...]:
    """Return the version's column of that name, if it has it."""
    return tuple(column for column in instrument.columns if column.name == name)
