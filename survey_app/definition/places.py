"""Which item a line of a file belongs to, for problems that were found before there were items."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from survey_app.definition.problems import Problem
from survey_app.definition.quoting import shorten
from survey_app.definition.source import Mapping, Node, Scalar, Sequence

Place = tuple[int, str]
"""A line, and the section, item or scale that begins there; '' for what belongs to none."""


def name_items(found: Iterable[Problem], document: Mapping) -> list[Problem]:
    """Return the problems with the item, section or scale in which each line stands."""
    places = sorted(_list_places(document), key=lambda place: place[0])
    lines = [line for line, _ in places]
    return [
        replace(problem, item=places[at - 1][1])
        if not problem.item and (at := bisect_right(lines, problem.line))
        else problem
        for problem in found
    ]


def _list_places(document: Mapping) -> Iterator[Place]:
    for line in document.key_lines.values():
        yield line, ""
    scales = document.entries.get("scales")
    if isinstance(scales, Mapping):
        for name, line in scales.key_lines.items():
            yield line, shorten(name.strip())
    for section in _list_mappings(document.entries.get("sections")):
        yield _begin(section)
        for item in _list_mappings(section.entries.get("items")):
            yield _begin(item)


def _list_mappings(node: Node | None) -> Iterator[Mapping]:
    if isinstance(node, Sequence):
        yield from (entry for entry in node.entries if isinstance(entry, Mapping))


def _begin(node: Mapping) -> Place:
    key = node.entries.get("key")
    return node.line, shorten(key.text.strip()) if isinstance(key, Scalar) else ""
