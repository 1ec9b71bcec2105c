"""The fields of a dataclass, read all at once from lines of `name: value`."""

from collections.abc import Mapping
from typing import Any

from survey_app.definition import problems, source
from survey_app.definition.reading.base import Reading, author_fields


def read_fields(
    cls: type[Any], node: source.Mapping, reading: Reading, others: tuple[str, ...]
) -> dict[str, Any] | None:
    """Return the values for a dataclass, or None where a needed one could not be read.

    `others` are fields that may stand there as well and are read elsewhere.
    """
    known = author_fields(cls)
    note_unknown(node, {**known, **dict.fromkeys(others)}, reading)
    values: dict[str, Any] = {}
    for name, each in known.items():
        if name in node.entries:
            value = each.metadata["reader"].read(node.entries[name], f"'{name}'", reading)
            if value is not None:
                values[name] = value
        elif each.metadata["needed"]:
            reading.note(node, problems.missing_field(name, each.metadata["meaning"]))
    needed = {name for name, each in known.items() if each.metadata["needed"]}
    return values if needed <= values.keys() else None


def note_unknown(node: source.Mapping, known: Mapping[str, object], reading: Reading) -> None:
    """Note each field that is written and not known."""
    for name, entry in node.entries.items():
        if name not in known:
            line = node.key_lines.get(name, entry.line)
            reading.note_line(line, problems.unknown_field(name, known))
