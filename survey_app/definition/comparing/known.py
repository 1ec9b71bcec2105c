"""A version among others of its instrument, with what is looked up again and again made once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from survey_app.definition.comparing.items import list_parts
from survey_app.definition.comparing.lists import Words
from survey_app.definition.comparing.renames import trace_keys
from survey_app.definition.differences import Part
from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import Item

Place = tuple[str, str, str]
"""What a column holds: the first key of its item, with its row and its option."""


@dataclass(frozen=True)
class Known:
    """One version with the first key of each of its items (see `trace_keys`)."""

    instrument: Instrument
    first: Mapping[str, str]

    @property
    def version(self) -> str:
        """Its number."""
        return self.instrument.version

    @cached_property
    def items(self) -> dict[str, Item]:
        """Its items by their first keys."""
        return {self.first[item.key]: item for item in self.instrument.items}

    @cached_property
    def parts(self) -> dict[str, dict[Part, Words]]:
        """The lists of its items by their first keys."""
        return {first: list_parts(item) for first, item in self.items.items()}

    @cached_property
    def places(self) -> dict[str, Place]:
        """What its columns hold, by their names."""
        return {
            column.name: (self.first[column.item], column.row, column.option)
            for column in self.instrument.columns
        }

    @cached_property
    def marks(self) -> dict[str, tuple[object, ...]]:
        """By the first keys of its items all in which they can break each other, to be compared."""
        return {
            first: (type(item), item.end_words(), item.scale_used(), self._spell(first))
            for first, item in self.items.items()
        }

    def _spell(self, first: str) -> tuple[object, ...]:
        lists = self.parts[first].values()
        return tuple(
            (code, text and text.wordings) for each in lists for code, text in each.items()
        )


def make_known(instruments: Sequence[Instrument]) -> list[Known]:
    """Return versions, given oldest first, as they are known beside each other."""
    return [*map(Known, instruments, trace_keys(instruments))]
