"""Responses whose role might tell who answered, and what is made of them."""

from collections.abc import Sequence
from dataclasses import replace

from survey_app.definition.instrument import Instrument
from survey_app.definition.lineage import rename_items, trace
from survey_app.disclosure.withheld import find_withheld
from survey_app.reports.charts.counting import Counted, count_charts
from survey_app.reports.comparison import Protection
from survey_app.reports.dataset import sort_versions
from survey_app.reports.grouping import make_grouping
from survey_app.reports.progress import Meter, ignore
from survey_app.reports.responses import Context, ResponseRow, Source
from survey_app.reports.tables import COUNTING_PASSES, count_tables
from survey_app.reports.withholding import withhold
from survey_app.spreadsheets.sheet import Sheet
from tests.reports.tabled import EXPORTED, define

ROLES = ("lead", "mentor", "student", "guest")
OPTIONS = "{lead: Lead, mentor: Mentor, student: Student, guest: Guest}"
ITEMS = (
    f"{{key: role, type: select_one, text: Role, options: {OPTIONS}}}",
    "{key: since, type: integer, text: Lead since, relevant: \"${role} = 'lead'\"}",
    "{key: calm, type: likert, text: Calm, scale: extent}",
    "{key: life, type: likert_grid, text: Life, scale: extent, rows: {work: Work, home: Home}}",
    "{key: met, type: select_multiple, text: Met, options: {door: Door, phone: Phone}}",
    "{key: glad, type: select_one, text: Glad, options: {y: Yes, n: No}}",
)
BLOCK = "analysis: {quasi_identifiers: [role]}"
INSTRUMENT = define(ITEMS, BLOCK)


def make_source(
    responses: Sequence[ResponseRow], instruments: Sequence[Instrument] = (INSTRUMENT,)
) -> Source:
    """A source of these responses."""
    return Source(instruments=tuple(instruments), responses=lambda: iter(responses))


def make_context(
    source: Source,
    by: str = "role",
    protection: Protection | None = Protection(),  # noqa: B008
) -> Context:
    """What is told of groups by role, with small counts hidden unless `protection` is None."""
    lineage = trace(source.instruments)
    renamed = [rename_items(each, lineage) for each in source.instruments]
    grouping = replace(make_grouping(by, renamed), protection=protection)
    return Context(study="Study", exported=EXPORTED, grouping=grouping, tables_alone=True)


def keep_back(source: Source, context: Context) -> Source:
    """The source as an ordinary file has it."""
    lineage = trace(source.instruments)
    newest_first = sort_versions(source.instruments)
    found = find_withheld(rename_items(each, lineage) for each in newest_first)
    return withhold(source, found, context.grouping)


def make_sheets(source: Source, context: Context) -> dict[str, Sheet]:
    """The sheets of an ordinary workbook, by name."""
    kept = keep_back(source, context)
    tables = count_tables(kept, context, Meter(ignore), COUNTING_PASSES)
    return {sheet.name: sheet for sheet in tables.make_sheets()}


def count(source: Source, context: Context) -> Counted:
    """What ordinary charts are drawn from."""
    return count_charts(keep_back(source, context), context)
