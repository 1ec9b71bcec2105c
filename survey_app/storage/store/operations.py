"""What the console can do to one row: set a mark, write a note, record an answer.

Each kind of row has a key (what place it stands in) and a content (what two clients can differ
about). Writing one replaces the row in the same place.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, RowMapping, Table, and_, delete, insert, select

from survey_app.storage.moments import identifier
from survey_app.storage.records import Json
from survey_app.storage.schema import answer, note, probe_mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamp:
    """By whom, when and in which revision a row is written, and in which interview."""

    interview: str
    revision: int
    client: str
    actor: str
    at: str

    def columns(self) -> dict[str, Json]:
        """Return the columns that every row carries."""
        return {"revision": self.revision, "client": self.client}


class Kind(Protocol):
    """One kind of row."""

    table: Table

    def key(self, operation: dict[str, Json], interview: str) -> dict[str, Json]:
        """Return the columns that say in which place the row stands."""

    def content(self, operation: dict[str, Json]) -> dict[str, Json]:
        """Return the columns that say what stands there."""

    def rest(
        self, operation: dict[str, Json], stamp: Stamp, stored: RowMapping | None
    ) -> dict[str, Json]:
        """Return the other columns, some of them kept from the row that was there."""


class Mark:
    """A probe mark; ``at`` is in milliseconds into the interview."""

    table = probe_mark

    def key(self, operation: dict[str, Json], interview: str) -> dict[str, Json]:
        """Return response, item and probe."""
        del interview
        place = {"item": operation["item"], "probe": operation["probe"]}
        return {"response_id": operation["response"], **place}

    def content(self, operation: dict[str, Json]) -> dict[str, Json]:
        """Return state, phase, example, flags, text and reason."""
        return {
            "state": operation["state"],
            "phase": operation.get("phase"),
            "example": operation.get("example") or "none",
            "flags": operation.get("flags") or [],
            "text": operation.get("text") or "",
            "reason": operation.get("reason") or "",
        }

    def rest(
        self, operation: dict[str, Json], stamp: Stamp, stored: RowMapping | None
    ) -> dict[str, Json]:
        """Return the times: the first one stays."""
        at = operation.get("at")
        first = at if stored is None or stored["first_at"] is None else stored["first_at"]
        return {"first_at": first, "changed_at": at, **stamp.columns()}


class Note:
    """A note; only the kind ``note`` has a place of its own, the others add up."""

    table = note

    def key(self, operation: dict[str, Json], interview: str) -> dict[str, Json]:
        """Return the slot: where the note stands, in a text that is unique."""
        if operation["kind"] != "note":
            return {"id": identifier()}
        place = [operation.get("response") or interview]
        place += [operation.get(name) or "" for name in ("item", "probe", "stream")]
        return {"slot": "/".join(place)}

    def content(self, operation: dict[str, Json]) -> dict[str, Json]:
        """Return the text."""
        return {"text": operation["text"]}

    def rest(
        self, operation: dict[str, Json], stamp: Stamp, stored: RowMapping | None
    ) -> dict[str, Json]:
        """Return what the note belongs to, its author and its times."""
        born = {"id": identifier(), "created": stamp.at, "author": stamp.actor}
        kept = born if stored is None else {name: stored[name] for name in born}
        return {
            **kept,
            "response_id": operation.get("response"),
            "interview_id": stamp.interview,
            "item": operation.get("item"),
            "probe": operation.get("probe"),
            "stream": operation.get("stream") or "",
            "kind": operation["kind"],
            "added": operation.get("added") or "during",
            "changed": stamp.at,
            **stamp.columns(),
        }


class Answer:
    """An answer to a closed question."""

    table = answer

    def key(self, operation: dict[str, Json], interview: str) -> dict[str, Json]:
        """Return response, item and row."""
        del interview
        place = {"item": operation["item"], "row": operation.get("row") or ""}
        return {"response_id": operation["response"], **place}

    def content(self, operation: dict[str, Json]) -> dict[str, Json]:
        """Return the value or the reason, and the other-text."""
        names = ("value", "reason", "other_text")
        return {name: operation.get(name) for name in names}

    def rest(
        self, operation: dict[str, Json], stamp: Stamp, stored: RowMapping | None
    ) -> dict[str, Json]:
        """Return the stamp."""
        del operation, stored
        return {"other_unticked": False, **stamp.columns()}


KINDS: dict[str, Kind] = {"mark": Mark(), "note": Note(), "answer": Answer()}
"""The kinds of rows by the operation's name."""


def stored_row(
    connection: Connection, operation: dict[str, Json], interview: str
) -> RowMapping | None:
    """Return the row that stands in the operation's place, or None."""
    kind = KINDS[operation["op"]]
    query = select(kind.table).where(_in_place(kind, operation, interview))
    return connection.execute(query).mappings().first()


def differs(operation: dict[str, Json], stored: RowMapping) -> bool:
    """Return whether the operation says something else than what stands there."""
    content = KINDS[operation["op"]].content(operation)
    return any(stored[name] != value for name, value in content.items())


def replace(
    connection: Connection, operation: dict[str, Json], stamp: Stamp, stored: RowMapping | None
) -> None:
    """Write the operation's row in its place."""
    kind = KINDS[operation["op"]]
    key = kind.key(operation, stamp.interview)
    values = kind.rest(operation, stamp, stored) | kind.content(operation) | key
    if stored is not None:
        connection.execute(delete(kind.table).where(_in_place(kind, operation, stamp.interview)))
    connection.execute(insert(kind.table).values(values))


def _in_place(kind: Kind, operation: dict[str, Json], interview: str) -> Any:
    key = kind.key(operation, interview)
    return and_(*(kind.table.c[name] == value for name, value in key.items()))
