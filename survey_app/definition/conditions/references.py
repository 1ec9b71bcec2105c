"""References: the answers that a condition reads."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey_app.definition.conditions.grammar import Tree


@dataclass(frozen=True, kw_only=True, order=True)
class Reference:
    """One answer by the key of its item and, in a grid, of its row; row is "" for no row."""

    item: str
    row: str = ""


def find_references(tree: Tree) -> frozenset[Reference]:
    """Every reference in the tree, each once."""
    return frozenset(_walk(tree))


def _walk(tree: Tree) -> Iterator[Reference]:
    match tree:
        case ("ref", str(item), str(row)):
            yield Reference(item=item, row=row)
        case ("text", _):
            return
        case _:
            for part in tree[1:]:
                yield from _walk(part)


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """A text that an answer may be: with `selected` one of its codes, else the whole of it."""

    reference: Reference
    text: str
    selected: bool


def find_expectations(tree: Tree) -> Iterator[Expectation]:
    """Every text that the tree compares an answer with for equality, or seeks among its codes."""
    match tree:
        case ("selected", ("ref", item, row), ("text", text)):
            yield Expectation(reference=Reference(item=item, row=row), text=text, selected=True)
        case ("=" | "!=", ("ref", item, row), ("text", text)):
            yield Expectation(reference=Reference(item=item, row=row), text=text, selected=False)
        case ("=" | "!=", ("text", text), ("ref", item, row)):
            yield Expectation(reference=Reference(item=item, row=row), text=text, selected=False)
        case ("or" | "and" | "not", *parts):
            for part in parts:
                yield from find_expectations(part)
