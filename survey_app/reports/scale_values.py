"""The numbers that scales are made of, kept in the counting pass: four bytes an answer.

Those of items that know decimals take eight. Nothing is kept of versions whose definition
declares no scale.
"""

import math
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from survey_app.definition.analysis import ScaleScore
from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.shapes import Answers, Column, Json
from survey_app.reports.dataset import Layout
from survey_app.reports.responses import SELF, WITHDRAWN, ResponseRow
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
    `columns` one after another, NaN where there is none.
    """

    newest: Instrument
    delivery: str
    columns: tuple[Column, ...]
    versions: set[str] = field(default_factory=set)
    numbers: "array[float]" = field(init=False)

    def __post_init__(self) -> None:
        """Begin without numbers, of the size that holds them exactly."""
        bounds = [each for scale in self.scales for ends in scale.bounds.values() for each in ends]
        small = all(abs(bound) < EXACT_LIMIT for bound in bounds)
        whole = all(column.kind in {"code", "integer"} for column in self.columns)
        self.numbers = array("f" if small and whole else "d")

    @property
    def scales(self) -> tuple[ScaleScore, ...]:
        """The scales that the newest version declares."""
        return self.newest.analysis.scales

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
            self.numbers.extend(
                [_to_number(answers[row].value) if row in answers else math.nan for row in rows]
            )

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


class ScaleValues:
    """Keeps what scales need of the responses that pass by; withdrawn ones do not count."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._pools: dict[tuple[str, int], ScalePool | None] = {}

    def watch(self, responses: Iterable[ResponseRow]) -> Iterator[ResponseRow]:
        """Yield the responses, so that one reading serves those who take them as well."""
        for response in responses:
            if response.state != WITHDRAWN:
                pool = self._find_pool(response)
                if pool is not None:
                    pool.add(response)
            yield response

    def take_pools(self) -> tuple[ScalePool, ...]:
        """Return the pools with scales and keep them no longer.

        Self-delivery first, newest first, as Likert items have. Without any response there is an
        empty one of the newest major version.
        """
        pools, self._pools = self._pools, {}
        if not pools:
            newest = version_order(self._layout.instruments[0].version)
            pools[SELF, newest[0]] = self._make_pool(SELF, newest[0])
        keys = sorted(pools, key=lambda key: (key[0] != SELF, -key[1]))
        return tuple(pool for key in keys if (pool := pools[key]) is not None)

    def _find_pool(self, response: ResponseRow) -> ScalePool | None:
        key = response.delivery, version_order(response.version)[0]
        if key not in self._pools:
            self._pools[key] = self._make_pool(*key)
        return self._pools[key]

    def _make_pool(self, delivery: str, major: int) -> ScalePool | None:
        same = (e for e in self._layout.instruments if version_order(e.version)[0] == major)
        newest = next(same, None)
        names = {name for scale in newest.analysis.scales for name in scale.items} if newest else ()
        if newest is None or not names:
            return None
        columns = tuple(column for column in newest.columns if column.name in names)
        return ScalePool(newest=newest, delivery=delivery, columns=columns)


def _to_number(value: Json) -> float:
    """Return a number, or the code of a point in digits, as a number; NaN for what is none."""
    if isinstance(value, str) and value.isdecimal():
        return float(value)
    return float(value) if isinstance(value, int | float) else math.nan
