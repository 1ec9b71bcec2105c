"""YAML text to nodes that know their line. Every scalar stays text: `yes`, `1.10` and `2014` too.

PyYAML's event stream is used instead of its loader, since the loader's YAML 1.1 rules would turn
`no` into false and since duplicate keys and aliases would pass unseen.
"""

import re
from dataclasses import dataclass, field
from typing import NoReturn

import yaml

from survey_app.definition import problems
from survey_app.definition.problems import DefinitionError, Problem
from survey_app.definition.shapes import Json
from survey_app.definition.yaml_errors import explain

CHARACTER_LIMIT = 1_000_000
BYTE_LIMIT = 4 * CHARACTER_LIMIT + 1  # UTF-8 takes at most four for a character
DEPTH_LIMIT = 20

# What YAML forbids in a file, and what XML forbids in a text: spreadsheets are XML.
_NOT_IN_YAML = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True)
class Scalar:
    """A text as written, and whether it was written at all (`~` and nothing are not)."""

    text: str
    line: int
    written: bool = True


@dataclass(frozen=True)
class Sequence:
    """A list of nodes."""

    entries: tuple["Node", ...]
    line: int


@dataclass(frozen=True)
class Mapping:
    """Named nodes in the order of writing, with the line of each name."""

    entries: dict[str, "Node"]
    line: int
    key_lines: dict[str, int] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def read_bytes(content: bytes, file: str) -> tuple[Node | None, list[Problem]]:
    """Like `parse`, for the bytes of a file, which should be UTF-8 (a byte order mark may lead)."""
    if len(content) >= BYTE_LIMIT:
        return None, [Problem(file, 1, "", problems.too_large(CHARACTER_LIMIT))]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return None, [Problem(file, line, "", problems.not_text_file())]
    return parse(text, file)


def parse(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """Return the nodes of a YAML text (None if nothing can be made of it) and its problems."""
    if len(text) > CHARACTER_LIMIT:
        return None, [Problem(file, 1, "", problems.too_large(CHARACTER_LIMIT))]
    if odd := _NOT_IN_YAML.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        return None, [Problem(file, line, "", problems.forbidden_character(odd[0]))]
    parser = _Parser(file, text)
    try:
        return parser.parse_document(), parser.problems
    except DefinitionError as error:
        return None, [*parser.problems, *error.problems]


def make_node(value: Json) -> Node:
    """Return stored JSON (texts, lists and mappings) as nodes without lines."""
    if isinstance(value, dict):
        return Mapping({key: make_node(entry) for key, entry in value.items()}, 0)
    if isinstance(value, list):
        return Sequence(tuple(make_node(entry) for entry in value), 0)
    return Scalar("" if value is None else str(value), 0, written=value is not None)


def make_json(node: Node) -> Json:
    """Return nodes as JSON: what the author wrote, without lines and comments."""
    if isinstance(node, Mapping):
        return {key: make_json(entry) for key, entry in node.entries.items()}
    if isinstance(node, Sequence):
        return [make_json(entry) for entry in node.entries]
    return node.text if node.written else None


class _Parser:
    """A place in a file's stream of events."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.problems: list[Problem] = []
        self.events = iter(yaml.parse(text, Loader=_Loader))
        self.line = 1

    def fail(self, message: str) -> NoReturn:
        raise DefinitionError([Problem(self.file, self.line, "", message)])

    def note(self, message: str) -> None:
        self.problems.append(Problem(self.file, self.line, "", message))

    def advance(self) -> yaml.Event:
        try:
            event = next(self.events)
        except yaml.MarkedYAMLError as error:
            self.fail_at(error)
        except (yaml.YAMLError, StopIteration, ValueError, OverflowError):
            # The last two: PyYAML's own parser lets chr() fail on an impossible escape.
            self.fail(problems.not_yaml())
        self.line = event.start_mark.line + 1 if event.start_mark else self.line
        return event

    def fail_at(self, error: yaml.MarkedYAMLError) -> NoReturn:
        if "nesting" in (error.problem or ""):
            # The parser looks ahead, and newer ones have a limit of their own, far beyond ours.
            self.fail(problems.too_deep(DEPTH_LIMIT))
        self.line, message = explain(error, self.text, self.line, _Loader)
        self.fail(message)

    def parse_document(self) -> Node | None:
        self.advance()
        if isinstance(self.advance(), yaml.StreamEndEvent):
            self.fail(problems.empty_file())
        node = self.parse_node(self.advance(), 0)
        self.advance()
        if not isinstance(self.advance(), yaml.StreamEndEvent):
            self.note(problems.one_document())
        return node

    def parse_node(self, event: yaml.Event, depth: int) -> Node:
        if depth > DEPTH_LIMIT:
            self.fail(problems.too_deep(DEPTH_LIMIT))
        if getattr(event, "anchor", None):
            self.fail(problems.no_aliases())
        if getattr(event, "tag", None):
            self.fail(problems.no_tags())
        if isinstance(event, yaml.MappingStartEvent):
            return self.parse_mapping(depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.parse_sequence(depth)
        if not isinstance(event, yaml.ScalarEvent):
            self.fail(problems.not_yaml())
        return self.parse_scalar(event)

    def parse_scalar(self, event: yaml.ScalarEvent) -> Scalar:
        if odd := _NOT_IN_XML.search(event.value):
            self.fail(problems.forbidden_character(odd[0]))
        return Scalar(event.value, self.line, bool(event.style) or event.value not in _NOTHING)

    def parse_sequence(self, depth: int) -> Sequence:
        line = self.line
        entries = []
        while not isinstance(event := self.advance(), yaml.SequenceEndEvent):
            entries.append(self.parse_node(event, depth + 1))
        return Sequence(tuple(entries), line)

    def parse_mapping(self, depth: int) -> Mapping:
        mapping = Mapping({}, self.line)
        while not isinstance(event := self.advance(), yaml.MappingEndEvent):
            line = self.line
            key = self.parse_node(event, depth + 1)
            if not isinstance(key, Scalar):
                self.fail(problems.want_name_before_colon())
            if key.text in mapping.entries:
                self.note(problems.duplicate_key(key.text))
            value = self.parse_node(self.advance(), depth + 1)
            mapping.entries.setdefault(key.text, value)
            mapping.key_lines.setdefault(key.text, line)
        return mapping
