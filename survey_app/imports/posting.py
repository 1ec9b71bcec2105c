"""An item's cells as a browser would post them, for each control that a form may have."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from survey_app.definition.fields import (
    ChecksField,
    ChoicesField,
    QuestionField,
    RanksField,
    RowsField,
    WrittenField,
)
from survey_app.definition.fields.base import REASON_MARK
from survey_app.definition.fields.chosen import OTHER, SelectionField
from survey_app.definition.items.base import Item
from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Column
from survey_app.definition.text import Text
from survey_app.imports.cells import Reasons, quote, show_cell
from survey_app.imports.choices import Choices, make_choices
from survey_app.imports.problems import CellError, Fault
from survey_app.spreadsheets.table import ReadValue
from survey_app.translations import gettext as _

BLANKS = frozenset({Reason.UNANSWERED, Reason.NOT_REACHED, Reason.NOT_RELEVANT})
"""What may stand where nothing is posted; that it is not relevant is checked with the rest."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How this table is to be read: its words for blanks, the version's languages."""

    reasons: Reasons
    languages: tuple[str, ...]
    labels_first: bool


@dataclass(kw_only=True)
class Posting:
    """What an item's cells post, which column each input came from, and what is wrong.

    `not_relevant` names a column whose cell says so, "" where none does.
    """

    raw: dict[str, list[str]] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    not_relevant: str = ""

    def post(self, name: str, text: str, column: Column) -> None:
        """Add a text under an input's name."""
        self.raw.setdefault(name, []).append(text)
        self.origins.setdefault(name, column.name)


@dataclass(frozen=True, kw_only=True)
class Input:
    """A column and the input that its cells are posted to, or the box that they tick there.

    `ticks` is the code of that box. A reason goes to `refusal`, "" where none can be given here.
    """

    column: Column
    name: str
    refusal: str
    choices: Choices | None = None
    ticks: str = ""


class ItemPoster:
    """Turns the cells of one item into what its form's field reads."""

    def __init__(self, item: Item, blank: QuestionField, reading: Reading) -> None:
        self.item = item
        self.columns = item.columns()
        self._allow = frozenset(blank.allow)
        self._reasons = reading.reasons
        self._inputs = tuple(_find_inputs(blank, self.columns, reading))
        self._columns = {each.name: each.column.name for each in reversed(self._inputs)}

    def find_column(self, name: str, posting: Posting) -> str:
        """Return the column that a mistake at an input belongs to: its own, or the first filled."""
        own = posting.origins.get(name) or self._columns.get(name)
        return own or next(iter(posting.origins.values()), self.columns[0].name)

    def post(self, values: Mapping[str, ReadValue]) -> Posting:
        """Return what the cells post; `values` are a row's by the names of its columns."""
        posting = Posting()
        for each in self._inputs:
            value = values.get(each.column.name)
            if value is None:
                continue
            try:
                self._post_cell(each, value, posting)
            except CellError as error:
                posting.faults.append(Fault(column=each.column.name, message=str(error)))
        return posting

    def _post_cell(self, into: Input, value: ReadValue, posting: Posting) -> None:
        reason = self._reasons.find(value, into.column)
        if reason is not None:
            self._post_reason(into, reason, posting)
            return
        text = show_cell(value, into.column)
        if not text.strip():
            return
        code = text if into.choices is None else into.choices.find(text)
        if not into.ticks:
            posting.post(into.name, code, into.column)
        elif code == "1":
            posting.post(into.name, into.ticks, into.column)

    def _post_reason(self, into: Input, reason: Reason, posting: Posting) -> None:
        if not into.refusal:
            # The text of 'other' has the reason of its list, or that 'other' was not chosen.
            return
        if reason == Reason.NOT_RELEVANT:
            posting.not_relevant = posting.not_relevant or into.column.name
        if reason in BLANKS:
            return
        if reason not in self._allow:
            raise CellError(self._say_not_offered(reason))
        posting.post(into.refusal, f"{REASON_MARK}{reason}", into.column)

    def _say_not_offered(self, reason: Reason) -> str:
        if reason in {Reason.REFUSED, Reason.DONT_KNOW}:
            return _(
                "{reason} is not offered by this question. Leave the cell empty, or write "
                "unanswered."
            ).format(reason=quote(reason))
        return _(
            "{reason} cannot stand in a response that was sent. Write the answer, or leave the "
            "cell empty."
        ).format(reason=quote(reason))


def _find_inputs(
    blank: QuestionField, columns: Sequence[Column], reading: Reading
) -> Iterator[Input]:
    """Yield the inputs of a field with their columns. Raises TypeError for an unknown control."""
    find = next((find for kind, find in _FINDERS if isinstance(blank, kind)), None)
    if find is None:
        raise TypeError(f"no cell can be read into {type(blank).__name__}")
    for column in columns:
        yield find(blank, column, reading)


def _find_written(blank: QuestionField, column: Column, _reading: Reading) -> Input:
    return Input(column=column, name=blank.name, refusal=f"{blank.name}-reason")


def _find_chosen(blank: SelectionField, column: Column, reading: Reading) -> Input:
    if column.kind == "text":
        return _find_other(blank, column)
    choices = make_choices(blank.codes, column.codes.items(), labels_first=reading.labels_first)
    return Input(column=column, name=blank.name, refusal=blank.name, choices=choices)


def _find_ticked(blank: SelectionField, column: Column, reading: Reading) -> Input:
    if column.kind == "text":
        return _find_other(blank, column)
    absent = {each: _("not chosen", each) for each in ("en", *reading.languages)}
    texts = [("0", Text.of(absent)), ("1", column.codes["1"])]
    if column.label is not None:
        texts.append(("1", column.label))
    choices = make_choices(("1", "0"), texts, labels_first=reading.labels_first)
    return Input(
        column=column,
        name=blank.name,
        refusal=blank.name,
        choices=choices,
        ticks=column.option,
    )


def _find_other(blank: SelectionField, column: Column) -> Input:
    return Input(column=column, name=f"{blank.name}-{OTHER}", refusal="")


def _find_row(blank: RowsField, column: Column, reading: Reading) -> Input:
    name = blank.row_name(column.row)
    codes = tuple(option.code for option in blank.options)
    choices = make_choices(codes, column.codes.items(), labels_first=reading.labels_first)
    return Input(column=column, name=name, refusal=name, choices=choices)


def _find_place(blank: RanksField, column: Column, _reading: Reading) -> Input:
    choices = make_choices([str(place) for place in blank.places], (), labels_first=False)
    return Input(
        column=column,
        name=blank.place_name(column.option),
        refusal=f"{blank.name}-reason",
        choices=choices,
    )


_FINDERS: tuple[tuple[type, Callable[..., Input]], ...] = (
    (WrittenField, _find_written),
    (ChecksField, _find_ticked),
    (ChoicesField, _find_chosen),
    (RowsField, _find_row),
    (RanksField, _find_place),
)
