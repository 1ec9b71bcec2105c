"""Definitions that tests write inline: what stands around an item, and what comes of it."""

from textwrap import dedent, indent
from typing import Any

from survey_app.definition.fields import PostedRaw
from survey_app.definition.form import FilledSection, SectionForm
from survey_app.definition.instrument import Instrument, Section
from survey_app.definition.items.base import Item
from survey_app.definition.loader import load
from survey_app.definition.problems import DefinitionError
from survey_app.definition.text import Text

HEAD = """\
format: 1
name: wellbeing
version: 1.0.0
title: Wellbeing
source: ours
licence: ours
changes: the first version
scales:
  extent: {direction: unipolar, points: {1: not at all, 2: to some extent, 3: to a high extent}}
  agreement: {direction: bipolar, points: {against: against, neither: neither, for: for}}
sections:
  - key: page
    title: The page
    items:
"""
FIRST_LINE = HEAD.count("\n") + 1


def write_items(items: str) -> str:
    """A definition whose one section holds `items`, a YAML list; it begins at FIRST_LINE."""
    return HEAD + indent(dedent(items).strip("\n"), " " * 6) + "\n"


def write_item(fields: str, more: str = "") -> str:
    """A definition of one item, given as its fields without a dash, and further fields."""
    lines = f"{dedent(fields).strip()}\n{dedent(more).strip()}".strip()
    return write_items(indent(lines, "  ").replace("  ", "- ", 1))


def load_items(items: str) -> Instrument:
    return load(write_items(items).encode(), "wellbeing/1.0.0.yaml")


def load_item(fields: str, more: str = "") -> Item:
    return load(write_item(fields, more).encode(), "wellbeing/1.0.0.yaml").items[0]


def find_problems(text: str | bytes) -> list[str]:
    """The problems of a definition as `line: item: message`; none if it loads."""
    content = text if isinstance(text, bytes) else text.encode()
    try:
        load(content, "file.yaml")
    except DefinitionError as error:
        return [str(problem).removeprefix("file.yaml:") for problem in error.problems]
    return []


def find_item_problems(fields: str, more: str = "") -> list[str]:
    """The problems of one item, with lines that count from its own first line."""
    parted = [problem.partition(":") for problem in find_problems(write_item(fields, more))]
    return [f"{int(line) - FIRST_LINE + 1}:{rest}" for line, _, rest in parted]


def ask(item: Item, posted: dict[str, Any]) -> FilledSection:
    """Fill a page that holds one item with what a browser posts (a text, or a list of texts)."""
    page = SectionForm(Section(key="page", title=Text.plain("Page"), items=(item,)), "en")
    raw = {name: [given] if isinstance(given, str) else given for name, given in posted.items()}
    return page.fill(page.take_raw(PostedRaw(raw)), {})


def list_mistakes(filled: FilledSection) -> list[tuple[str, str]]:
    """Where something is wrong with what was posted, and the sentence."""
    return [(mistake.name, mistake.message) for mistake in filled.mistakes]
