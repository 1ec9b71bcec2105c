"""The place of each sealed value: what ties it to its row, so that no other row can show it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

from survey_app.storage.people.schema import letter, mailing, message, person, roster

PURPOSE = "survey-app people"
ROWS: dict[Table, tuple[str, ...]] = {
    person: ("study", "id"),
    roster: ("study", "id"),
    letter: ("study", "kind", "language"),
    mailing: ("study", "kind", "id"),
    message: ("mailing_id", "person_id", "id"),
}
"""By table with a sealed value: the columns that say which row it is of, which never change."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value stands: its table, and what tells its row from others."""

    table: str
    row: tuple[str, ...]

    @property
    def data(self) -> bytes:
        """What is authenticated with the value."""
        return json.dumps([PURPOSE, self.table, "sealed", *self.row]).encode()


def place_of(table: Table, row: Mapping[Any, Any]) -> Place:
    """Return the place of the sealed value of a row, from the row's columns."""
    return Place(table.name, tuple(str(row[name]) for name in ROWS[table]))
