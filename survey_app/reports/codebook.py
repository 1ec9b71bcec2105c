"""Every column of the data: what it asks of whom, its codes, its versions and how full it is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import Bound
from survey_app.definition.reasons import Reason
from survey_app.definition.reserved import OUR_COLUMNS
from survey_app.definition.shapes import Column
from survey_app.definition.text import Text
from survey_app.reports.counting import CellCounts, Range
from survey_app.reports.dataset import Layout, find_holders, name_column
from survey_app.reports.measures import Measure, find_measure
from survey_app.translations import gettext as _

Wording = tuple[Text, Text | None]
"""The words of a question and of its row or option."""

Limits = tuple[Bound | None, Bound | None]
"""The lowest and the highest value; None where there is none."""


@dataclass(frozen=True, kw_only=True)
class CodebookRow:
    """One column. `type_name`, `section` and the column's words are those of `versions[0]`.

    `names` is what the column was called in the versions that called it otherwise.
    `codes` are those of all versions in the words of the newest that has each, retired ones last.
    `wordings` holds the words by version where versions differ, `conditions` by version when it is
    asked, empty where of everybody. `n` counts the cells with a value and `missing` those without,
    by reason. `occurring` are the lowest and highest value that occur, `allowed` those that the
    versions allow, the widest of them.
    """

    column: Column
    type_name: str
    measure: Measure
    section: Text
    codes: Mapping[str, Text]
    conditions: Mapping[str, str]
    wordings: Mapping[str, Wording]
    versions: tuple[str, ...]
    names: Mapping[str, str]
    n: int
    missing: Mapping[str, int]
    occurring: Limits
    allowed: Limits


def make_codebook(layout: Layout, counts: CellCounts) -> tuple[CodebookRow, ...]:
    """Return one row for each column of the layout, in its order."""
    return tuple(
        _make_row(layout, column, counted, counts.ranges.get(place))
        for place, (column, counted) in enumerate(zip(layout.columns, counts.cells, strict=True))
    )


def _make_row(
    layout: Layout, column: Column, counted: Counter[str | None], occurring: Range | None
) -> CodebookRow:
    holders = find_holders(layout, column.name)
    newest = holders[0]
    return CodebookRow(
        column=column,
        type_name=newest.items_by_key[column.item].type_name,
        measure=find_measure(layout, column),
        section=_find_section(newest, column.item),
        codes=_collect_codes(holders, column.name),
        conditions={each.version: _find_condition(each, column.item) for each in holders},
        wordings=_find_wordings(holders, column.name),
        versions=tuple(each.version for each in holders),
        names=_find_names(layout, column),
        n=counted[None],
        missing={reason: counted[reason] for reason in Reason},
        occurring=occurring or (None, None),
        allowed=_find_bounds(holders, column),
    )


def _find_names(layout: Layout, column: Column) -> dict[str, str]:
    names = name_column(layout, column)
    return {version: name for version, name in names.items() if name != column.name}


def _find_section(instrument: Instrument, item: str) -> Text:
    return next(
        section.title
        for section in instrument.sections
        if any(each.key == item for each in section.items)
    )


def _find_condition(instrument: Instrument, item: str) -> str:
    condition = instrument.items_by_key[item].relevant
    return condition.text if condition else ""


def _collect_codes(holders: Iterable[Instrument], name: str) -> dict[str, Text]:
    codes: dict[str, Text] = {}
    for each in holders:
        for code, text in each.columns_by_name[name].codes.items():
            codes.setdefault(code, text)
    return codes


def _find_wordings(holders: Iterable[Instrument], name: str) -> dict[str, Wording]:
    wordings = {
        each.version: (each.columns_by_name[name].text, each.columns_by_name[name].label)
        for each in holders
    }
    return wordings if len(set(wordings.values())) > 1 else {}


def _find_bounds(holders: Iterable[Instrument], column: Column) -> Limits:
    """Return the widest bounds over versions, open where one of them is."""
    if column.kind in {"text", "flag"}:
        return None, None
    # What an older version held that was of another type is not compared.
    alike = [each for each in holders if each.columns_by_name[column.name].kind == column.kind]
    bounds = [each.items_by_key[column.item].value_bounds() for each in alike]
    lowest = [low for low, _high in bounds if low is not None]
    highest = [high for _low, high in bounds if high is not None]
    return (
        min(lowest, key=_order) if len(lowest) == len(bounds) else None,
        max(highest, key=_order) if len(highest) == len(bounds) else None,
    )


def _order(bound: Bound) -> float:
    return bound.toordinal() if isinstance(bound, date) else bound


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
        "state": _("in_progress or submitted; what was withdrawn has no row"),
        "started": _("when it was started, in UTC; a date alone if anonymous"),
        "submitted": _("when it was sent, in UTC; blank if it was not"),
        "is_test": _("1 for a test response, 0 for a real one"),
    }
    return {name: words[name] for name in OUR_COLUMNS}
