"""What invitations are known by and how they end, and studies that ask for one."""

from alembic import op
from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Text

revision = "0009"
down_revision = "0008"

_COLUMNS = (
    "number INTEGER DEFAULT '0' NOT NULL",
    "label TEXT DEFAULT '' NOT NULL",
    "made_by TEXT DEFAULT '' NOT NULL",
    "revoked BOOLEAN DEFAULT FALSE NOT NULL",
)
_ADMISSION = (
    "admission TEXT DEFAULT 'open' NOT NULL"
    " CONSTRAINT ck_study_admission CHECK (admission IN ('open', 'invitation'))"
)
_NUMBER = (
    "UPDATE invitation SET number = (SELECT count(*) FROM invitation AS earlier"
    " WHERE earlier.study_id = invitation.study_id AND earlier.id <= invitation.id)"
)


def upgrade() -> None:
    """Add the columns and the table; invitations that are there are numbered."""
    for column in _COLUMNS:
        op.execute(f"ALTER TABLE invitation ADD COLUMN {column}")
    op.execute(_NUMBER)
    op.create_index(
        op.f("ix_invitation_study_id_number"), "invitation", ["study_id", "number"], unique=True
    )
    op.execute(f"ALTER TABLE study ADD COLUMN {_ADMISSION}")
    op.create_table(
        "wrong_code",
        Column("beginning", Text(), nullable=False),
        Column("hour", Text(), nullable=False),
        Column("count", Integer(), nullable=False),
        PrimaryKeyConstraint("beginning", name=op.f("pk_wrong_code")),
        sqlite_with_rowid=False,
    )
