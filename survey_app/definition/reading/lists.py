"""Readers of several things: a list of one kind, and codes with their words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey_app.definition import problems, source
from survey_app.definition.quoting import quote
from survey_app.definition.reading.base import CODE, Reader, Reading
from survey_app.definition.reading.words import TextReader
from survey_app.definition.shapes import Json
from survey_app.definition.source import Node
from survey_app.definition.text import Text


@dataclass(frozen=True)
class ListReader:
    """A list whose entries are all of one kind; one entry may be written without the list."""

    entry: Reader
    least: int = 0

    @property
    def schema(self) -> Mapping[str, Json]:
        """One entry, or an array of them."""
        entry = dict(self.entry.schema)
        return {"anyOf": [{"type": "array", "items": entry, "minItems": self.least}, entry]}

    def read(self, node: Node, what: str, reading: Reading) -> tuple[Any, ...] | None:
        """Return the entries, or None if one of them cannot be read."""
        if isinstance(node, source.Mapping):
            reading.note(node, problems.want_list(what))
            return None
        nodes: Sequence[Node] = node.entries if isinstance(node, source.Sequence) else (node,)
        if len(nodes) < self.least:
            reading.note(node, problems.too_few(what, self.least))
            return None
        entries = tuple(self.entry.read(entry, what, reading) for entry in nodes)
        return None if None in entries else entries


@dataclass(frozen=True)
class LabelsReader:
    """Codes with their wording, in order: `code: words`, one a line."""

    pattern: re.Pattern[str] = CODE
    least: int = 1

    @property
    def schema(self) -> Mapping[str, Json]:
        """An object of texts under codes."""
        return {
            "type": "object",
            "propertyNames": {"pattern": f"^{self.pattern.pattern}$"},
            "additionalProperties": {"$ref": "#/$defs/text"},
            "minProperties": self.least,
        }

    def read(self, node: Node, what: str, reading: Reading) -> dict[str, Text] | None:
        """Return the texts by code in the author's order, or None if one cannot be read."""
        if not isinstance(node, source.Mapping):
            reading.note(node, problems.want_mapping(what))
            return None
        before = len(reading.problems)
        if not node.entries and self.least:
            reading.note(node, problems.too_few(what, self.least))
        elif len(node.entries) < self.least:
            reading.advise(node, problems.too_few(what, self.least))
        labels: dict[str, Text] = {}
        for code, entry in node.entries.items():
            if not self.pattern.fullmatch(code):
                line = node.key_lines.get(code, entry.line)
                reading.note_line(line, problems.want_code(what, code))
            text = TextReader().read(entry, f"{what} {quote(code)}", reading)
            if text is not None:
                labels[code] = text
        return labels if len(reading.problems) == before else None
