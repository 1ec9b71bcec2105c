"""Probe marks, notes, and the log of events."""

from typing import Any

from alembic import op
from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Constraint,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables."""
    _create_probe_mark()
    _create_note()
    _create_event()
    _create_event_payload()


def _create_probe_mark() -> None:
    op.create_table(
        "probe_mark",
        Column("response_id", Text(), nullable=False),
        Column("item", Text(), nullable=False),
        Column("probe", Text(), nullable=False),
        Column("state", Text(), nullable=False),
        Column("phase", Text(), nullable=True),
        Column("first_at", Integer(), nullable=True),
        Column("changed_at", Integer(), nullable=True),
        Column("example", Text(), nullable=False),
        Column("flags", JSON(none_as_null=True), nullable=False),
        Column("text", Text(), nullable=False),
        Column("reason", Text(), nullable=False),
        Column("revision", Integer(), nullable=False),
        Column("client", Text(), nullable=False),
        CheckConstraint(
            "example IN ('none', 'asked', 'given')", name=op.f("ck_probe_mark_example")
        ),
        CheckConstraint("phase IN ('free', 'probing')", name=op.f("ck_probe_mark_phase")),
        CheckConstraint(
            "state IN ('not_reached', 'raised_unprompted', 'raised_after_probe',"
            " 'asked_and_denied', 'dont_know', 'refused', 'not_asked', 'not_applicable')",
            name=op.f("ck_probe_mark_state"),
        ),
        ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_probe_mark_response_id")
        ),
        PrimaryKeyConstraint("response_id", "item", "probe", name=op.f("pk_probe_mark")),
    )


def _create_note() -> None:
    op.create_table(
        "note",
        Column("id", Text(), nullable=False),
        Column("slot", Text(), nullable=True),
        Column("response_id", Text(), nullable=True),
        Column("interview_id", Text(), nullable=True),
        Column("item", Text(), nullable=True),
        Column("probe", Text(), nullable=True),
        Column("stream", Text(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("text", Text(), nullable=False),
        Column("added", Text(), nullable=False),
        Column("created", Text(), nullable=False),
        Column("changed", Text(), nullable=False),
        Column("author", Text(), nullable=False),
        Column("revision", Integer(), nullable=False),
        Column("client", Text(), nullable=False),
        CheckConstraint("added IN ('during', 'after')", name=op.f("ck_note_added")),
        CheckConstraint(
            "kind IN ('note', 'quote', 'summary', 'journal', 'observer')", name=op.f("ck_note_kind")
        ),
        CheckConstraint(
            "response_id IS NOT NULL OR interview_id IS NOT NULL", name=op.f("ck_note_belongs")
        ),
        ForeignKeyConstraint(["interview_id"], ["interview.id"], name=op.f("fk_note_interview_id")),
        ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_note_response_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_note")),
        UniqueConstraint("slot", name=op.f("uq_note_slot")),
    )
    op.create_index(op.f("ix_note_interview_id"), "note", ["interview_id"])
    op.create_index(op.f("ix_note_response_id"), "note", ["response_id"])


def _create_event() -> None:
    op.create_table(
        "event",
        *_event_columns(),
        *_event_checks(),
        *_event_keys(),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_event_response_id_sequence"), "event", ["response_id", "sequence"])


def _event_columns() -> list[Column[Any]]:
    return [
        Column("subject", Text(), nullable=False),
        Column("sequence", Integer(), nullable=False),
        Column("response_id", Text(), nullable=True),
        Column("interview_id", Text(), nullable=True),
        Column("client", Text(), nullable=False),
        Column("client_sequence", Integer(), nullable=False),
        Column("attempt", Integer(), nullable=False),
        Column("part", Integer(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("actor", Text(), nullable=False),
        Column("source", Text(), nullable=False),
        Column("language", Text(), nullable=False),
        Column("server_time", Text(), nullable=False),
        Column("client_time", Text(), nullable=True),
        Column("payload_digest", Text(), nullable=False),
        Column("previous", Text(), nullable=False),
        Column("hash", Text(), nullable=False),
    ]


def _event_checks() -> list[CheckConstraint]:
    return [
        CheckConstraint(
            "source IN ('web', 'console', 'paper', 'import', 'simulated')",
            name=op.f("ck_event_source"),
        ),
        CheckConstraint(
            "response_id IS NOT NULL OR interview_id IS NOT NULL", name=op.f("ck_event_belongs")
        ),
        CheckConstraint(
            "subject = CASE WHEN interview_id IS NULL THEN response_id ELSE interview_id END",
            name=op.f("ck_event_subject"),
        ),
    ]


def _event_keys() -> list[Constraint]:
    return [
        ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk_event_interview_id")
        ),
        ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_event_response_id")),
        PrimaryKeyConstraint("subject", "sequence", name=op.f("pk_event")),
        UniqueConstraint(
            "subject",
            "client",
            "client_sequence",
            "attempt",
            "part",
            name=op.f("uq_event_subject_client_client_sequence_attempt_part"),
        ),
    ]


def _create_event_payload() -> None:
    op.create_table(
        "event_payload",
        Column("subject", Text(), nullable=False),
        Column("sequence", Integer(), nullable=False),
        Column("salt", Text(), nullable=False),
        Column("posted_digest", Text(), nullable=False),
        Column("body", JSON(none_as_null=True), nullable=False),
        ForeignKeyConstraint(
            ["subject", "sequence"],
            ["event.subject", "event.sequence"],
            name=op.f("fk_event_payload_subject_sequence"),
        ),
        PrimaryKeyConstraint("subject", "sequence", name=op.f("pk_event_payload")),
        sqlite_with_rowid=False,
    )
