"""What the console can do to one row: mark a probe or a question, write a note, record an answer.

Each kind of row has a key (what place it stands in) and a content (what two clients can differ
about). Writing one replaces the row in the same place.
"""

from dataclasses import dataclass
from functools import cache
from typing import Protocol, TypeAlias

from sqlalchemy import Connection, Table, and_, bindparam, delete, insert, select

from survey_app.storage.moments import identifier
from survey_app.storage.records import Json
from survey_app.storage.schema import answer, item_mark, note, probe_mark
from survey_app.storage.statements import Row, Statement

Operation: TypeAlias = dict[str, Json]

FREE = "free"
"""The phase that a question begins in."""


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

    def key(self, operation: Operation, interview: str) -> dict[str, Json]:
        """Return the columns that say in which place the row stands."""

    def content(self, operation: Operation) -> dict[str, Json]:
        """Return the columns that say what stands there."""

    def rest(self, operation: Operation, stamp: Stamp, stored: Row | None) -> dict[str, Json]:
        """Return the other columns, some of them kept from the row that was there."""


class Mark:
    """A probe mark; ``at`` is in milliseconds into the interview."""

    table = probe_mark

    def key(self, operation: Operation, interview: str) -> dict[str, Json]:
        """Return response, item and probe."""
        del interview
        place = {"item": operation["item"], "probe": operation["probe"]}
        return {"response_id": operation["response"], **place}

    def content(self, operation: Operation) -> dict[str, Json]:
        """Return state, phase, example, flags, text and reason."""
        return {
            "state": operation["state"],
            "phase": operation.get("phase"),
            "example": operation.get("example") or "none",
            "flags": operation.get("flags") or [],
            "text": operation.get("text") or "",
            "reason": operation.get("reason") or "",
        }

    def rest(self, operation: Operation, stamp: Stamp, stored: Row | None) -> dict[str, Json]:
        """Return the times: the first one stays."""
        return _times(operation, stored) | stamp.columns()


class ItemMark:
    """What holds for a whole question: in which phase it is, and why nothing was asked."""

    table = item_mark

    def key(self, operation: Operation, interview: str) -> dict[str, Json]:
        """Return response and item."""
        del interview
        return {"response_id": operation["response"], "item": operation["item"]}

    def content(self, operation: Operation) -> dict[str, Json]:
        """Return state, phase, flags and reason."""
        return {
            "state": operation.get("state") or "not_reached",
            "phase": operation.get("phase") or FREE,
            "flags": operation.get("flags") or [],
            "reason": operation.get("reason") or "",
        }

    def rest(self, operation: Operation, stamp: Stamp, stored: Row | None) -> dict[str, Json]:
        """Return the times; each change of the phase adds a turn, and none is ever taken away."""
        phase = self.content(operation)["phase"]
        turns = [] if stored is None else stored["turns"]
        if phase != (FREE if stored is None else stored["phase"]):
            turns = [*turns, {"phase": phase, "at": operation.get("at")}]
        return {"turns": turns, **_times(operation, stored), **stamp.columns()}


def _times(operation: Operation, stored: Row | None) -> dict[str, Json]:
    """Return when the row was first and last written: the first time stays."""
    at = operation.get("at")
    first = at if stored is None or stored["first_at"] is None else stored["first_at"]
    return {"first_at": first, "changed_at": at}


# Notes of one kind in one stream have one place each; the others add up.
_PLACED = ("note", "summary", "journal", "observer")


class Note:
    """A note. Quotes add up; a note of any other kind has one place in its stream."""

    table = note

    def key(self, operation: Operation, interview: str) -> dict[str, Json]:
        """Return the slot: where the note stands, in a text that is unique."""
        kind = operation["kind"]
        if kind not in _PLACED:
            return {"id": identifier()}
        place = [operation.get("response") or interview]
        place += [operation.get(name) or "" for name in ("item", "probe", "stream")]
        return {"slot": "/".join(place if kind == "note" else [*place, kind])}

    def content(self, operation: Operation) -> dict[str, Json]:
        """Return the text."""
        return {"text": operation["text"]}

    def rest(self, operation: Operation, stamp: Stamp, stored: Row | None) -> dict[str, Json]:
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

    def key(self, operation: Operation, interview: str) -> dict[str, Json]:
        """Return response, item and row."""
        del interview
        place = {"item": operation["item"], "row": operation.get("row") or ""}
        return {"response_id": operation["response"], **place}

    def content(self, operation: Operation) -> dict[str, Json]:
        """Return the value or the reason, and the other-text."""
        names = ("value", "reason", "other_text")
        return {name: operation.get(name) for name in names}

    def rest(self, operation: Operation, stamp: Stamp, stored: Row | None) -> dict[str, Json]:
        """Return the stamp."""
        del operation, stored
        return {"other_unticked": False, **stamp.columns()}


KINDS: dict[str, Kind] = {
    "mark": Mark(),
    "item": ItemMark(),
    "note": Note(),
    "answer": Answer(),
}
"""The kinds of rows by the operation's name."""


def stored_row(connection: Connection, operation: Operation, interview: str) -> Row | None:
    """Return the row that stands in the operation's place, or None."""
    kind = KINDS[operation["op"]]
    key = kind.key(operation, interview)
    return _statements(kind.table, tuple(key)).find.first(connection, key)


def differs(operation: Operation, stored: Row) -> bool:
    """Return whether the operation says something else than what stands there."""
    content = KINDS[operation["op"]].content(operation)
    return any(stored[name] != value for name, value in content.items())


def replace(connection: Connection, operation: Operation, stamp: Stamp, stored: Row | None) -> None:
    """Write the operation's row in its place."""
    kind = KINDS[operation["op"]]
    key = kind.key(operation, stamp.interview)
    values = kind.rest(operation, stamp, stored) | kind.content(operation) | key
    statements = _statements(kind.table, tuple(key))
    if stored is not None:
        statements.clear.run(connection, key)
    statements.write.run(connection, dict.fromkeys(kind.table.c.keys()) | values)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Statements:
    """What is done to the row in a place of one table."""

    find: Statement
    clear: Statement
    write: Statement


@cache
def _statements(table: Table, key: tuple[str, ...]) -> _Statements:
    in_place = and_(*(table.c[name] == bindparam(name) for name in key))
    return _Statements(
        find=Statement(select(table).where(in_place)),
        clear=Statement(delete(table).where(in_place)),
        write=Statement(insert(table)),
    )
