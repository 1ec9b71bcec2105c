"""The answers to scales as numbers, in as few bytes as hold them exactly."""

import math
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from survey_app.definition.analysis import ScaleScore
from survey_app.definition.shapes import Answers, Column, Json
from survey_app.reports.recoding import Crosswalk
from survey_app.reports.responses import ResponseRow
from survey_app.reports.statistics.scales import Block

ROWS = 1000
"""Respondents of whom numbers are worked on at a time."""
EXACT_LIMIT = 2**23
"""Whole numbers up to here take four bytes (IEEE 754, binary32)."""
NONE: Answers = {}


@dataclass(kw_only=True)
class ScalePool:
    """The answers to all items of scales, over the versions that are pooled, in one delivery.

    `scales` are those of the newest of the versions; `numbers` holds a respondent's answers to all
    `columns` one after another, NaN where there is none. `crosswalks` say by version and item what
    older codes are counted as.
    """

    scales: tuple[ScaleScore, ...]
    delivery: str
    columns: tuple[Column, ...]
    crosswalks: Mapping[tuple[str, str], Crosswalk] = field(default_factory=dict)
    versions: set[str] = field(default_factory=set)
    numbers: "array[float]" = field(init=False)

    def __post_init__(self) -> None:
        """Begin without numbers, of the size that holds them exactly."""
        bounds = [each for scale in self.scales for ends in scale.bounds.values() for each in ends]
        small = all(abs(bound) < EXACT_LIMIT for bound in bounds)
        whole = all(column.kind in {"code", "integer"} for column in self.columns)
        self.numbers = array("f" if small and whole else "d")

    @property
    def is_empty(self) -> bool:
        """Whether nobody gave any of the answers."""
        return all(map(math.isnan, self.numbers))

    @cached_property
    def _rows(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The items with those of their rows that are columns, in the columns' order."""
        rows: dict[str, list[str]] = {}
        for column in self.columns:
            rows.setdefault(column.item, []).append(column.row)
        return tuple((item, tuple(names)) for item, names in rows.items())

    def add(self, response: ResponseRow) -> None:
        """Keep a response's answers."""
        self.versions.add(response.version)
        for item, rows in self._rows:
            answers = response.answers.get(item, NONE)
            crosswalk = self.crosswalks.get((response.version, item))
            values = [answers[row].value if row in answers else None for row in rows]
            if crosswalk is not None:
                values = [_translate(value, crosswalk) for value in values]
            self.numbers.extend([_to_number(value) for value in values])

    def read_blocks(self, scale: ScaleScore) -> Iterator[Block]:
        """Yield the answers to a scale's items as they were given, some respondents at a time."""
        if not self.numbers:
            return
        places = {column.name: place for place, column in enumerate(self.columns)}
        wanted = [places[item] for item in scale.items]
        table = np.frombuffer(self.numbers, dtype=self.numbers.typecode)
        table = table.reshape(-1, len(self.columns))
        for start in range(0, len(table), ROWS):
            yield table[start : start + ROWS, wanted].astype(np.float64)


def _translate(value: Json, crosswalk: Crosswalk) -> Json:
    return crosswalk.translate(value) if isinstance(value, str) else value


def _to_number(value: Json) -> float:
    """Return a number, or the code of a point in digits, as a number; NaN for what is none."""
    if isinstance(value, str) and value.isdecimal():
        return float(value)
    return float(value) if isinstance(value, int | float) else math.nan
