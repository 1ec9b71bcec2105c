"""Columns as the variables of a statistics program: names, words, value labels, measures."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from survey_app.definition.reasons import Reason, describe
from survey_app.definition.shapes import Column
from survey_app.reports.codebook import describe_our_columns
from survey_app.reports.dataset import Layout
from survey_app.reports.formats.coding import find_columns
from survey_app.reports.formats.gathering import Gathered
from survey_app.reports.measures import find_measure as find_column_measure
from survey_app.reports.wording import say
from survey_app.translations import gettext as _

Measure = Literal["nominal", "ordinal", "scale"]
NAME_LIMIT = 32
"""Characters, of Stata's names; SPSS takes 64 bytes."""


@dataclass(frozen=True, kw_only=True)
class Variable:
    """A variable. `label` is its full wording; `codes` and `words` tell what its numbers mean.

    One that `is_given` tells of a text whether there is one, and if not, why. `piece` counts the
    parts of a text that is too long for one variable, from 0.
    """

    name: str
    gathered: Gathered
    label: str
    measure: Measure
    codes: Mapping[int, str] = field(default_factory=dict)
    words: Mapping[int, str] = field(default_factory=dict)
    is_given: bool = False
    piece: int = 0

    @property
    def has_reasons(self) -> bool:
        """Whether a blank of it says why: an item's numbers and dates, and what tells of texts."""
        return self.is_given or (
            self.gathered.column is not None and self.gathered.content != "text"
        )


def make_variables(
    layout: Layout, columns: Iterable[Gathered], pieces: Mapping[str, int], language: str
) -> tuple[Variable, ...]:
    """Return the variables of columns; `pieces` says which texts need several, by column."""
    kept = tuple(columns)
    taken = {gathered.name for gathered in kept}
    return tuple(
        variable
        for gathered in kept
        for variable in _make(layout, gathered, pieces.get(gathered.name, 1), taken, language)
    )


def _make(
    layout: Layout, gathered: Gathered, pieces: int, taken: set[str], language: str
) -> Iterator[Variable]:
    column = gathered.column
    label = say_column(column, language) if column else describe_our_columns()[gathered.name]
    first = Variable(
        name=gathered.name,
        gathered=gathered,
        label=label,
        measure=find_measure(layout, gathered),
        codes=_list_codes(gathered),
        words=_list_words(layout, gathered, language),
    )
    yield first
    for piece in range(1, pieces):
        yield Variable(
            name=find_name(gathered.name, f"_{piece + 1}", taken),
            gathered=gathered,
            label=_("{label} (continued, part {part})").format(label=label, part=piece + 1),
            measure="nominal",
            piece=piece,
        )
    if column and gathered.content == "text":
        yield _tell_of_text(gathered, label, taken)


def _tell_of_text(gathered: Gathered, label: str, taken: set[str]) -> Variable:
    return Variable(
        name=find_name(gathered.name, "_given", taken),
        gathered=gathered,
        label=_("Whether there is a text, and why not: {label}").format(label=label),
        measure="nominal",
        words={1: _("a text was given")},
        is_given=True,
    )


def find_name(name: str, ending: str, taken: set[str]) -> str:
    """Return a name with an ending that nothing else has yet, and remember it."""
    number = 1
    found = name[: NAME_LIMIT - len(ending)] + ending
    while found in taken:
        number += 1
        further = f"{ending}{number}"
        found = name[: NAME_LIMIT - len(further)] + further
    taken.add(found)
    return found


def say_column(column: Column, language: str) -> str:
    """Return a column's words, those of its row or option first: they tell columns apart."""
    parts = [say(column.label, language), say(column.text, language)]
    return " – ".join(" ".join(part.split()) for part in parts if part)


def find_measure(layout: Layout, gathered: Gathered) -> Measure:
    """Return the measure in the three words of these programs: days are counted, texts named."""
    if gathered.column is None:
        return "scale" if gathered.content == "moment" else "nominal"
    measure = find_column_measure(layout, gathered.column)
    match measure:
        case "text":
            return "nominal"
        case "date":
            return "scale"
    return measure


def describe_reasons() -> dict[Reason, str]:
    """Return the reasons in words."""
    return {reason: describe(reason) for reason in Reason}


def _list_codes(gathered: Gathered) -> dict[int, str]:
    if gathered.coding is None:
        return {}
    return {number: code for code, number in gathered.coding.numbers.items()}


def _list_words(layout: Layout, gathered: Gathered, language: str) -> dict[int, str]:
    """Return the words of each number, those of the newest version that has it."""
    if gathered.name == "is_test":
        return {0: _("a real response"), 1: _("a test response")}
    columns = [c for each in layout.instruments for c in find_columns(each, gathered.name)]
    texts = {code: text for column in reversed(columns) for code, text in column.codes.items()}
    numbers = gathered.coding.numbers if gathered.coding else {code: int(code) for code in texts}
    return {
        number: " ".join(say(texts[code], language).split()) if code in texts else code
        for code, number in numbers.items()
    }
