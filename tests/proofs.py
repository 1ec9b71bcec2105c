"""Tests that tables name as proofs: a file of the folder tests, two colons, a function."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent


def is_there(test: str) -> bool:
    """Whether there is a test of that name in that file."""
    file, _colons, name = test.partition("::")
    return name.startswith("test_") and name in _list_functions(file)


@cache
def _list_functions(file: str) -> frozenset[str]:
    path = ROOT / file
    tree = ast.parse(path.read_text("utf-8")) if path.is_file() else ast.Module([], [])
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))
