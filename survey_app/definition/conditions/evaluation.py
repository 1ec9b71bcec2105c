"""Evaluation: whether a condition's tree holds for a set of answers.

`web/static/conditions.js` says the same in the page, function by function: change both, and the
table of vectors. The meaning of every operator stands in the package's docstring.
"""

import operator
import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

from survey_app.definition.conditions.grammar import Tree

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def evaluate(tree: Tree, answers: Mapping[str, object]) -> bool:
    """Whether the tree holds for answers (item key -> value)."""
    match tree:
        case ("or", *parts):
            return any(evaluate(part, answers) for part in parts)
        case ("and", *parts):
            return all(evaluate(part, answers) for part in parts)
        case ("not", part):
            return not evaluate(part, answers)
        case ("selected", (_, item, row), (_, code)):
            return _is_selected(_read_answer(answers, item, row), code)
        case (comparison, left, right):
            return compare(comparison, _read_value(left, answers), _read_value(right, answers))
    return bool(tree[0] == "true")


def equals(one: str | float, other: str | float) -> bool:
    """Whether `=` holds between two values: as numbers if both look like one, else as text."""
    return compare("=", one, other)


def _read_value(tree: Tree, answers: Mapping[str, object]) -> str | float:
    match tree:
        case ("ref", item, row):
            return _simplify(_read_answer(answers, item, row))
        case ("count-selected", (_, item, row)):
            return float(len(_list_codes(_read_answer(answers, item, row))))
    return str(tree[1])


def _read_answer(answers: Mapping[str, object], item: str, row: str) -> object:
    answer = answers.get(item)
    if not row:
        return answer
    return answer.get(row) if isinstance(answer, Mapping) else None


def _simplify(answer: object) -> str | float:
    """An answer as one text or number; "" for a blank or what cannot be read as one."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, list | tuple):
        return " ".join(code for code in answer if isinstance(code, str) and code)
    if isinstance(answer, int | float) and not isinstance(answer, bool):
        return _limit(answer)
    return ""


def _list_codes(answer: object) -> list[str | float]:
    if isinstance(answer, list | tuple):
        return [code for code in answer if isinstance(code, str) and code]
    value = _simplify(answer)
    return [] if value == "" else [value]


def _is_selected(answer: object, code: str) -> bool:
    # A number has no spelling of its own, so only it is compared by amount.
    amount = _measure(code)
    return any(
        chosen == (code if isinstance(chosen, str) else amount) for chosen in _list_codes(answer)
    )


def compare(comparison: str, left: str | float, right: str | float) -> bool:
    """Whether a comparison holds between two values, as the package's docstring says."""
    holds = _COMPARISONS[comparison]
    one, other = _measure(left), _measure(right)
    if one is not None and other is not None:
        return holds(one, other)
    if comparison in {"=", "!="}:
        return holds(left, right)
    return _is_date(left) and _is_date(right) and holds(left, right)


def looks_like_number(text: str) -> bool:
    """Whether comparisons take a text for a number."""
    return _NUMBER.fullmatch(text) is not None


def _measure(value: str | float) -> float | None:
    """The number that value is or looks like, else None."""
    if isinstance(value, float):
        return value
    return _limit(float(value)) if _NUMBER.fullmatch(value) else None


def _is_date(value: str | float) -> bool:
    return isinstance(value, str) and _DATE.fullmatch(value) is not None


def _limit(number: float) -> float:
    # The page reads 1e999 as infinity and Python a long integer exactly: one bound for both.
    return float(max(-sys.float_info.max, min(sys.float_info.max, number)))
