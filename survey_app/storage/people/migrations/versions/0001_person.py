"""The person behind a participant."""

# ruff: noqa: INP001 - the migration tool loads scripts, not a package

from alembic import op
from sqlalchemy import Column, PrimaryKeyConstraint, Text

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "person",
        Column("id", Text(), nullable=False),
        Column("study", Text(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("email", Text(), nullable=False),
        Column("phone", Text(), nullable=False),
        Column("address", Text(), nullable=False),
        Column("signature", Text(), nullable=False),
        Column("note", Text(), nullable=False),
        Column("created", Text(), nullable=False),
        Column("changed", Text(), nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_study"), "person", ["study"])
