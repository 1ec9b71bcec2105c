"""YAML to an instrument, or all of the file's problems at once with their lines."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from survey_app.definition import problems, source
from survey_app.definition.analysis import read_analysis
from survey_app.definition.fingerprint import compute_fingerprint
from survey_app.definition.instrument import LANGUAGE, Instrument, Section
from survey_app.definition.issues import find_issues
from survey_app.definition.items import ITEM_TYPES
from survey_app.definition.items.base import Item
from survey_app.definition.places import name_items
from survey_app.definition.problems import DefinitionError, Problem
from survey_app.definition.quoting import shorten
from survey_app.definition.reading import (
    KEY,
    LabelsReader,
    ListReader,
    OneOfReader,
    PatternReader,
    Reader,
    Reading,
    author_fields,
    note_unknown,
    read_fields,
)
from survey_app.definition.scale import Scale
from survey_app.definition.shapes import Json
from survey_app.definition.source import Node, Scalar

FORMAT = "1"
LANGUAGES_READER = ListReader(PatternReader(LANGUAGE, problems.want_language_code), least=1)
SCALE_FIELDS: Mapping[str, tuple[Reader, str]] = {
    "direction": (OneOfReader(("unipolar", "bipolar")), "unipolar or bipolar"),
    "points": (LabelsReader(least=2), "its points as 'code: words', in order"),
}
OTHER_FIELDS = ("format", "languages", "scales", "sections", "analysis")


def load(content: bytes, file: str) -> Instrument:
    """Return the instrument that a file defines; raise DefinitionError with all its problems."""
    node, found = source.read_bytes(content, file)
    return _read_document(node, found, file)


def load_definition(definition: Mapping[str, Json], file: str = "database") -> Instrument:
    """Return the instrument of a stored definition; raise DefinitionError like `load`."""
    return _read_document(source.make_node(dict(definition)), [], file, stored=True)


def _read_document(
    node: Node | None, found: list[Problem], file: str, *, stored: bool = False
) -> Instrument:
    reading = Reading(file, problems=found, stored=stored)
    if node is None:
        raise DefinitionError(found)
    if not isinstance(node, source.Mapping):
        reading.note(node, problems.want_mapping("a definition"))
        raise DefinitionError(reading.problems)
    reading.problems = name_items(found, node)
    instrument = _read_instrument(node, reading)
    if instrument is None:
        raise DefinitionError(reading.problems)
    return instrument


def _read_instrument(node: source.Mapping, reading: Reading) -> Instrument | None:
    _check_format(node, reading)
    _read_languages(node, reading)
    reading.scales = dict(_read_scales(node, reading))
    values = read_fields(Instrument, node, reading, OTHER_FIELDS)
    sections = tuple(_read_sections(node, reading))
    for issue in find_issues(sections, reading.unread_items, advise=not reading.stored):
        lines = reading.lines[id(issue.about)]
        line = lines.get(issue.field, lines["key"])
        reading.problems.append(Problem(reading.file, line, issue.about.key, issue.message))
    items = [item for section in sections for item in section.items]
    analysis = read_analysis(node, items, reading)
    if values is None or reading.problems:
        return None
    definition = cast("dict[str, Json]", source.make_json(node))
    return Instrument(
        **values,
        languages=reading.languages,
        scales=reading.scales,
        sections=sections,
        analysis=analysis,
        definition=definition,
        fingerprint=compute_fingerprint(definition),
    )


def _check_format(node: source.Mapping, reading: Reading) -> None:
    entry = node.entries.get("format")
    if entry is None:
        reading.note(node, problems.missing_field("format", "which rules this file follows"))
    elif not isinstance(entry, Scalar) or entry.text != FORMAT:
        found = entry.text if isinstance(entry, Scalar) else "…"
        reading.note(entry, problems.wrong_format(found))


def _read_languages(node: source.Mapping, reading: Reading) -> None:
    entry = node.entries.get("languages")
    if entry is None:
        return
    languages = LANGUAGES_READER.read(entry, "'languages'", reading)
    if languages is None:
        # A language whose code is wrong has that one problem; its texts are not complained of.
        entries = entry.entries if isinstance(entry, source.Sequence) else (entry,)
        languages = tuple(each.text for each in entries if isinstance(each, Scalar))
    reading.languages = tuple(dict.fromkeys(languages)) or reading.languages


def _read_scales(node: source.Mapping, reading: Reading) -> Iterator[tuple[str, Scale]]:
    entry = node.entries.get("scales")
    if entry is None:
        return
    if not isinstance(entry, source.Mapping):
        reading.note(entry, problems.want_mapping("'scales'"))
        return
    for name, scale_node in entry.entries.items():
        reading.item = shorten(name.strip())
        scale = _read_scale(name, scale_node, reading)
        if scale is None:
            reading.unread_scales.add(name)
        else:
            yield name, scale
    reading.item = ""


def _read_scale(name: str, node: Node, reading: Reading) -> Scale | None:
    if not KEY.fullmatch(name):
        reading.note(node, problems.want_word("the scale", name))
    if not isinstance(node, source.Mapping):
        reading.note(node, problems.want_mapping("a scale"))
        return None
    note_unknown(node, SCALE_FIELDS, reading)
    values: dict[str, Any] = {}
    for field, (reader, meaning) in SCALE_FIELDS.items():
        if field not in node.entries:
            reading.note(node, problems.missing_field(field, meaning))
        elif (value := reader.read(node.entries[field], f"'{field}'", reading)) is not None:
            values[field] = value
    return Scale(name=name, **values) if values.keys() == SCALE_FIELDS.keys() else None


def _read_sections(node: source.Mapping, reading: Reading) -> Iterator[Section]:
    entry = node.entries.get("sections")
    if entry is None:
        reading.note(node, problems.missing_field("sections", "the parts with their items"))
        return
    if not isinstance(entry, source.Sequence):
        reading.note(entry, problems.want_list("'sections'"))
        return
    if not entry.entries:
        reading.note(entry, problems.too_few("'sections'", 1))
    _note_double_keys(entry.entries, reading)
    _note_double_keys(_list_item_nodes(entry), reading)
    for section_node in entry.entries:
        section = _read_section(section_node, reading)
        reading.item = ""
        if section is not None:
            yield section


def _read_section(node: Node, reading: Reading) -> Section | None:
    if not isinstance(node, source.Mapping):
        reading.note(node, problems.want_mapping("a section"))
        return None
    reading.item = shorten(_peek(node, "key").strip())
    values = read_fields(Section, node, reading, ("items",))
    items = _read_items(node, reading)
    if values is None:
        reading.unread_items.update(item.key for item in items)
        return None
    section = Section(**values, items=tuple(items))
    reading.lines[id(section)] = {"key": node.line, **node.key_lines}
    return section


def _read_items(section: source.Mapping, reading: Reading) -> list[Item]:
    entry, label = section.entries.get("items"), reading.item
    if entry is None:
        reading.note(section, problems.missing_field("items", "what is asked, one entry each"))
        return []
    if not isinstance(entry, source.Sequence):
        reading.note(entry, problems.want_list("'items'"))
        return []
    if not entry.entries:
        reading.note(entry, problems.too_few("'items'", 1))
    items = []
    for node in entry.entries:
        reading.item = label  # what is no item has no name of its own
        items.append(_read_item(node, reading))
    return [item for item in items if item is not None]


def _list_item_nodes(sections: source.Sequence) -> list[Node]:
    lists = [
        each.entries.get("items") for each in sections.entries if isinstance(each, source.Mapping)
    ]
    return [node for each in lists if isinstance(each, source.Sequence) for node in each.entries]


def _note_double_keys(nodes: Iterable[Node], reading: Reading) -> None:
    """Note each key that was used before, also by what cannot be read for another fault."""
    seen: set[str] = set()
    for node in nodes:
        key = _peek(node, "key") if isinstance(node, source.Mapping) else ""
        if key in seen and isinstance(node, source.Mapping):
            reading.item = shorten(key.strip())
            reading.note(node.entries["key"], problems.same_key(shorten(key)))
        if key:
            seen.add(key)
    reading.item = ""


def _read_item(node: Node, reading: Reading) -> Item | None:
    if not isinstance(node, source.Mapping):
        reading.note(node, problems.want_mapping("an item"))
        return None
    key = _peek(node, "key")
    reading.item = shorten(key.strip())
    item_type = _find_type(node, reading)
    if item_type is None:
        _read_common_fields(node, reading)
    values = read_fields(item_type, node, reading, ("type",)) if item_type else None
    if item_type is None or values is None:
        reading.unread_items.add(key)
        return None
    item = item_type(**values)
    reading.lines[id(item)] = {"key": node.line, **node.key_lines}
    return item


def _read_common_fields(node: source.Mapping, reading: Reading) -> None:
    """Find what is wrong with the fields of every type, in an item whose type is not known."""
    for name, each in author_fields(Item).items():
        if name in node.entries:
            each.metadata["reader"].read(node.entries[name], f"'{name}'", reading)


def _find_type(node: source.Mapping, reading: Reading) -> type[Item] | None:
    name = _peek(node, "type")
    if "type" not in node.entries:
        reading.note(node, problems.missing_field("type", "such as text or select_one"))
    elif name not in ITEM_TYPES:
        reading.note(node.entries["type"], problems.unknown_type(name, ITEM_TYPES))
    return ITEM_TYPES.get(name)


def _peek(node: source.Mapping, name: str) -> str:
    entry = node.entries.get(name)
    return entry.text if isinstance(entry, Scalar) else ""
