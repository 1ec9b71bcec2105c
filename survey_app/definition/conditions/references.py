"""References: the answers that a condition reads."""

from collections.abc import Iterator, Mapping
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


def rename_references(tree: Tree, names: Mapping[str, str]) -> Tree:
    """Return the tree with items called by other names, by their keys in it."""
    match tree:
        case ("ref", str(item), str(row)):
            return ("ref", names.get(item, item), row)
        case ("text", _):
            return tree
        case _:
            return (tree[0], *(rename_references(part, names) for part in tree[1:]))


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
    """What an answer is held against: a text, by a comparison or as a code to be `selected`.

    The answer stands on the left of the comparison; with `counted` it is the number of its codes.
    """

    reference: Reference
    operator: str
    text: str
    counted: bool = False


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def find_expectations(tree: Tree) -> Iterator[Expectation]:
    """Every text that the tree compares an answer with, or seeks among its codes."""
    match tree:
        case ("selected", ("ref", item, row), ("text", text)):
            reference = Reference(item=item, row=row)
            yield Expectation(reference=reference, operator="selected", text=text)
        case ("or" | "and" | "not", *parts):
            for part in parts:
                yield from find_expectations(part)
        case (operator, ("text", text), tuple(side)) if operator in _MIRRORED:
            yield from _expect(side, _MIRRORED[operator], text)
        case (operator, tuple(side), ("text", text)) if operator in _MIRRORED:
            yield from _expect(side, operator, text)


def _expect(side: Tree, operator: str, text: str) -> Iterator[Expectation]:
    match side:
        case ("ref", item, row):
            reference = Reference(item=item, row=row)
            yield Expectation(reference=reference, operator=operator, text=text)
        case ("count-selected", ("ref", item, row)):
            reference = Reference(item=item, row=row)
            yield Expectation(reference=reference, operator=operator, text=text, counted=True)
