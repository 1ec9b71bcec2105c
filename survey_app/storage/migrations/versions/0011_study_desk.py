"""When a study opens and ends and what then becomes of it, whom it invited, who changed what."""

from alembic import op
from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    text,
)
from sqlalchemy.types import JSON

revision = "0011"
down_revision = "0010"

_COLUMNS = (
    "opens TEXT",
    "closes TEXT",
    (
        "grace_days INTEGER DEFAULT '0' NOT NULL"
        " CONSTRAINT ck_study_grace_days CHECK (grace_days >= 0)"
    ),
    "freeze_on TEXT",
    "retain_until TEXT",
    (
        "afterwards TEXT DEFAULT 'answers' NOT NULL"
        " CONSTRAINT ck_study_afterwards CHECK (afterwards IN ('identities', 'answers'))"
    ),
)


def upgrade() -> None:
    """Add the columns, the tables, and the index that finds a participant's responses."""
    for column in _COLUMNS:
        op.execute(f"ALTER TABLE study ADD COLUMN {column}")
    _create_recruitment()
    _create_study_change()
    _create_erasure()
    present = text("participant_id IS NOT NULL")
    op.create_index(
        op.f("ix_response_participant_id"),
        "response",
        ["participant_id"],
        sqlite_where=present,
        postgresql_where=present,
    )


def _create_recruitment() -> None:
    op.create_table(
        "recruitment",
        Column("study_id", Text(), nullable=False),
        Column("invited", Integer(), nullable=False),
        Column("declined", Integer(), nullable=False),
        Column("unanswered", Integer(), nullable=False),
        Column("note", Text(), nullable=False),
        Column("stated_by", Text(), nullable=False),
        Column("stated_at", Text(), nullable=False),
        PrimaryKeyConstraint("study_id", name=op.f("pk_recruitment")),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_recruitment_study_id")),
        CheckConstraint(
            "invited >= 0 AND declined >= 0 AND unanswered >= 0",
            name=op.f("ck_recruitment_numbers"),
        ),
    )


def _create_study_change() -> None:
    op.create_table(
        "study_change",
        Column("study_id", Text(), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("kind", Text(), nullable=False),
        Column("detail", JSON(none_as_null=True), nullable=False),
        Column("who", Text(), nullable=False),
        Column("at", Text(), nullable=False),
        PrimaryKeyConstraint("study_id", "number", name=op.f("pk_study_change")),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_study_change_study_id")),
    )


def _create_erasure() -> None:
    op.create_table(
        "erasure",
        Column("id", Text(), nullable=False),
        Column("study_id", Text(), nullable=False),
        Column("scope", Text(), nullable=False),
        Column("begun_by", Text(), nullable=False),
        Column("begun_at", Text(), nullable=False),
        Column("counts", JSON(none_as_null=True), nullable=False),
        Column("ended_at", Text()),
        Column("certificate", JSON(none_as_null=True)),
        PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_erasure_study_id")),
        CheckConstraint("scope IN ('identities', 'answers')", name=op.f("ck_erasure_scope")),
        CheckConstraint(
            "(ended_at IS NULL) = (certificate IS NULL)", name=op.f("ck_erasure_certified")
        ),
    )
