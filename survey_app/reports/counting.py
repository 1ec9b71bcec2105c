"""What one reading of the responses counts: who answered which version when, and every cell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from survey_app.definition.items.base import Bound
from survey_app.definition.shapes import Cell
from survey_app.reports.dataset import Layout, make_cells
from survey_app.reports.measures import find_measure
from survey_app.reports.moments import DATE_LENGTH
from survey_app.reports.responses import IN_PROGRESS, WITHDRAWN, ResponseRow

BATCH = 100
"""How many responses' cells are counted at once, which is quicker than one by one."""

RANGED = frozenset(("ordinal", "scale", "date"))
"""The measures by which values lie between a lowest and a highest."""

IN_ORDER = frozenset((int, float, date))
"""What such values are; a code that is no number has its place from its scale alone."""

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

    So one reading serves those who take the responses as well.
    """
    counts.cells = [Counter() for _column in layout.columns]
    batch = _Batch(_find_ranged(layout))
    for response in responses:
        counts.versions.setdefault(response.version, VersionCount()).add(response)
        batch.add(make_cells(layout, response, language))
        if len(batch.reasons) == BATCH:
            batch.count(counts)
        yield response
    batch.count(counts)


def _find_ranged(layout: Layout) -> tuple[int, ...]:
    return tuple(
        place
        for place, column in enumerate(layout.columns)
        if find_measure(layout, column) in RANGED
    )


@dataclass
class _Batch:
    """Reasons of all cells and values of those at `ranged` places, by response.

    What is kept are no cells, so that these go at once: thousands of them alive would have Python
    look for garbage again and again.
    """

    ranged: tuple[int, ...]
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
        for place, values in zip(self.ranged, zip(*self.values, strict=True), strict=False):
            _stretch(counts.ranges, place, values)
        self.reasons.clear()
        self.values.clear()


def _stretch(ranges: dict[int, Range], place: int, values: Iterable[CellValue]) -> None:
    """Widen a column's range to its values; a code that is no number has no place in it."""
    found = [value for value in values if type(value) in IN_ORDER]
    if found:
        found += ranges.get(place, ())
        ranges[place] = min(found), max(found)  # type: ignore[type-var, assignment] # one column's
