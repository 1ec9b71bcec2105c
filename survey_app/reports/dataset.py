"""Many versions as one table, with a reason for every empty cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.items.base import Item, blank_cell
from survey_app.definition.lineage import NO_LINEAGE, Lineage
from survey_app.definition.pooling import BY_NUMBERS, Division, Pooling
from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answer, Answers, Cell, Column
from survey_app.reports.responses import INTERVIEWER, WITHDRAWN, ReportError, ResponseRow

Placed = tuple[Item, tuple[int, ...]]
"""An item and the places of its columns in the table."""

WHOLE_ITEMS = {
    "refused": Reason.REFUSED,
    "dont_know": Reason.DONT_KNOW,
    "not_applicable": Reason.NOT_RELEVANT,
}
"""The reasons that an interviewer gives for a whole item; one not asked was not reached."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The columns of the table: those of the newest version first, retired ones last.

    `pooling` says which versions are counted together, `lineage` what each version called the
    questions that have another key now.
    """

    instruments: tuple[Instrument, ...]
    columns: tuple[Column, ...]
    pooling: Pooling = BY_NUMBERS
    lineage: Lineage = NO_LINEAGE
    _divisions: dict[str, Division] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def by_version(self) -> Mapping[str, Instrument]:
        """The instruments by version."""
        return {each.version: each for each in self.instruments}

    @cached_property
    def placed(self) -> Mapping[str, tuple[Placed, ...]]:
        """The items of each version with the places of their columns."""
        places = {column.name: place for place, column in enumerate(self.columns)}
        return {
            instrument.version: tuple(
                (item, tuple(places[column.name] for column in item.columns()))
                for item in instrument.items
            )
            for instrument in self.instruments
        }

    @cached_property
    def probed(self) -> Mapping[str, frozenset[str]]:
        """The keys of each version's items that an interviewer asks by probes."""
        return {
            instrument.version: frozenset(item.key for item in instrument.items if has_probes(item))
            for instrument in self.instruments
        }

    def divide(self, item: str = "") -> Division:
        """Return how versions are counted for a question; for no question, how for most."""
        key = item if item in self.pooling.items else ""
        if key not in self._divisions:
            self._divisions[key] = self.pooling.divide(self.instruments, key)
        return self._divisions[key]


def make_layout(
    instruments: Iterable[Instrument],
    pooling: Pooling = BY_NUMBERS,
    lineage: Lineage = NO_LINEAGE,
) -> Layout:
    """Return the table's layout; raise ReportError unless all are versions of one instrument."""
    newest_first = sort_versions(instruments)
    if not newest_first:
        raise ReportError("A report needs at least one version of an instrument.")
    names = sorted({instrument.name for instrument in newest_first})
    if len(names) > 1:
        raise ReportError(
            f"A report is of one instrument, and these are {', '.join(names)}: make one for each."
        )
    columns: dict[str, Column] = {}
    for instrument in newest_first:
        for column in instrument.columns:
            columns.setdefault(column.name, column)
    return Layout(
        instruments=newest_first,
        columns=tuple(columns.values()),
        pooling=pooling,
        lineage=lineage,
    )


def sort_versions(instruments: Iterable[Instrument]) -> tuple[Instrument, ...]:
    """Return versions newest first."""
    return tuple(sorted(instruments, key=lambda each: version_order(each.version), reverse=True))


def find_holders(layout: Layout, name: str) -> tuple[Instrument, ...]:
    """Return the versions that have a column, newest first."""
    return tuple(each for each in layout.instruments if name in each.columns_by_name)


def name_column(layout: Layout, column: Column) -> dict[str, str]:
    """Return what each version that has a column calls it, newest first."""
    ending = column.name.removeprefix(column.item)
    return {
        each.version: layout.lineage.find_asked(each.version, column.item) + ending
        for each in find_holders(layout, column.name)
    }


def has_probes(item: Item) -> bool:
    """Whether an interviewer asks this item by probes."""
    topic = item.topic()
    return topic is not None and bool(topic.probes)


def complete_answers(layout: Layout, item: Item, response: ResponseRow) -> Answers:
    """Return an item's answers with a reason for each row that has none."""
    stored: Answers = {} if response.state == WITHDRAWN else response.answers.get(item.key, {})
    rows = item.row_keys()
    if stored and all(map(stored.__contains__, rows)):
        return stored if len(stored) == len(rows) else {row: stored[row] for row in rows}
    gap = Answer(reason=_find_gap(layout, item, response))
    return {row: stored.get(row, gap) for row in rows}


def make_cells(layout: Layout, response: ResponseRow, language: str) -> tuple[Cell, ...]:
    """Return one cell for each column; raise ReportError if the response's version is missing."""
    absent = blank_cell(Answer(reason=Reason.NOT_IN_THIS_VERSION), language)
    row = [absent] * len(layout.columns)
    for item, places in find_placed(layout, response):
        cells = item.cells(complete_answers(layout, item, response), language)
        for place, cell in zip(places, cells, strict=True):
            row[place] = cell
    return tuple(row)


def find_placed(layout: Layout, response: ResponseRow) -> tuple[Placed, ...]:
    """Return the items of a response's version; raise ReportError if the version is missing."""
    placed = layout.placed.get(response.version)
    if placed is None:
        name = layout.instruments[0].name
        raise ReportError(
            f"Response {response.id} was given on {name}@{response.version}, and this report has "
            f"only {', '.join(layout.placed)}: add that version or leave its responses out."
        )
    return placed


def _find_gap(layout: Layout, item: Item, response: ResponseRow) -> Reason:
    if response.state == WITHDRAWN:
        return Reason.WITHDRAWN
    if response.delivery == INTERVIEWER and item.key in layout.probed[response.version]:
        return Reason.ASKED_AS_PROBES
    return WHOLE_ITEMS.get(response.item_states.get(item.key, ""), Reason.NOT_REACHED)
