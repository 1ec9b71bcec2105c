"""Conditions: when an item is asked (`relevant`), in the useful core of XLSForm's language.

An author writes `${rewarding} = 'yes' and not(selected(${skills}, 'none'))`. The text is parsed
once into a tree of plain lists; the server evaluates that tree and the page mirrors it with
`web/static/conditions.js`. Both are held to one table, tests/definition/condition_vectors.json.
The parser is our own and not an XPath library's, since the page needs the tree as JSON and XPath's
comparisons of node sets would have to be undone.

Offered: `or`, `and` (which binds more tightly), `not(…)`, `= != < <= > >=`, parentheses,
'text' or "text", numbers, `${key}` (a grid's row: `${key/row}`), `selected(${key}, 'code')`,
`count-selected(${key})`, `true()`, `false()`. Arithmetic, paths and other functions are refused
by name.

What they mean (after the XLSForm and ODK documentation, where not said otherwise):

- A blank answer is the empty text: `${key} = ''` asks whether it is blank. So is whatever cannot
  be read: a missing item, a grid without its row, a row of what is not a grid, true and false.
- An answer of several codes reads as its codes joined by one space, in the order they are stored;
  authors are told to write `selected` instead of comparing with that.
- `=` compares as numbers if both sides look like one (`-12`, `3.5`; ours: also when quoted, so
  `'10' = 10.0`), else as exact text: case counts, spaces count, nothing is normalised.
- `!=` is the contrary of `=`, so it holds for a blank.
- `< <= > >=` compare two numbers, or two dates written 2026-11-22; anything else, a blank
  included, makes them false.
- `selected` asks whether the code is among the answer's codes, or is the answer, as exact text
  ('1' is not '01'); false for a blank.
- `count-selected` is the number of codes chosen; 0 for a blank, 1 for a single answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey_app.definition.conditions.evaluation import evaluate
from survey_app.definition.conditions.grammar import Tree, read
from survey_app.definition.conditions.references import (
    Reference,
    find_references,
    rename_references,
)
from survey_app.definition.conditions.tokens import ConditionError

__all__ = ["Condition", "ConditionError", "Reference", "Tree", "parse"]


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A parsed condition.

    text: as the author wrote it; two conditions are equal if their trees are.
    tree: nested tuples of text, ready for JSON; `${a} = 'b'` is `("=", ("ref", "a", ""),
    ("text", "b"))`. The page is given this.
    reads: the answers it depends on.
    """

    text: str = field(compare=False)
    tree: Tree
    reads: frozenset[Reference]

    def evaluate(self, answers: Mapping[str, object]) -> bool:
        """Whether it holds for answers: item key -> code, codes, number, text, date or grid.

        A grid is a mapping of row -> code. Missing or None is blank. Never raises for values
        that JSON can hold.
        """
        return evaluate(self.tree, answers)

    def rename(self, names: Mapping[str, str]) -> "Condition":
        """Return the same condition on items that are called otherwise, by their keys of before.

        Its text stays what the author wrote.
        """
        tree = rename_references(self.tree, names)
        return Condition(text=self.text, tree=tree, reads=find_references(tree))


def parse(text: str) -> Condition:
    """The condition that text spells; ConditionError says what is wrong, where, and what to do."""
    tree = read(text)
    return Condition(text=text, tree=tree, reads=find_references(tree))
