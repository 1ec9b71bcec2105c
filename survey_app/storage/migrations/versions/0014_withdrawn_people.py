"""Who withdrew, said of the participant alone; tombstones name no participant any more."""

from alembic import op

revision = "0014"
down_revision = "0013"

_STATEMENTS = (
    "ALTER TABLE participant ADD COLUMN withdrew BOOLEAN DEFAULT FALSE NOT NULL",
    """
    UPDATE participant SET withdrew = TRUE WHERE id IN (
        SELECT participant_id FROM response WHERE state = 'withdrawn' AND NOT is_test
    )
    """,
    """
    UPDATE invitation SET revoked = TRUE WHERE participant_id IN (
        SELECT id FROM participant WHERE withdrew
    )
    """,
    "UPDATE response SET participant_id = NULL, invitation_id = NULL WHERE state = 'withdrawn'",
)


def upgrade() -> None:
    """Add the column, fill it from the tombstones, and take from them what they need not say.

    Interviews of which all was withdrawn before keep their participant, whom they cannot be
    without; the program gives them to nobody only as they are withdrawn.
    """
    for statement in _STATEMENTS:
        op.execute(statement)
