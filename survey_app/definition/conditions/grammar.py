"""The grammar: tokens -> tree, by one method for each level of binding.

    condition   = and-chain ("or" and-chain)*
    and-chain   = comparison ("and" comparison)*
    comparison  = operand (("=" | "!=" | "<" | "<=" | ">" | ">=") operand)?
    operand     = reference | text | number | call | "(" condition ")"

Parts are of two sorts, values and truths: only values are compared, only truths are joined.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from survey_app.definition.conditions.tokens import (
    NO_ARITHMETIC,
    OFFERED,
    ConditionError,
    Token,
    split,
)

Tree: TypeAlias = tuple[Any, ...]
"""A node: its operator, then text (in the leaves "ref" and "text") or further nodes."""

MOST_LEVELS = 40
_SOMETHING = "${key}, 'text', a number or a function"
_VALUES = frozenset({"ref", "text", "count-selected"})


def read(text: str) -> Tree:
    """The tree of a whole condition; raises ConditionError."""
    grammar = _Grammar(list(split(text)))
    if grammar.token.kind == "end":
        raise ConditionError(1, "the condition is empty; write one, or leave `relevant` out")
    start = grammar.token
    tree = grammar.read_condition()
    if grammar.token.kind != "end":
        raise _left_over(grammar.token)
    return _require_truth(start, tree)


class _Grammar:
    """A place in a row of tokens, and how many parentheses deep it is."""

    def __init__(self, tokens: list[Token]) -> None:
        self._rest = iter(tokens)
        self._level = 0
        self.token = next(self._rest)

    def read_condition(self) -> Tree:
        return self._read_chain("or", self._read_conjunction)

    def _read_conjunction(self) -> Tree:
        return self._read_chain("and", self._read_comparison)

    def _read_chain(self, word: str, read_part: Callable[[], Tree]) -> Tree:
        start = self.token
        part = read_part()
        if self.token.text != word:
            return part
        parts = [_require_truth(start, part)]
        while self.token.text == word:
            self._advance()
            start = self.token
            parts.append(_require_truth(start, read_part()))
        return (word, *parts)

    def _read_comparison(self) -> Tree:
        start = self.token
        left = self._read_operand()
        if self.token.kind != "comparison":
            return left
        operator = self._advance()
        second = self.token
        right = self._read_operand()
        if self.token.kind == "comparison":
            raise ConditionError(
                self.token.position, "compare two things at a time; join comparisons with `and`"
            )
        return (operator.text, _require_value(start, left), _require_value(second, right))

    def _read_operand(self) -> Tree:
        token = self._advance()
        if token.text == "(":
            return self._read_nested(token)
        match token.kind:
            case "reference":
                item, _, row = token.text[2:-1].partition("/")
                return ("ref", item, row)
            case "text":
                return ("text", token.text[1:-1])
            case "number":
                return ("text", token.text)
            case "name":
                return self._read_call(token)
        raise ConditionError(token.position, f"{_name(token)} where {_SOMETHING} should stand")

    def _read_nested(self, opening: Token) -> Tree:
        self._level += 1
        if self._level > MOST_LEVELS:
            raise ConditionError(
                opening.position,
                f"parentheses are more than {MOST_LEVELS} deep; take away those not needed",
            )
        inner = self.read_condition()
        self._close(opening)
        self._level -= 1
        return inner

    def _read_call(self, name: Token) -> Tree:
        if self.token.text != "(":
            raise ConditionError(name.position, _advise_on_word(name.text))
        match name.text:
            case "true" | "false":
                self._advance()
                self._expect(")", f"`{name.text}()` has nothing between its parentheses")
                return (name.text,)
            case "not":
                opening, inner = self._advance(), self.token
                return ("not", _require_truth(inner, self._read_nested(opening)))
            case "selected":
                return self._read_selected()
            case "count-selected":
                opening, reference = self._advance(), self._read_reference(name.text)
                self._close(opening)
                return ("count-selected", reference)
        raise ConditionError(
            name.position, f"the function `{name.text}` is not offered; there are {OFFERED}"
        )

    def _read_selected(self) -> Tree:
        opening, reference = self._advance(), self._read_reference("selected")
        self._expect(",", "selected needs a comma and a code: selected(${key}, 'code')")
        if self.token.kind != "text":
            raise ConditionError(
                self.token.position,
                "the code in selected stands in quotes: selected(${key}, 'code')",
            )
        code = self._read_operand()
        self._close(opening)
        return ("selected", reference, code)

    def _read_reference(self, function: str) -> Tree:
        if self.token.kind != "reference":
            raise ConditionError(
                self.token.position, f"{function} reads an answer first: {function}(${{key}} …)"
            )
        return self._read_operand()

    def _close(self, opening: Token) -> None:
        if self.token.kind == "end":
            raise ConditionError(
                opening.position, "this parenthesis is never closed; add `)` where it should end"
            )
        if self.token.text != ")":
            raise _left_over(self.token)
        self._advance()

    def _expect(self, mark: str, advice: str) -> None:
        if self.token.text != mark:
            raise ConditionError(self.token.position, advice)
        self._advance()

    def _advance(self) -> Token:
        passed = self.token
        self.token = next(self._rest, passed)
        return passed


def _require_truth(start: Token, tree: Tree) -> Tree:
    if tree[0] in _VALUES:
        raise ConditionError(
            start.position,
            f"{_name(start)} alone is neither true nor false; compare it, as in ${{key}} = 'yes'",
        )
    return tree


def _require_value(start: Token, tree: Tree) -> Tree:
    if tree[0] not in _VALUES:
        raise ConditionError(
            start.position,
            f"what starts with {_name(start)} is already true or false and cannot be compared; "
            "leave the comparison out, or put not(…) around it",
        )
    return tree


def _left_over(token: Token) -> ConditionError:
    """What to say about a token after a part that was complete."""
    if token.text == ")":
        advice = "this parenthesis closes nothing; take it away, or open one before"
    elif token.text == ",":
        advice = "a comma stands only in selected(${key}, 'code'); take this one away"
    elif token.text in {"div", "mod"} or token.text.startswith("-"):
        advice = NO_ARITHMETIC
    elif token.kind == "name" and token.text.lower() in {"and", "or"}:
        advice = f"`{token.text}` is written in lower case: `{token.text.lower()}`"
    else:
        advice = f"{_name(token)} follows a part that was complete; join the two with `and` or `or`"
    return ConditionError(token.position, advice)


def _advise_on_word(word: str) -> str:
    if word.lower() in {"and", "or"}:
        return f"`{word}` joins two conditions; {_SOMETHING} should stand here"
    if word in {"not", "selected", "count-selected", "true", "false"}:
        return f"`{word}` is a function and needs parentheses; there are {OFFERED}"
    return f"`{word}` is neither an answer nor a text; write ${{{word}}}, or '{word}' in quotes"


def _name(token: Token) -> str:
    return f"`{token.text}`" if token.text else "the end of the condition"
