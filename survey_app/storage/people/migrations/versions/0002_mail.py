"""Rosters on their way in, letters, and mail: one row for each message."""

# ruff: noqa: INP001 - the migration tool loads scripts, not a package

from alembic import op
from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

revision = "0002"
down_revision = "0001"

_KINDS = "kind IN ('invitation', 'reminder')"
_STATES = "state IN ('waiting', 'sending', 'sent', 'failed', 'unknown', 'left_out')"


def upgrade() -> None:
    """Add the columns and create the tables."""
    op.execute("ALTER TABLE person ADD COLUMN language TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE person ADD COLUMN silent BOOLEAN DEFAULT FALSE NOT NULL")
    op.create_table(
        "roster",
        *_texts("id", "study", "file", "digest", "made_by", "made"),
        Column("people", JSON(), nullable=False),
        Column("problems", JSON(), nullable=False),
        Column("left_out", JSON(), nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_roster")),
    )
    op.create_table(
        "letter",
        *_texts("study", "kind", "language", "subject", "body", "changed_by", "changed"),
        PrimaryKeyConstraint("study", "kind", "language", name=op.f("pk_letter")),
        CheckConstraint(_KINDS, name=op.f("ck_letter_kind")),
    )
    op.create_table(
        "mailing",
        *_texts("id", "study", "kind"),
        Column("texts", JSON(), nullable=False),
        *_texts("made_by", "made"),
        PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
        CheckConstraint(_KINDS, name=op.f("ck_mailing_kind")),
    )
    _create_messages()


def _create_messages() -> None:
    op.create_table(
        "message",
        *_texts("id", "mailing_id", "person_id", "language", "state", "reason", "changed"),
        PrimaryKeyConstraint("id", name=op.f("pk_message")),
        ForeignKeyConstraint(["mailing_id"], ["mailing.id"], name=op.f("fk_message_mailing_id")),
        ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_person_id")),
        UniqueConstraint("mailing_id", "person_id", name=op.f("uq_message_mailing_id_person_id")),
        CheckConstraint(_STATES, name=op.f("ck_message_state")),
    )
    op.create_index(op.f("ix_message_person_id"), "message", ["person_id"])


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text(), nullable=False) for name in names]
