"""The life of a version after its publication, trials of drafts, and the rules that hold both."""

from alembic import op

revision = "0008"
down_revision = "0007"

_COLUMNS = (
    "trial BOOLEAN DEFAULT FALSE NOT NULL",
    "retired_by TEXT",
    "retired_at TEXT",
    "retirement TEXT DEFAULT '' NOT NULL",
)
_PUBLISHED = "A published version is never changed. Publish a new one."
_KEPT = "A published version is kept for ever. Retire it instead."
_BACK = "A version does not go back to an earlier state. Publish a new one."

_OTHER_PUBLICATION = " OR ".join(
    f"OLD.{column} <> NEW.{column}"
    for column in ("name", "version", "format", "note", "published_by", "published_at")
)
_BACKWARD = "NEW.state = 'draft' OR (OLD.state = 'retired' AND NEW.state <> 'retired')"

# Name, what is refused, when, and the sentence.
_TRIGGERS = (
    (
        "instrument_version_signed",
        "UPDATE",
        f"OLD.state <> 'draft' AND ({_OTHER_PUBLICATION})",
        _PUBLISHED,
    ),
    ("instrument_version_forward", "UPDATE", f"OLD.state <> 'draft' AND ({_BACKWARD})", _BACK),
    ("instrument_version_stays", "DELETE", "OLD.state <> 'draft'", _KEPT),
)


def upgrade() -> None:
    """Add the columns and the triggers, in the words of the database at hand."""
    for column in _COLUMNS:
        op.execute(f"ALTER TABLE instrument_version ADD COLUMN {column}")
    create = _on_sqlite if op.get_bind().dialect.name == "sqlite" else _on_postgresql
    for name, action, condition, sentence in _TRIGGERS:
        create(name, f"BEFORE {action} ON instrument_version FOR EACH ROW", condition, sentence)


def _on_sqlite(name: str, moment: str, condition: str, sentence: str) -> None:
    op.execute(
        f"CREATE TRIGGER {name} {moment} WHEN {condition}"
        f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )


def _on_postgresql(name: str, moment: str, condition: str, sentence: str) -> None:
    op.execute(
        f"CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {condition} THEN RAISE EXCEPTION '{sentence}'; END IF;"
        " RETURN COALESCE(NEW, OLD); END $$"
    )
    op.execute(f"CREATE TRIGGER {name} {moment} EXECUTE FUNCTION refuse_{name}()")
