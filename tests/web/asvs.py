"""The table of what is kept of OWASP's ASVS, as it stands in asvs.md for review."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("asvs.md")
HEAD = ("number", "level", "requirement", "state", "why", "test")
STATES = ("kept", "partly", "not kept", "does not apply")


@dataclass(frozen=True)
class Requirement:
    """A row: a requirement in our words, how it is kept, why not wholly, and what proves it."""

    number: str
    level: str
    requirement: str
    state: str
    why: str
    tests: tuple[str, ...]

    @property
    def place(self) -> tuple[int, ...]:
        """Where it stands in the standard: chapter, section, requirement."""
        return tuple(int(part) for part in self.number.split("."))


def read_asvs() -> list[Requirement]:
    """Return the rows of the table."""
    lines = [line for line in FILE.read_text("utf-8").splitlines() if line.startswith("|")]
    head, _rule, *body = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert tuple(head) == HEAD
    return [_read(*cells) for cells in body]


def _read(
    number: str, level: str, requirement: str, state: str, why: str, tests: str
) -> Requirement:
    return Requirement(number, level, requirement, state, why, tuple(tests.split()))


def count(rows: Iterable[Requirement]) -> str:
    """Return the sentence that counts the rows, as it stands over the table."""
    rows = list(rows)
    states = Counter(row.state for row in rows)
    told = ", ".join(f"{states[state]} {state}" for state in STATES)
    empty = sum(not row.tests for row in rows)
    return f"{len(rows)} rows: {told}. {empty} are without a test."
