"""What was chosen in a sent response, beside it and in the index that responses are counted by.

And an index of those that were withdrawn.
"""

from alembic import op
from sqlalchemy import text

revision = "0010"
down_revision = "0009"

_KIND = ["study_id", "instrument", "is_test", "version", "delivery", "state", "language"]
# What participants answered. Words of theirs that look like a code are no harm: nobody asks for
# them, and they go with the response.
_FILL = """
    UPDATE response SET choices = '|' || COALESCE((
        SELECT {listed} FROM answer
        WHERE answer.response_id = response.id AND answer."row" = '' AND {is_code}
    ), '')
    WHERE state = 'submitted' AND delivery = 'self'
"""
SQLITE = _FILL.format(
    listed="group_concat(item || '=' || trim(CAST(value AS TEXT), '\"') || '|', '')",
    is_code="CAST(value AS TEXT) GLOB '\"[a-z0-9]*\"' AND length(CAST(value AS TEXT)) <= 34"
    " AND NOT trim(CAST(value AS TEXT), '\"') GLOB '*[^a-z0-9_]*'",
)
POSTGRESQL = _FILL.format(
    listed="string_agg(item || '=' || trim(CAST(value AS TEXT), '\"') || '|', '')",
    is_code="CAST(value AS TEXT) ~ '^\"[a-z0-9][a-z0-9_]{0,31}\"$'",
)


def upgrade() -> None:
    """Add the column, fill it for what was sent, widen the one index and add the other."""
    op.execute("ALTER TABLE response ADD COLUMN choices TEXT")
    op.execute(SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL)
    op.drop_index("ix_response_kind", "response")
    op.create_index("ix_response_kind", "response", [*_KIND, "id", "started", "choices"])
    gone = text("withdrawn_on IS NOT NULL")
    op.create_index(
        op.f("ix_response_withdrawn_on"),
        "response",
        ["withdrawn_on"],
        sqlite_where=gone,
        postgresql_where=gone,
    )
