"""The `analysis` block as it is written: read, and checked against the items of the instrument."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from survey_app.definition import problems, source
from survey_app.definition.analysis import problems as sentences
from survey_app.definition.analysis.block import ANALYSIS_FIELDS, Analysis, Bounds, ScaleScore
from survey_app.definition.items.base import Item
from survey_app.definition.quoting import shorten
from survey_app.definition.reading import KEY, Reading, read_fields
from survey_app.definition.reserved import is_reserved
from survey_app.definition.source import Node

LEAST = 2


class _Columns:
    """The columns of an instrument as an `analysis` block may name them."""

    def __init__(self, items: Iterable[Item], unread: Iterable[str]) -> None:
        self.bounds: dict[str, Bounds | None] = {}
        self.owners: dict[str, str] = {}
        self.members: dict[str, tuple[str, ...]] = {}
        self.unread = tuple(unread)
        for item in items:
            names = tuple(column.name for column in item.columns())
            self.bounds.update(dict.fromkeys(names, item.numeric_bounds()))
            self.owners.update(dict.fromkeys(names, item.key))
            self.members.update({name: (name,) for name in names})
            if names:
                self.members[item.key] = names

    def may_exist(self, name: str) -> bool:
        """Whether a column is one, or one of an item that has a problem of its own already."""
        return name in self.members or any(
            name == key or name.startswith(f"{key}__") for key in self.unread
        )


def read_analysis(node: source.Mapping, items: Iterable[Item], reading: Reading) -> Analysis:
    """Return what a definition's `analysis` block says; note all that is wrong with it."""
    entry = node.entries.get("analysis")
    if entry is None:
        return Analysis()
    if not isinstance(entry, source.Mapping):
        reading.note(entry, problems.want_mapping("'analysis'"))
        return Analysis()
    items = tuple(items)
    values = read_fields(Analysis, entry, reading, tuple(ANALYSIS_FIELDS)) or {}
    _check_quasi_identifiers(entry, values, items, reading)
    scales = tuple(_read_scales(entry, _Columns(items, reading.unread_items), reading))
    reading.item = ""
    return Analysis(**values, scales=scales)


def _check_quasi_identifiers(
    node: source.Mapping,
    values: Mapping[str, tuple[str, ...]],
    items: Iterable[Item],
    reading: Reading,
) -> None:
    """Note what is no item, what asks nothing or for words of one's own, and what is repeated."""
    kinds = {item.key: [column.kind for column in item.columns()] for item in items}
    seen: set[str] = set()
    for name, place in _walk(node, "quasi_identifiers", values):
        if name in seen:
            reading.note(place, sentences.named_twice("'quasi_identifiers'", name))
        elif name not in kinds and name not in reading.unread_items:
            reading.note(place, sentences.unknown_item("'quasi_identifiers'", name, kinds))
        elif name in kinds and all(kind == "text" for kind in kinds[name]):
            reading.note(place, sentences.no_choice(name))
        seen.add(name)


def _read_scales(node: source.Mapping, columns: _Columns, reading: Reading) -> Iterator[ScaleScore]:
    entry = node.entries.get("scales")
    if entry is None:
        return
    if not isinstance(entry, source.Mapping):
        reading.note(entry, problems.want_mapping("'scales'"))
        return
    for name, scale_node in entry.entries.items():
        reading.item = shorten(name.strip())
        line = entry.key_lines.get(name, scale_node.line)
        _check_name(name, line, columns, reading)
        scale = _read_scale(name, scale_node, columns, reading)
        if scale is not None:
            yield scale


def _check_name(name: str, line: int, columns: _Columns, reading: Reading) -> None:
    """A score is a column as well, so its name is as fit as theirs, and its own."""
    if not KEY.fullmatch(name):
        reading.note_line(line, problems.want_word("the scale", name))
    elif is_reserved(name):
        reading.note_line(line, problems.reserved_word("the scale", name))
    elif name in columns.owners:
        reading.note_line(line, problems.same_column(name, columns.owners[name]))


def _read_scale(name: str, node: Node, columns: _Columns, reading: Reading) -> ScaleScore | None:
    if not isinstance(node, source.Mapping):
        reading.note(node, problems.want_mapping("a scale"))
        return None
    values = read_fields(ScaleScore, node, reading, ())
    if values is None:
        return None
    before = len(reading.problems)
    members = tuple(_expand(node, "items", values, columns, reading))
    reverse = tuple(_expand(node, "reverse", values, columns, reading))
    if len(reading.problems) > before:
        return None
    _check_members(node, members, reverse, reading)
    bounds = {member: found for member in members if (found := columns.bounds.get(member))}
    scale = ScaleScore(name=name, **values)
    return replace(scale, items=members, reverse=reverse, bounds=bounds)


def _expand(
    node: source.Mapping,
    field: str,
    values: Mapping[str, tuple[str, ...]],
    columns: _Columns,
    reading: Reading,
) -> Iterator[str]:
    """Yield the columns that a list names; note those that are none, no numbers, or repeated."""
    seen: set[str] = set()
    for name, place in _walk(node, field, values):
        if not columns.may_exist(name):
            reading.note(place, sentences.unknown_item(f"'{field}'", name, columns.members))
        for column in columns.members.get(name, ()):
            if column in seen:
                reading.note(place, sentences.named_twice(f"'{field}'", column))
            elif columns.bounds[column] is None:
                reading.note(place, sentences.not_numeric(f"'{field}'", column))
            seen.add(column)
            yield column


def _check_members(
    node: source.Mapping, members: tuple[str, ...], reverse: tuple[str, ...], reading: Reading
) -> None:
    if reading.unread_items:
        return
    for column in reverse:
        if column not in members:
            reading.note(node.entries["reverse"], sentences.not_among_items(column))
    if len(members) < LEAST:
        reading.note(node.entries["items"], sentences.one_item(members[0]))


def _walk(
    node: source.Mapping, field: str, values: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, Node]]:
    """Yield what a list that was read names, with the place of each name."""
    if field in values:
        entry = node.entries[field]
        places = entry.entries if isinstance(entry, source.Sequence) else (entry,)
        yield from zip(values[field], places, strict=True)
