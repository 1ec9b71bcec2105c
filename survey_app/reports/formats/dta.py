"""Stata .dta, format 118 (Stata 14 and newer), by pyreadstat, which takes the table as a whole.

A blank is one of Stata's extended missing values, `.u` for unanswered and so on: Stata leaves
them out of every computation by itself and still tells them apart, where a labelled -95 would be
averaged. Limits: Stata, `help dta`, `help limits`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyreadstat

from survey_app.definition.reasons import Reason
from survey_app.reports.formats.gathering import DAY, EPOCH, REASONS
from survey_app.reports.formats.labels import cut_label, label_numbers, spell_out
from survey_app.reports.formats.variables import NAME_LIMIT, Variable, describe_reasons, find_name

LETTERS = {
    Reason.UNANSWERED: "u",
    Reason.NOT_RELEVANT: "n",
    Reason.REFUSED: "r",
    Reason.DONT_KNOW: "d",
    Reason.NOT_IN_THIS_VERSION: "v",
    Reason.NOT_REACHED: "x",
    Reason.ASKED_AS_PROBES: "p",
    Reason.WITHDRAWN: "w",
}
"""The letters of the extended missing values; .r and .d are the field's custom."""

STATA = 14
LABEL_LIMIT = 80
VALUE_LABEL_LIMIT = 8_000
"""Characters; 32,000 bytes hold that many of any."""

FIRST_DAY = datetime(1960, 1, 1, tzinfo=UTC)
"""From which Stata counts days, and milliseconds."""

LABELLED_LIMIT = NAME_LIMIT - 5
"""Characters of a name to which pyreadstat can append a number for its set of value labels."""

_MADE = re.compile(rb"(?<=<timestamp>\x11)[^<]{17}(?=</timestamp>)")
HEADER, NAME_SLOT = 1_000, 129
"""Bytes: more than stands before the names, and what each of them takes (`help dta`)."""


def write_dta(variables: Sequence[Variable], path: Path, *, title: str) -> None:
    """Write a .dta whose bytes depend on what is in it alone."""
    names = _shorten_names(variables)
    frame = pd.DataFrame({names[each.name]: _fill(each) for each in variables})
    pyreadstat.write_dta(
        frame,
        path,
        version=STATA,
        file_label=cut_label(spell_out(title), LABEL_LIMIT, len),
        column_labels={
            names[each.name]: cut_label(spell_out(each.label), LABEL_LIMIT, len)
            for each in variables
        },
        variable_value_labels={names[name]: labels for name, labels in _label_values(variables)},
        missing_user_values={
            names[each.name]: [*LETTERS.values()] for each in variables if each.has_reasons
        },
        variable_format={names[name]: form for name, form in _list_formats(variables)},
    )
    _settle(path, names)


def _shorten_names(variables: Iterable[Variable]) -> dict[str, str]:
    """Return the name under which each variable is written first."""
    taken = {each.name for each in variables}
    return {
        name: find_name(name[:LABELLED_LIMIT], "", taken) if len(name) > LABELLED_LIMIT else name
        for name in sorted(taken)
    }


def _fill(variable: Variable) -> Any:
    gathered = variable.gathered
    if gathered.content == "text" and not variable.is_given:
        return pd.Series([spell_out(text) for text in gathered.texts], dtype=object)
    blanks = np.frombuffer(gathered.reasons, dtype=np.uint8)
    numbers = _read_numbers(variable, len(blanks))
    if not blanks.any():
        return numbers
    # A letter in a number's place is how pyreadstat is told of an extended missing value.
    letters = np.array(["", *(LETTERS[reason] for reason in REASONS)], dtype=object)
    return pd.Series(np.where(blanks > 0, letters[blanks], numbers.astype(object)))


def _read_numbers(variable: Variable, length: int) -> Any:
    if variable.is_given:
        return np.ones(length)
    seconds = np.array(variable.gathered.numbers, dtype=float)
    since = (EPOCH - FIRST_DAY).total_seconds()
    match _find_unit(variable):
        case "day":
            return (seconds + since) / DAY
        case "millisecond":
            return np.round((seconds + since) * 1000)
    return seconds


def _find_unit(variable: Variable) -> str:
    gathered = variable.gathered
    if gathered.content == "date" or (gathered.content == "moment" and not gathered.timed):
        return "day"
    return "millisecond" if gathered.content == "moment" else ""


def _label_values(
    variables: Iterable[Variable],
) -> Iterator[tuple[str, dict[Any, str]]]:
    words = describe_reasons()
    for each in variables:
        labels: dict[Any, str] = {
            int(number): spell_out(label)
            for number, label in label_numbers(each, VALUE_LABEL_LIMIT, len).items()
        }
        if each.has_reasons:
            labels |= {letter: words[reason] for reason, letter in LETTERS.items()}
        if labels:
            yield each.name, labels


def _list_formats(variables: Iterable[Variable]) -> Iterator[tuple[str, str]]:
    formats = {"day": "%tdCCYY-NN-DD", "millisecond": "%tcCCYY-NN-DD_HH:MM:SS.sss"}
    for each in variables:
        unit = _find_unit(each)
        if unit:
            yield each.name, formats[unit]


def _settle(path: Path, names: Mapping[str, str]) -> None:
    """Give the variables their own names, and the file a time that is always the same."""
    with path.open("r+b") as file:
        head = file.read(HEADER + len(names) * (NAME_SLOT + 2))
        head = _MADE.sub(b"01 Jan 1980 00:00", head, count=1)
        for name, written in names.items():
            slot = written.encode().ljust(NAME_SLOT, b"\0")
            head = head.replace(slot, name.encode().ljust(NAME_SLOT, b"\0"), 1)
        file.seek(0)
        file.write(head)
