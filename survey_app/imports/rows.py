"""A row of a table as a whole response, put through the forms of its version."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from survey_app.definition.form import FilledResponse, ResponseForm
from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import Item
from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answers
from survey_app.imports.bookkeeping import Bookkeeping, BookkeepingReader, Skipped, Target
from survey_app.imports.cells import Reasons
from survey_app.imports.columns import Matching
from survey_app.imports.posting import ItemPoster, Posting, Reading
from survey_app.imports.problems import Fault, RowProblem
from survey_app.spreadsheets.table import ReadRow, Table
from survey_app.translations import current_language
from survey_app.translations import gettext as _

LABELS = "labels"
"""How the tables begin whose cells hold words rather than codes."""


@dataclass(frozen=True, kw_only=True)
class CheckedRow:
    """What became of a row: problems, or why it is skipped, or a response's answers by item.

    `unanswered` are the keys of required items to which it has no answer.
    """

    row: ReadRow
    bookkeeping: Bookkeeping
    problems: tuple[RowProblem, ...] = ()
    skipped: Skipped | None = None
    answers: Mapping[str, Answers]
    unanswered: tuple[str, ...] = ()


class RowReader:
    """Reads the rows of one table as responses of one version.

    Each goes through the forms that a participant fills in, so that what is stored is what would
    be if it had been typed. What must be answered there may be missing here, since nobody can be
    asked any more.
    """

    def __init__(self, target: Target, table: Table, matching: Matching) -> None:
        self._target = target
        self._table = table
        self._matching = matching
        self._form = ResponseForm(lift_requirements(target.instrument), current_language())
        languages = target.instrument.languages
        reading = Reading(
            reasons=Reasons(languages, muted=table.ours),
            languages=languages,
            labels_first=table.name.casefold().startswith(LABELS),
        )
        self._posters = tuple(
            ItemPoster(item, section.blank_fields[item.key], reading)
            for section in self._form.sections.values()
            for item in section.asked
        )

    def read(self, row: ReadRow) -> CheckedRow:
        """Return what the row says."""
        values = self._matching.pick(row.values)
        reader = BookkeepingReader(target=self._target, values=values)
        bookkeeping = reader.read()
        faults = [*self._check_shape(row), *reader.faults]
        if bookkeeping.skipped and not faults:
            return CheckedRow(
                row=row, bookkeeping=bookkeeping, skipped=bookkeeping.skipped, answers={}
            )
        postings = {poster.item.key: poster.post(values) for poster in self._posters}
        filled = self._fill(postings)
        faults += self._find_faults(postings, filled)
        return CheckedRow(
            row=row,
            bookkeeping=bookkeeping,
            problems=tuple(_place(fault, row) for fault in faults),
            answers=filled.answers,
            unanswered=tuple(self._find_unanswered(filled.answers)),
        )

    def _check_shape(self, row: ReadRow) -> Iterator[Fault]:
        width = len(self._table.header)
        beyond = any(value is not None for value in row.values[width:])
        if beyond or (self._table.even and len(row.values) != width):
            sentence = _(
                "The row has {count} cells and the first row {width} names. A separator or a "
                "quotation mark may be missing or one too many."
            )
            yield Fault(column="", message=sentence.format(count=len(row.values), width=width))

    def _fill(self, postings: Mapping[str, Posting]) -> FilledResponse:
        raw = {name: texts for each in postings.values() for name, texts in each.raw.items()}
        return self._form.fill_all(dict.fromkeys(self._form.order, raw))

    def _find_faults(
        self, postings: Mapping[str, Posting], filled: FilledResponse
    ) -> Iterator[Fault]:
        fields = {
            key: each for form in filled.sections.values() for key, each in form.fields.items()
        }
        unsure: set[str] = set()
        for poster in self._posters:
            key, posting = poster.item.key, postings[poster.item.key]
            mistakes = fields[key].mistakes if key in fields else []
            # What stands in a column that was not read already has no second fault of its own.
            faults = posting.faults or [
                Fault(column=poster.find_column(each.name, posting), message=each.message)
                for each in mistakes
            ]
            yield from faults
            if faults or _depends_on(poster.item, unsure):
                unsure.add(key)
            else:
                yield from _check_relevance(poster, posting, filled.answers[key])

    def _find_unanswered(self, answers: Mapping[str, Answers]) -> Iterator[str]:
        for item in self._target.instrument.items:
            rows = answers.get(item.key, {}).values()
            if item.required and any(each.reason == Reason.UNANSWERED for each in rows):
                yield item.key


def lift_requirements(instrument: Instrument) -> Instrument:
    """Return the version with nothing that must be answered."""
    sections = tuple(
        replace(section, items=tuple(_lift(item) for item in section.items))
        for section in instrument.sections
    )
    return replace(instrument, sections=sections)


def _lift(item: Item) -> Item:
    return replace(item, required=False) if item.required else item


def _place(fault: Fault, row: ReadRow) -> RowProblem:
    return RowProblem(place=row.place, row=row.number, column=fault.column, message=fault.message)


def _depends_on(item: Item, unsure: set[str]) -> bool:
    """Whether it cannot be told if the item is asked, as an answer before it is wrong."""
    return item.relevant is not None and any(read.item in unsure for read in item.relevant.reads)


def _check_relevance(poster: ItemPoster, posting: Posting, answers: Answers) -> Iterator[Fault]:
    """Yield that the row answers what is not asked, or calls not relevant what is."""
    condition = poster.item.relevant
    hidden = condition is not None and all(
        answer.reason == Reason.NOT_RELEVANT for answer in answers.values()
    )
    if hidden and condition is not None and posting.raw:
        sentence = _(
            "This is asked only if {condition}, which is not so in this row. Empty the cell, or "
            "mend the answer that it depends on."
        )
        column = next(iter(posting.origins.values()))
        yield Fault(column=column, message=sentence.format(condition=condition.text))
    elif posting.not_relevant and not hidden:
        sentence = _(
            "This is asked of whoever answered as in this row does, so it cannot be "
            "“not_relevant”. Write the answer or leave the cell empty."
        )
        yield Fault(column=posting.not_relevant, message=sentence)
