"""Consent texts for one delivery, who put them into force, and consents that follow others."""

from alembic import op

revision = "0012"
down_revision = "0011"

_DELIVERY = (
    "delivery TEXT DEFAULT 'both' NOT NULL"
    " CONSTRAINT ck_consent_text_delivery CHECK (delivery IN ('self', 'interviewer', 'both'))"
)
_TEXT_COLUMNS = (_DELIVERY, "added_by TEXT DEFAULT '' NOT NULL")
_CONSENT_COLUMNS = (
    "replaces TEXT",
    "noted_by TEXT DEFAULT '' NOT NULL",
    "dated TEXT DEFAULT '' NOT NULL",
)
_TEXT = "A consent text is kept for ever. Add a new version."
_GIVEN = "A consent is kept as it was given. A later one replaces it."
_EARLIER = "A consent replaces one of the same study that is there."

# SQLite adds no foreign key to a table that is there; as no consent is ever deleted, this is one.
_NOT_THERE = (
    "NEW.replaces IS NOT NULL AND NOT EXISTS (SELECT 1 FROM consent AS earlier"
    " WHERE earlier.id = NEW.replaces AND earlier.study_id = NEW.study_id)"
)

# Name, table, what is refused, when (always, if empty), and the sentence.
_TRIGGERS = (
    ("consent_text_stays", "consent_text", "DELETE", "", _TEXT),
    ("consent_kept", "consent", "UPDATE", "", _GIVEN),
    ("consent_stays", "consent", "DELETE", "", _GIVEN),
    ("consent_replaces", "consent", "INSERT", _NOT_THERE, _EARLIER),
)


def upgrade() -> None:
    """Add the columns and the triggers, in the words of the database at hand."""
    for column in _TEXT_COLUMNS:
        op.execute(f"ALTER TABLE consent_text ADD COLUMN {column}")
    for column in _CONSENT_COLUMNS:
        op.execute(f"ALTER TABLE consent ADD COLUMN {column}")
    create = _on_sqlite if op.get_bind().dialect.name == "sqlite" else _on_postgresql
    for name, table, action, condition, sentence in _TRIGGERS:
        create(name, f"BEFORE {action} ON {table} FOR EACH ROW", condition, sentence)


def _on_sqlite(name: str, moment: str, condition: str, sentence: str) -> None:
    when = f"WHEN {condition}" if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} {moment} {when} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )


def _on_postgresql(name: str, moment: str, condition: str, sentence: str) -> None:
    refuse = f"RAISE EXCEPTION '{sentence}';"
    body = f"IF {condition} THEN {refuse} END IF; RETURN NEW;" if condition else refuse
    op.execute(
        f"CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql"
        f" AS $$ BEGIN {body} END $$"
    )
    op.execute(f"CREATE TRIGGER {name} {moment} EXECUTE FUNCTION refuse_{name}()")
