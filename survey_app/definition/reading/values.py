"""Readers of values: true or false, numbers, dates."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from survey_app.definition import problems
from survey_app.definition.reading.base import Reading, read_words
from survey_app.definition.shapes import Json
from survey_app.definition.source import Node

MOST_DIGITS = 15  # what a spreadsheet's number holds exactly
_INTEGER = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class BooleanReader:
    """True or false; `yes` and `no` are understood as well."""

    @property
    def schema(self) -> Mapping[str, Json]:
        """An enumeration of the spellings."""
        return {"enum": [True, False, "true", "false", "yes", "no"]}

    def read(self, node: Node, what: str, reading: Reading) -> bool | None:
        """Return the truth value."""
        words = read_words(node, what, reading)
        if words is None:
            return None
        if words not in {"true", "false", "yes", "no"}:
            reading.note(node, problems.want_boolean(what, words))
            return None
        return words in {"true", "yes"}


@dataclass(frozen=True)
class IntegerReader:
    """A whole number; with `bounds` from the least to the most that is taken."""

    bounds: tuple[int, int] | None = None

    @property
    def schema(self) -> Mapping[str, Json]:
        """An integer, in quotes or not; the bounds hold for one without quotes."""
        least, most = self.bounds or (None, None)
        within: Mapping[str, Json] = {"minimum": least, "maximum": most} if self.bounds else {}
        return {"type": ["integer", "string"], "pattern": f"^{_INTEGER.pattern}$", **within}

    def read(self, node: Node, what: str, reading: Reading) -> int | None:
        """Return the number; at most 15 digits."""
        words = read_words(node, what, reading)
        if words is None:
            return None
        number = int(words) if _INTEGER.fullmatch(words) else None
        if number is None or (self.bounds and not self.bounds[0] <= number <= self.bounds[1]):
            reading.note(node, problems.want_whole_number(what, words, self.bounds))
            return None
        return number


@dataclass(frozen=True)
class DecimalReader:
    """A number, with a point if it has decimals."""

    @property
    def schema(self) -> Mapping[str, Json]:
        """A number, in quotes or not."""
        return {"type": ["number", "string"], "pattern": f"^{_DECIMAL.pattern}$"}

    def read(self, node: Node, what: str, reading: Reading) -> Decimal | None:
        """Return the number exactly as written; at most 15 digits."""
        words = read_words(node, what, reading)
        if words is None:
            return None
        if not _DECIMAL.fullmatch(words) or sum(map(str.isdigit, words)) > MOST_DIGITS:
            reading.note(node, problems.want_number(what, words))
            return None
        return Decimal(words)


@dataclass(frozen=True)
class DateReader:
    """A date as 2026-11-22."""

    @property
    def schema(self) -> Mapping[str, Json]:
        """A string that is a date."""
        return {"type": "string", "format": "date"}

    def read(self, node: Node, what: str, reading: Reading) -> date | None:
        """Return the date."""
        words = read_words(node, what, reading)
        if words is None:
            return None
        if not is_date(words):
            reading.note(node, problems.want_date(what, words))
            return None
        return date.fromisoformat(words)


def is_date(words: str) -> bool:
    """Whether words are a day that there is, written as 2026-11-22."""
    try:
        return _DATE.fullmatch(words) is not None and bool(date.fromisoformat(words))
    except ValueError:
        return False
