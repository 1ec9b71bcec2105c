"""What one reading of the responses counts: who answered which version when, and every cell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from survey_app.definition.items.base import Bound
from survey_app.definition.shapes import Cell
from survey_app.reports.dataset import Layout, make_cells
from survey_app.reports.measures import Measure, find_measure
from survey_app.reports.moments import DATE_LENGTH
from survey_app.reports.responses import IN_PROGRESS, WITHDRAWN, ResponseRow

BATCH = 100
"""How many responses' cells are counted at once, which is quicker than one by one."""

NUMBERS, DAYS = frozenset((int, float)), frozenset((date,))
RANGED: Mapping[Measure, frozenset[type]] = {"ordinal": NUMBERS, "scale": NUMBERS, "date": DAYS}
"""The measures by which values lie between a lowest and a highest, and what these values are.

A code that is no number has its place from its scale alone; what an older version held that was of
another type lies nowhere.
"""

Range = tuple[Bound, Bound]
"""The lowest and the highest value that occurs."""

CellValue = str | int | float | date | None


@dataclass(kw_only=True)
class VersionCount:
    """The responses of a version, by delivery and state, and the first and last day of a start.

    Days are text, "2026-11-22"; of `days_alone` responses no more is known.
    """

    states: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: str | None = None
    last: str | None = None
    days_alone: int = 0

    def add(self, response: ResponseRow) -> None:
        """Count a response."""
        self.states[response.delivery, response.state] += 1
        day = response.started[:DATE_LENGTH]
        self.days_alone += day == response.started
        if self.first is None or day < self.first:
            self.first = day
        if self.last is None or day > self.last:
            self.last = day


@dataclass(kw_only=True)
class CellCounts:
    """What was counted of a source.

    `cells` has for each column how many cells have a value, under None, and how many have none,
    by reason; `ranges` the values between which those of a column lie, by its place, where they
    have an order and there are any; `versions` what each version comes to.
    """

    cells: list[Counter[str | None]] = field(default_factory=list)
    ranges: dict[int, Range] = field(default_factory=dict)
    versions: dict[str, VersionCount] = field(default_factory=dict)

    @property
    def responses(self) -> int:
        """How many responses there are."""
        return sum(count.states.total() for count in self.versions.values())

    @property
    def in_progress(self) -> int:
        """How many of them have not been sent."""
        return self._count_state(IN_PROGRESS)

    @property
    def withdrawn(self) -> int:
        """How many of them were withdrawn."""
        return self._count_state(WITHDRAWN)

    @property
    def days_alone(self) -> int:
        """Of how many of them only the day is known, since their study is anonymous."""
        return sum(count.days_alone for count in self.versions.values())

    def _count_state(self, wanted: str) -> int:
        return sum(
            count
            for version in self.versions.values()
            for (_delivery, state), count in version.states.items()
            if state == wanted
        )


def watch_cells(
    layout: Layout, responses: Iterable[ResponseRow], language: str, counts: CellCounts
) -> Iterator[ResponseRow]:
    """Yield the responses and count each and its cells; all are counted when all were taken.

    A withdrawn one has no cells. So one reading serves those who take the responses as well.
    """
    counts.cells = [Counter() for _column in layout.columns]
    batch = _Batch(_find_ranged(layout))
    for response in responses:
        counts.versions.setdefault(response.version, VersionCount()).add(response)
        if response.state != WITHDRAWN:
            batch.add(make_cells(layout, response, language))
        if len(batch.reasons) == BATCH:
            batch.count(counts)
        yield response
    batch.count(counts)


def _find_ranged(layout: Layout) -> dict[int, frozenset[type]]:
    measures = [find_measure(layout, column) for column in layout.columns]
    return {place: RANGED[each] for place, each in enumerate(measures) if each in RANGED}


@dataclass
class _Batch:
    """Reasons of all cells and values of those at `ranged` places with their types, by response.

    What is kept are no cells, so that these go at once: thousands of them alive would have Python
    look for garbage again and again.
    """

    ranged: Mapping[int, frozenset[type]]
    reasons: list[list[str | None]] = field(default_factory=list)
    values: list[list[CellValue]] = field(default_factory=list)

    def add(self, cells: Sequence[Cell]) -> None:
        """Keep what is counted of a response's cells."""
        self.reasons.append([cell.reason for cell in cells])
        self.values.append([cells[place].value for place in self.ranged])

    def count(self, counts: CellCounts) -> None:
        """Count everything kept, and keep it no longer."""
        for counted, reasons in zip(counts.cells, zip(*self.reasons, strict=True), strict=False):
            counted.update(reasons)
        columns = zip(*self.values, strict=True)
        for (place, types), values in zip(self.ranged.items(), columns, strict=False):
            _stretch(counts.ranges, place, [each for each in values if type(each) in types])
        self.reasons.clear()
        self.values.clear()


def _stretch(ranges: dict[int, Range], place: int, values: Sequence[Any]) -> None:
    """Widen a column's range to values that can be compared."""
    if values:
        every = (*values, *ranges.get(place, ()))
        ranges[place] = min(every), max(every)
