"""What does not hold, each with where it is and what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

COMPARE = (
    "Keep this database as it is, find out who could write to its file, and compare with a backup "
    "from before."
)
RESTORE = "Restore a backup from before with 'survey-app restore', into a new place."


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """One thing that does not hold: where, what is wrong there, and what to do about it."""

    where: str
    wrong: str
    remedy: str = COMPARE

    def __str__(self) -> str:
        return f"{self.where}: {self.wrong}. {self.remedy}"


@dataclass(kw_only=True, slots=True)
class Counts:
    """How much was checked. ``erased`` are the contents of events that withdrawals erased."""

    responses: int = 0
    interviews: int = 0
    events: int = 0
    contents: int = 0
    erased: int = 0
    versions: int = 0
    breaks: int = 0


Tell: TypeAlias = Callable[[Break], None]
"""What takes each break as soon as it is found."""

Show: TypeAlias = Callable[[float, str], None]
"""What takes how far the checking is, from 0 to 1, and what is being checked."""
