"""A problem: one thing to mend in a definition, and the error that carries them all."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: where it is, what is wrong and what to do. `line` counts from 1."""

    file: str
    line: int
    item: str
    message: str

    def __str__(self) -> str:
        # A definition from the database has no lines.
        where = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        return where + (f"{self.item}: " if self.item else "") + self.message


class DefinitionError(Exception):
    """A definition that cannot be used; `problems` holds all that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
