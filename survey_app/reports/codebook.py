"""Every column of the data: what it asks, its codes, its versions and how full it is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from survey_app.definition.instrument import Instrument
from survey_app.definition.reasons import Reason
from survey_app.definition.reserved import OUR_COLUMNS
from survey_app.definition.shapes import Column
from survey_app.definition.text import Text
from survey_app.reports.dataset import Layout, make_cells
from survey_app.reports.responses import IN_PROGRESS, WITHDRAWN, ResponseRow
from survey_app.translations import gettext as _

Wording = tuple[Text, Text | None]
"""The words of a question and of its row or option."""


@dataclass(frozen=True, kw_only=True)
class CodebookRow:
    """One column. `section`, `condition` and the column's words are those of `versions[0]`.

    `wordings` holds the words by version where versions differ; `n` counts the cells with a value
    and `missing` those without, by reason.
    """

    column: Column
    section: Text
    condition: str
    wordings: Mapping[str, Wording]
    versions: tuple[str, ...]
    n: int
    missing: Mapping[str, int]


@dataclass(kw_only=True)
class CellCounts:
    """How many responses there are and, for each column, cells with a value and without."""

    responses: int = 0
    in_progress: int = 0
    withdrawn: int = 0
    cells: list[Counter[str | None]] = field(default_factory=list)


def watch_cells(
    layout: Layout, responses: Iterable[ResponseRow], language: str, counts: CellCounts
) -> Iterator[ResponseRow]:
    """Yield the responses and count each and its cells by reason, None standing for a value.

    So one reading serves those who take the responses as well.
    """
    counts.cells = [Counter() for _column in layout.columns]
    for response in responses:
        counts.responses += 1
        counts.in_progress += response.state == IN_PROGRESS
        counts.withdrawn += response.state == WITHDRAWN
        for counted, cell in zip(counts.cells, make_cells(layout, response, language), strict=True):
            counted[cell.reason] += 1
        yield response


def make_codebook(layout: Layout, counts: CellCounts) -> tuple[CodebookRow, ...]:
    """Return one row for each column of the layout, in its order."""
    return tuple(
        _make_row(layout, column, counted)
        for column, counted in zip(layout.columns, counts.cells, strict=True)
    )


def _make_row(layout: Layout, column: Column, counted: Counter[str | None]) -> CodebookRow:
    holders = [each for each in layout.instruments if _find_column(each, column.name)]
    newest = holders[0]
    condition = newest.items_by_key[column.item].relevant
    return CodebookRow(
        column=column,
        section=_find_section(newest, column.item),
        condition=condition.text if condition else "",
        wordings=_find_wordings(holders, column.name),
        versions=tuple(each.version for each in holders),
        n=counted[None],
        missing={reason: counted[reason] for reason in Reason},
    )


def _find_column(instrument: Instrument, name: str) -> Column | None:
    return next((column for column in instrument.columns if column.name == name), None)


def _find_section(instrument: Instrument, item: str) -> Text:
    return next(
        section.title
        for section in instrument.sections
        if any(each.key == item for each in section.items)
    )


def _find_wordings(holders: Iterable[Instrument], name: str) -> dict[str, Wording]:
    wordings = {
        each.version: (column.text, column.label)
        for each in holders
        if (column := _find_column(each, name))
    }
    return wordings if len(set(wordings.values())) > 1 else {}


def describe_our_columns() -> dict[str, str]:
    """Return what each column means that stands before the items."""
    words = {
        "response": _("the response’s random key"),
        "participant": _("the participant’s pseudonym, blank where there is none"),
        "study": _("the study"),
        "instrument": _("the instrument"),
        "version": _("the version of the instrument that was answered"),
        "delivery": _("self: filled in; interviewer: asked in an interview"),
        "source": _("by what medium: web, console, paper, import or simulated"),
        "language": _("the language in which it was answered"),
        "state": _("in_progress, submitted or withdrawn"),
        "started": _("when it was started, in UTC; a date alone if anonymous"),
        "submitted": _("when it was sent, in UTC; blank if it was not"),
        "is_test": _("1 for a test response, 0 for a real one"),
    }
    return {name: words[name] for name in OUR_COLUMNS}
