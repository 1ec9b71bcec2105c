"""Second factors, recovery codes, sessions that end when nobody is there, and what was done."""

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
)

revision = "0013"
down_revision = "0012"

_COLUMNS = (
    ("account", "password_set TEXT"),
    ("account", "factor_seed TEXT"),
    ("account", "factor_step INTEGER"),
    ("sign_in", "sets_password BOOLEAN DEFAULT FALSE NOT NULL"),
    ("session", "idle_ends TEXT"),
    ("session", "seen TEXT"),
    ("session", "limited BOOLEAN DEFAULT FALSE NOT NULL"),
)


def upgrade() -> None:
    """Add the columns and the tables; who is signed in stays so."""
    for table, column in _COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    _create_codes()
    _create_tries()
    _create_log()
    _create_looks()
    op.create_index(
        op.f("ix_interview_interviewer_id_started"), "interview", ["interviewer_id", "started"]
    )
    op.create_index(op.f("ix_export_record_who_at"), "export_record", ["who", "at"])


def _create_codes() -> None:
    op.create_table(
        "recovery_code",
        Column("account_id", Text(), nullable=False),
        Column("hash", Text(), nullable=False),
        Column("used", Text()),
        ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")
        ),
        PrimaryKeyConstraint("account_id", "hash", name=op.f("pk_recovery_code")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "access_rule",
        Column("name", Text(), nullable=False),
        Column("since", Text(), nullable=False),
        PrimaryKeyConstraint("name", name=op.f("pk_access_rule")),
        CheckConstraint("name IN ('second_factor')", name=op.f("ck_access_rule_name")),
        sqlite_with_rowid=False,
    )


def _create_tries() -> None:
    op.create_table(
        "sign_in_try",
        Column("key", Text(), nullable=False),
        Column("day", Text(), nullable=False),
        Column("count", Integer(), nullable=False),
        Column("last", Text(), nullable=False),
        PrimaryKeyConstraint("key", name=op.f("pk_sign_in_try")),
        sqlite_with_rowid=False,
    )


def _create_log() -> None:
    op.create_table(
        "access_event",
        Column("id", Text(), nullable=False),
        Column("at", Text(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("account_id", Text()),
        Column("by", Text(), nullable=False),
        Column("detail", Text(), nullable=False),
        ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_access_event_account_id")
        ),
        PrimaryKeyConstraint("id", name=op.f("pk_access_event")),
    )
    op.create_index(op.f("ix_access_event_at"), "access_event", ["at"])


def _create_looks() -> None:
    op.create_table(
        "last_look",
        Column("account_id", Text(), nullable=False),
        Column("study_id", Text(), nullable=False),
        Column("instrument", Text(), nullable=False),
        Column("count", Integer(), nullable=False),
        Column("day", Text(), nullable=False),
        ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_last_look_account_id")),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_last_look_study_id")),
        PrimaryKeyConstraint("account_id", "study_id", "instrument", name=op.f("pk_last_look")),
        sqlite_with_rowid=False,
    )
