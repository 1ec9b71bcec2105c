"""SPSS .sav by pyreadstat, which takes the table as a whole.

Limits: IBM SPSS Statistics, Command Syntax Reference (strings of 32,767 bytes, variable labels of
255, value labels of 120); pyreadstat cuts silently at some and at others not at all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat

from survey_app.definition.reasons import NUMBERS, Reason
from survey_app.reports.formats.gathering import EPOCH, REASONS, Gathered
from survey_app.reports.formats.labels import (
    count_bytes,
    cut_label,
    label_numbers,
    spell_out,
    split_bytes,
)
from survey_app.reports.formats.variables import Variable, describe_reasons

TEXT_LIMIT = 32_767
LABEL_LIMIT = 255
VALUE_LABEL_LIMIT = 120
TITLE_LIMIT = 64
NOTE_LIMIT = 80
TEXT_WIDTH = 40
NUMBER_WIDTH = 12
"""Characters of the data editor's columns."""

FIRST_DAY = datetime(1582, 10, 14, tzinfo=UTC)
"""From which SPSS counts seconds."""

LOWEST, HIGHEST = min(NUMBERS.values()), max(NUMBERS.values())
MADE = slice(92, 109)
"""Where the header says when the file was written (PSPP, System File Format)."""


def count_pieces(columns: Iterable[Gathered]) -> dict[str, int]:
    """Return for the texts that do not fit one variable how many they need."""
    pieces = {
        gathered.name: max((_count_needed(text) for text in gathered.texts), default=1)
        for gathered in columns
        if gathered.content == "text"
    }
    return {name: needed for name, needed in pieces.items() if needed > 1}


def _count_needed(text: str) -> int:
    return len(split_bytes(text, TEXT_LIMIT)) if len(text) * 4 > TEXT_LIMIT else 1


def number_reasons(gathered: Gathered) -> dict[Reason, int]:
    """Return the numbers of the reasons in a column.

    They are -90 to -98; where answers themselves lie in that range, -990 to -998, and so on.
    """
    shifts = (-100 * (10**digits - 1) for digits in count())
    free = next(
        shift
        for shift in shifts
        if not any(LOWEST + shift <= number <= HIGHEST + shift for number in gathered.numbers)
    )
    return {reason: number + free for reason, number in NUMBERS.items()}


def write_sav(
    variables: Sequence[Variable], path: Path, *, title: str, notes: Iterable[str]
) -> None:
    """Write a .sav whose bytes depend on what is in it alone."""
    missing = {each.name: number_reasons(each.gathered) for each in variables if each.has_reasons}
    frame = pd.DataFrame({each.name: _fill(each, missing.get(each.name, {})) for each in variables})
    pyreadstat.write_sav(
        frame,
        path,
        file_label=cut_label(spell_out(title), TITLE_LIMIT, count_bytes),
        column_labels={
            each.name: cut_label(spell_out(each.label), LABEL_LIMIT, count_bytes)
            for each in variables
        },
        note=[line for note in notes for line in split_bytes(note, NOTE_LIMIT)],
        row_compress=True,
        variable_value_labels=dict(_label_values(variables, missing)),
        missing_ranges={name: [_find_range(numbers)] for name, numbers in missing.items()},
        variable_measure={each.name: each.measure for each in variables},
        variable_display_width={
            each.name: NUMBER_WIDTH if _is_number(each) else TEXT_WIDTH for each in variables
        },
        variable_format={each.name: _find_format(each) for each in variables if _is_number(each)},
    )
    _fix_time(path)


def _is_number(variable: Variable) -> bool:
    return variable.is_given or variable.gathered.content != "text"


def _fill(variable: Variable, missing: Mapping[Reason, int]) -> Any:
    gathered = variable.gathered
    if not _is_number(variable):
        pieces = (split_bytes(text, TEXT_LIMIT) for text in gathered.texts)
        return pd.Series(
            [found[variable.piece] if variable.piece < len(found) else "" for found in pieces],
            dtype=object,
        )
    blanks = np.frombuffer(gathered.reasons, dtype=np.uint8)
    numbers = np.array([1, *(missing.get(reason, 0) for reason in REASONS)], dtype=float)
    return np.where(blanks > 0, numbers[blanks], _read_numbers(variable, len(blanks)))


def _read_numbers(variable: Variable, length: int) -> Any:
    if variable.is_given:
        return np.ones(length)
    numbers = np.array(variable.gathered.numbers, dtype=float)
    if variable.gathered.content in {"date", "moment"}:
        numbers += (EPOCH - FIRST_DAY).total_seconds()
    return numbers


def _label_values(
    variables: Iterable[Variable], missing: Mapping[str, Mapping[Reason, int]]
) -> Iterator[tuple[str, dict[int | float, str]]]:
    words = describe_reasons()
    for each in variables:
        labels: dict[int | float, str] = {
            number: spell_out(label)
            for number, label in label_numbers(each, VALUE_LABEL_LIMIT, count_bytes).items()
        }
        for reason, number in missing.get(each.name, {}).items():
            labels[float(number)] = words[reason]
        if labels:
            yield each.name, labels


def _find_range(numbers: Mapping[Reason, int]) -> Any:
    return {"lo": min(numbers.values()), "hi": max(numbers.values())}


def _find_format(variable: Variable) -> str:
    gathered = variable.gathered
    match gathered.content:
        case "date":
            return "SDATE10"
        case "moment":
            return "DATETIME24.3" if gathered.timed else "SDATE10"
        case "number" if not variable.is_given:
            return f"F{_find_width(gathered.numbers) + gathered.decimals}.{gathered.decimals}"
    return "F5.0"


def _find_width(numbers: Iterable[float]) -> int:
    """Return how many characters the whole part takes, a sign, a point and reasons allowed for."""
    longest = max((abs(number) for number in numbers if number == number), default=0)  # noqa: PLR0124
    return max(len(f"{longest:.0f}") + 2, 8)


def _fix_time(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(MADE.start)
        file.write(b"01 Jan 8000:00:00")
