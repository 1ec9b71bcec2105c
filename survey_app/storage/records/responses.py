"""Responses and their answers."""

from dataclasses import dataclass

from survey_app.storage.records.values import Delivery, Json, Source


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerRow:
    """One answer as stored: exactly one of ``value`` (codes) and ``reason`` (why it is blank).

    ``row`` is the row's key within a grid, otherwise empty. ``reason`` is ``unanswered``,
    ``not_relevant``, ``refused`` or ``dont_know``.
    """

    item: str
    row: str = ""
    value: Json = None
    other_text: str | None = None
    other_unticked: bool = False
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenResponse:
    """What a participant's page needs, from one query.

    ``draft`` is ``{"sections": {key: {"raw": {field: [text, …]}, "revision": n, "client": text}},
    "values": {item: json}, "place": key}``, and ``{}`` once the response has been sent or
    withdrawn; ``place``, where it is there, is the section that the last save led to.
    ``consent_text`` is the id of the text that was consented to.
    """

    id: str
    study: str
    instrument: str
    version: str
    delivery: Delivery
    state: str
    revision: int
    language: str
    draft: dict[str, Json]
    link_hash: str | None
    is_test: bool
    anonymous: bool
    invitation_id: str | None = None
    consent_text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ResponseRecord:
    """One response with its answers; a withdrawn one is a tombstone without answers.

    ``participant`` is the pseudonym, None where there is none. ``item_states`` says of which
    items an interviewer marked the whole, and how, such as ``refused``.
    """

    id: str
    study: str
    instrument: str
    version: str
    delivery: Delivery
    source: Source
    language: str
    state: str
    revision: int
    is_test: bool
    anonymous: bool
    participant: str | None
    interview: str | None
    started: str
    updated: str
    submitted: str | None
    withdrawn_on: str | None
    withdrawn_scope: str | None
    answers: list[AnswerRow]
    item_states: dict[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class EventRecord:
    """One event of a response or interview; ``body`` is None once it has been erased.

    ``kind`` is the change's own, or ``conflict`` or ``late`` for what was kept but not applied.
    """

    sequence: int
    response: str | None
    interview: str | None
    client: str
    client_sequence: int
    kind: str
    actor: str
    source: Source
    language: str
    server_time: str
    client_time: str | None
    body: dict[str, Json] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredText:
    """A text as it is stored, and where: the response, its version, and the question, if any.

    ``kind`` is ``answer``, ``other`` (beside an option), ``mark`` or ``note``. An ``answer`` may be
    the code of an option: the definition knows. ``interview`` is None outside interviews.
    """

    response: str
    interview: str | None
    instrument: str
    version: str
    item: str
    kind: str
    text: str
