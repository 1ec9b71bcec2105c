"""What one reading of the responses counts: who answered which version when, and every cell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

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

_read_reason = attrgetter("reason")


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
    ranged = _find_ranged(layout)
    batch: list[Sequence[Cell]] = []
    for response in responses:
        counts.versions.setdefault(response.version, VersionCount()).add(response)
        batch.append(make_cells(layout, response, language))
        if len(batch) == BATCH:
            _count_batch(batch, ranged, counts)
            batch.clear()
        yield response
    _count_batch(batch, ranged, counts)


def _find_ranged(layout: Layout) -> frozenset[int]:
    return frozenset(
        place
        for place, column in enumerate(layout.columns)
        if find_measure(layout, column) in RANGED
    )


def _count_batch(
    batch: Sequence[Sequence[Cell]], ranged: frozenset[int], counts: CellCounts
) -> None:
    for place, cells in enumerate(zip(*batch, strict=True)):
        counts.cells[place].update(map(_read_reason, cells))
        if place in ranged:
            _stretch(counts.ranges, place, cells)


def _stretch(ranges: dict[int, Range], place: int, cells: Iterable[Cell]) -> None:
    """Widen a column's range to the values of its cells."""
    values = [cell.value for cell in cells if type(cell.value) in IN_ORDER]
    if values:
        values += ranges.get(place, ())
        ranges[place] = min(values), max(values)  # type: ignore[type-var, assignment] # one column's
