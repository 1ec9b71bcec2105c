"""An instrument: sections of items under a name and a version."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from survey_app.definition import problems, reading
from survey_app.definition.analysis import Analysis
from survey_app.definition.items.base import Item
from survey_app.definition.naming import NAME, VERSION
from survey_app.definition.reading import author
from survey_app.definition.scale import Scale
from survey_app.definition.shapes import Column, Json
from survey_app.definition.text import Text

LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?")
MOST_MINUTES = 240


@dataclass(frozen=True, kw_only=True)
class Section:
    """Items under a title; a page of the web form and a part of the interview."""

    key: str = author(reading.KeyReader(), "its name for ever", needed=True)
    title: Text = author(reading.TextReader(), "its heading", needed=True)
    introduction: Text | None = author(reading.TextReader(), "what stands above its items")
    minutes: int | None = author(
        reading.IntegerReader((1, MOST_MINUTES)),
        "how long the interviewer plans to take for it, as a whole number of minutes",
    )
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """One version of an instrument. `definition` is what its author wrote, as JSON."""

    name: str = author(
        reading.PatternReader(NAME, problems.want_name), "its name for ever", needed=True
    )
    version: str = author(
        reading.PatternReader(VERSION, problems.want_version), "as 1.0.0", needed=True
    )
    title: Text = author(reading.TextReader(), "its title", needed=True)
    source: str = author(reading.WordsReader(), "where the wording comes from", needed=True)
    licence: str = author(
        reading.WordsReader(), "to whom the wording belongs and how it may be used", needed=True
    )
    changes: str = author(
        reading.WordsReader(), "what changed since the version before", needed=True
    )
    languages: tuple[str, ...] = ("en",)
    introduction: Text | None = author(reading.TextReader(), "what stands before the questions")
    scales: Mapping[str, Scale]
    sections: tuple[Section, ...]
    analysis: Analysis = field(default_factory=Analysis)
    definition: Mapping[str, Json]
    fingerprint: str

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All items in order."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def items_by_key(self) -> dict[str, Item]:
        """All items by key."""
        return {item.key: item for item in self.items}

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of all items, in order."""
        return tuple(column for item in self.items for column in item.columns())

    @cached_property
    def columns_by_name(self) -> dict[str, Column]:
        """The columns of all items by name."""
        return {column.name: column for column in self.columns}

    @property
    def reference(self) -> str:
        """Name and version as `name@version`."""
        return f"{self.name}@{self.version}"


def version_order(version: str) -> tuple[int, ...]:
    """Return a version as numbers, by which versions sort."""
    return tuple(int(part) for part in version.split("."))
