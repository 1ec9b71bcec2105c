"""What is asked of the database and what it replies."""

from dataclasses import dataclass, field

from survey_app.storage.records.values import Json, Source, Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Who sends what, and on top of which revision.

    ``client`` names one open page (random text), ``sequence`` counts what that page sent;
    ``base_revision`` is the revision the page was made from. ``actor`` is ``participant`` or an
    account's name. ``body`` is the request as it was posted: the same client, sequence and body
    again is a repeat, the same client and sequence with another body is a new change.
    """

    client: str
    sequence: int
    base_revision: int
    kind: str
    actor: str
    source: Source
    language: str
    client_time: str | None = None
    body: dict[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class OperationConflict:
    """An operation that was kept in the event but not applied, and the row stored instead."""

    operation: dict[str, Json]
    stored: dict[str, Json]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of a change.

    ``saved``: on disk. ``repeat``: it was on disk already. ``conflict``: somebody else changed
    the same thing first; the text is kept in an event, ``stored_raw`` is what stands now.
    ``closed``: the response has been sent or withdrawn. ``revision`` is the one to build on next,
    ``at`` the server's time. ``conflicts`` are the single operations of an interview's change
    that were not applied; the others were.
    """

    status: Status
    revision: int
    at: str
    stored_raw: dict[str, list[str]] | None = None
    conflicts: list[OperationConflict] = field(default_factory=list)
