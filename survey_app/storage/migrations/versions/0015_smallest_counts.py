"""Under which count groups by a quasi-identifier are hidden in a study that has its own."""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the column; nobody has said anything yet, so that the installation's count holds."""
    op.execute(
        "ALTER TABLE study ADD COLUMN smallest_count INTEGER"
        " CONSTRAINT ck_study_smallest_count CHECK (smallest_count > 0)"
    )
