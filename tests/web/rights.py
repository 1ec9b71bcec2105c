"""The table of who reaches which address, as it is kept in rights.txt for review."""

from dataclasses import dataclass
from pathlib import Path

from survey_app.storage.records import Role

FILE = Path(__file__).with_name("rights.txt")
PEOPLE: dict[str, Role | None] = {
    "nobody": None,
    "interviewer": "interviewer",
    "observer": "observer",
    "analyst": "analyst",
    "study_lead": "study_lead",
    "coordinator": "coordinator",
    "administrator": None,
}
PLACES = ("mine", "own", "other")
"""An interview of one's own, what is of others in the same study, and another study."""
LETTING_IN = {"mine": {"mine"}, "own": {"mine", "own"}, "both": {*PLACES}, "-": set()}


@dataclass(frozen=True)
class Right:
    """One address and who is let in, in each person's own study and in another."""

    method: str
    rule: str
    cells: dict[str, str]

    def lets_in(self, person: str, place: str) -> bool:
        """Whether a person is let in at the address in one of the places."""
        return place in LETTING_IN[self.cells[person]]

    @property
    def places(self) -> tuple[str, ...]:
        """The places in which the address is another one: only interviews are somebody's."""
        return PLACES if "<interview_id>" in self.rule else PLACES[1:]

    @property
    def is_open(self) -> bool:
        """Whether anybody is let in."""
        return set(self.cells.values()) == {"open"}


def read_rights() -> list[Right]:
    """Return the rows of the table."""
    lines = [line.split() for line in FILE.read_text("utf-8").splitlines()]
    rows = [words for words in lines if words and not words[0].startswith("#")]
    head, *body = rows
    assert head == ["method", "address", *PEOPLE]
    return [Right(row[0], row[1], dict(zip(PEOPLE, row[2:], strict=True))) for row in body]
