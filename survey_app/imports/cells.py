"""What a cell says: the text that somebody would have typed, the code chosen, or a reason."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal

from survey_app.definition.reasons import Reason, describe
from survey_app.definition.shapes import Column
from survey_app.imports.problems import CellError
from survey_app.spreadsheets.sheet import Muted
from survey_app.spreadsheets.table import ReadValue, Unusable
from survey_app.translations import gettext as _

EXACT_DIGITS = 15
"""The digits of a number that spreadsheets show and keep exactly."""

SHOWN = 60
"""Characters of a cell that a sentence repeats."""

_float = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?[eE][-+]?[0-9]{1,3}")


def show_cell(value: ReadValue, column: Column) -> str:
    """Return a value as it would be typed as an answer. Raises CellError for what is none."""
    match value:
        case Unusable():
            raise CellError(_say_unusable(value))
        case datetime():
            return _show_moment(value, column)
        case date():
            return value.isoformat()
        case bool():
            return str(int(value)) if column.kind == "flag" else str(value).upper()
        case int() | float():
            return show_number(value)
    text = value.text if isinstance(value, Muted) else value or ""
    return show_number(text) if _is_spelled_number(text, column) else text


def show_number(number: float | str) -> str:
    """Return a number in digits, without an exponent."""
    written = f"{number:.{EXACT_DIGITS}g}" if isinstance(number, float) else str(number)
    digits = f"{Decimal(written):f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def quote(text: str) -> str:
    """Return a text as sentences repeat it: in quotation marks and not too long."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= SHOWN else f"“{line[:SHOWN]}…”"


def _say_unusable(value: Unusable) -> str:
    return _(
        "{formula} is a formula or an error, and formulas are not evaluated here. Copy the cells "
        "and paste their values in their place."
    ).format(formula=quote(value.text))


def _show_moment(value: datetime, column: Column) -> str:
    if value.time() == time():
        return value.date().isoformat()
    if column.kind == "date":
        raise CellError(
            _("{value} is a day with a time. Write the day alone, such as 2026-11-22.").format(
                value=quote(str(value))
            )
        )
    return value.isoformat(sep=" ")


def _is_spelled_number(text: str, column: Column) -> bool:
    """Whether a text is a number as programs spell very small ones: our csv has 1e-07."""
    return column.kind in {"integer", "decimal"} and _float.fullmatch(text.strip()) is not None


class Reasons:
    """The words that stand for a blank: the reasons' codes, and what sheets of labels show.

    With `muted` (in a workbook of ours) an answer in somebody's own words is never taken for one:
    there reasons alone are written in italics.
    """

    def __init__(self, languages: Iterable[str], *, muted: bool) -> None:
        self._muted = muted
        self._words = {str(reason): reason for reason in Reason}
        for language in ("en", *languages):
            for reason in Reason:
                self._words[f"[{describe(reason, language)}]"] = reason

    def find(self, value: ReadValue, column: Column) -> Reason | None:
        """Return the reason that a cell holds, None where it holds something else."""
        if isinstance(value, Muted):
            return self._words.get(value.text.strip())
        if not isinstance(value, str):
            return None
        text = value.strip()
        if text in column.codes or (self._muted and column.kind == "text"):
            return None
        return self._words.get(text)
