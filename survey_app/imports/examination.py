"""A whole table examined row by row: what can be imported, what is wrong, what is left out."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from survey_app.imports.bookkeeping import Skipped
from survey_app.imports.problems import RowProblem
from survey_app.imports.rows import CheckedRow, RowReader
from survey_app.spreadsheets.table import ReadRow, Table
from survey_app.translations import gettext as _

AT_ONCE = 500
"""Rows whose keys are looked up together."""

Present = Callable[[Collection[str]], Collection[str]]
"""Returns those of some keys that responses have where it is imported to."""


@dataclass(kw_only=True)
class Examined:
    """What a table holds: how much can be imported, and what is left out, by number of row.

    `skipped` are rows by why they are left out, `unanswered` counts rows by the required item to
    which they have no answer.
    """

    responses: int = 0
    problems: int = 0
    faulty_rows: int = 0
    skipped: dict[Skipped, list[int]] = field(default_factory=dict)
    unanswered: Counter[str] = field(default_factory=Counter)

    def add(self, checked: CheckedRow) -> None:
        """Count a row."""
        if checked.skipped is not None:
            self.skipped.setdefault(checked.skipped, []).append(checked.row.number)
        elif checked.problems:
            self.problems += len(checked.problems)
            self.faulty_rows += 1
        else:
            self.responses += 1
            self.unanswered.update(checked.unanswered)


def examine(table: Table, reader: RowReader, present: Present) -> Iterator[CheckedRow]:
    """Yield every row of a table, read and checked; a few hundred are in memory at once.

    A response that stands in the table twice, or is there already where it goes, is a problem.
    """
    seen: dict[str, int] = {}
    for group in _grouped(table.rows()):
        checked = [reader.read(row) for row in group]
        keys = {each.bookkeeping.response for each in checked} - {""}
        there = frozenset(present(keys)) if keys else frozenset()
        for each in checked:
            yield _check_key(each, seen, there)


def _grouped(rows: Iterator[ReadRow]) -> Iterator[list[ReadRow]]:
    while group := list(islice(rows, AT_ONCE)):
        yield group


def _check_key(checked: CheckedRow, seen: dict[str, int], there: frozenset[str]) -> CheckedRow:
    key, number = checked.bookkeeping.response, checked.row.number
    if not key or checked.skipped:
        return checked
    first = seen.setdefault(key, number)
    if first != number:
        sentence = _("This response stands in row {first} already. Take one of the two out.")
        return _add_problem(checked, sentence.format(first=first))
    if key in there:
        return _add_problem(
            checked,
            _(
                "This response is in the study already. Take the row out, or import the file with "
                "--again to have it twice."
            ),
        )
    return checked


def _add_problem(checked: CheckedRow, message: str) -> CheckedRow:
    row = checked.row
    problem = RowProblem(place=row.place, row=row.number, column="response", message=message)
    return replace(checked, problems=(problem, *checked.problems))
