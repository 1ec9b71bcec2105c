"""An index from which responses are counted without being read.

It takes the place of a narrower one, so that beginning a response costs what it did.
"""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Replace the index."""
    op.create_index(
        "ix_response_kind",
        "response",
        ["study_id", "instrument", "is_test", "version", "delivery", "state", "language"],
    )
    op.drop_index(op.f("ix_response_study_id_instrument_version"), table_name="response")
