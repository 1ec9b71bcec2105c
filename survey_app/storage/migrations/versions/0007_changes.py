"""How often responses changed, counted as they do; an index that knows when each was begun."""

from alembic import op
from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Text

revision = "0007"
down_revision = "0006"

_KIND = ["study_id", "instrument", "is_test", "version", "delivery", "state", "language"]
_COUNT = """
    INSERT INTO response_change {known} (study_id, instrument, changes)
    VALUES ({study_id}, {instrument}, 1)
    ON CONFLICT (study_id, instrument) DO UPDATE SET changes = {changes} + 1
"""
# PostgreSQL keeps each state of a row until the commit and would go through all of them at every
# further change, so there one is counted for each transaction.
_ONCE = "WHERE known.xmin <> pg_current_xact_id()::xid"


def upgrade() -> None:
    """Replace the index, create the table and what writes to it."""
    op.drop_index("ix_response_kind", "response")
    op.create_index("ix_response_kind", "response", [*_KIND, "id", "started"])
    op.create_table(
        "response_change",
        Column("study_id", Text(), nullable=False),
        Column("instrument", Text(), nullable=False),
        Column("changes", Integer(), nullable=False),
        ForeignKeyConstraint(["study_id"], ["study.id"], name=op.f("fk_response_change_study_id")),
        PrimaryKeyConstraint("study_id", "instrument", name=op.f("pk_response_change")),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        _count_on_sqlite()
    else:
        _count_on_postgresql()


def _count_on_sqlite() -> None:
    for action, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        count = _COUNT.format(
            known="",
            study_id=f"{row}.study_id",
            instrument=f"{row}.instrument",
            changes="changes",
        )
        op.execute(
            f"CREATE TRIGGER response_change_{action.lower()} AFTER {action} ON response"
            f" FOR EACH ROW BEGIN {count}; END"
        )


def _count_on_postgresql() -> None:
    count = _COUNT.format(
        known="AS known",
        study_id="COALESCE(NEW.study_id, OLD.study_id)",
        instrument="COALESCE(NEW.instrument, OLD.instrument)",
        changes="known.changes",
    )
    op.execute(
        "CREATE FUNCTION count_response_change() RETURNS trigger LANGUAGE plpgsql"
        f" AS $$ BEGIN {count} {_ONCE}; RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER response_change AFTER INSERT OR UPDATE OR DELETE ON response"
        " FOR EACH ROW EXECUTE FUNCTION count_response_change()"
    )
