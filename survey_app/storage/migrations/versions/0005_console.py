"""What holds for whole questions, an interview's course, journals' keys; lean indexes."""

from alembic import op
from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    text,
)

revision = "0005"
down_revision = "0004"

# SQLite takes one new column at a time, with its rule beside it; PostgreSQL takes the same words.
_COLUMNS = (
    "lease_holder TEXT",
    "lease_session TEXT",
    "planned_minutes INTEGER CONSTRAINT ck_interview_planned_minutes CHECK (planned_minutes > 0)",
    "held JSON",
    "visits JSON DEFAULT '[]' NOT NULL",
    "call_back TEXT DEFAULT '' NOT NULL",
    "resume TEXT DEFAULT '' NOT NULL",
)


def upgrade() -> None:
    """Create the tables and add the columns."""
    for column in _COLUMNS:
        op.execute(f"ALTER TABLE interview ADD COLUMN {column}")
    _create_item_mark()
    _create_journal_key()
    _trim_indexes()


def _trim_indexes() -> None:
    """Drop the indexes that no query asks, and keep empty cells out of two others."""
    op.drop_index(op.f("ix_event_response_id_sequence"), "event")
    op.drop_index(op.f("ix_session_response_id"), "session")
    for table, column in (("response", "interview_id"), ("session", "account_id")):
        name, present = op.f(f"ix_{table}_{column}"), text(f"{column} IS NOT NULL")
        op.drop_index(name, table)
        op.create_index(name, table, [column], sqlite_where=present, postgresql_where=present)


def _create_item_mark() -> None:
    op.create_table(
        "item_mark",
        Column("response_id", Text(), nullable=False),
        Column("item", Text(), nullable=False),
        Column("state", Text(), nullable=False),
        Column("phase", Text(), nullable=False),
        Column("turns", JSON(none_as_null=True), nullable=False),
        Column("first_at", Integer(), nullable=True),
        Column("changed_at", Integer(), nullable=True),
        Column("flags", JSON(none_as_null=True), nullable=False),
        Column("reason", Text(), nullable=False),
        Column("revision", Integer(), nullable=False),
        Column("client", Text(), nullable=False),
        CheckConstraint("phase IN ('free', 'probing')", name=op.f("ck_item_mark_phase")),
        CheckConstraint(
            "state IN ('not_reached', 'dont_know', 'refused', 'not_asked', 'not_applicable')",
            name=op.f("ck_item_mark_state"),
        ),
        ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_item_mark_response_id")
        ),
        PrimaryKeyConstraint("response_id", "item", name=op.f("pk_item_mark")),
    )


def _create_journal_key() -> None:
    op.create_table(
        "journal_key",
        Column("interview_id", Text(), nullable=False),
        Column("account_id", Text(), nullable=False),
        Column("key", Text(), nullable=False),
        Column("created", Text(), nullable=False),
        ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_journal_key_account_id")
        ),
        ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk_journal_key_interview_id")
        ),
        PrimaryKeyConstraint("interview_id", "account_id", name=op.f("pk_journal_key")),
    )
