"""What the database itself refuses: changing the log, and changing what was published."""

from alembic import op

revision = "0004"
down_revision = "0003"

_LOG = "The log of events is never changed."
_ERASURE = "The content of an event is erased only after its response has been withdrawn."
_ANONYMITY = "A study with responses stays anonymous, or not, as it began."
_PUBLISHED = "A published version is never changed. Publish a new one."
_CONSENT = "A consent text is never changed. Add a new version."

# An event on an interview as a whole may be erased when none of its responses is left.
_STILL_KEPT = """NOT EXISTS (
    SELECT 1 FROM event
    WHERE event.subject = OLD.subject AND event.sequence = OLD.sequence
    AND NOT EXISTS (
        SELECT 1 FROM response
        WHERE response.state <> 'withdrawn'
        AND (response.id = event.response_id
            OR (event.response_id IS NULL AND response.interview_id = event.interview_id))
    )
)"""
_HAS_RESPONSES = "EXISTS (SELECT 1 FROM response WHERE response.study_id = OLD.id)"

_OTHER_CONTENT = (
    "OLD.fingerprint <> NEW.fingerprint"
    " OR CAST(OLD.definition AS TEXT) <> CAST(NEW.definition AS TEXT)"
)

# Name, table, what is refused, when (always, if empty), and the sentence.
_TRIGGERS = (
    ("event_kept", "event", "UPDATE", "", _LOG),
    ("event_stays", "event", "DELETE", "", _LOG),
    ("event_payload_kept", "event_payload", "UPDATE", "", _LOG),
    ("event_payload_stays", "event_payload", "DELETE", _STILL_KEPT, _ERASURE),
    (
        "study_anonymity",
        "study",
        "UPDATE",
        f"OLD.anonymous <> NEW.anonymous AND {_HAS_RESPONSES}",
        _ANONYMITY,
    ),
    (
        "instrument_version_frozen",
        "instrument_version",
        "UPDATE",
        f"OLD.state <> 'draft' AND ({_OTHER_CONTENT})",
        _PUBLISHED,
    ),
    ("consent_text_frozen", "consent_text", "UPDATE", "", _CONSENT),
)


def upgrade() -> None:
    """Create the triggers in the words of the database at hand."""
    create = _on_sqlite if op.get_bind().dialect.name == "sqlite" else _on_postgresql
    for name, table, action, condition, sentence in _TRIGGERS:
        create(name, f"BEFORE {action} ON {table} FOR EACH ROW", condition, sentence)


def _on_sqlite(name: str, moment: str, condition: str, sentence: str) -> None:
    when = f"WHEN {condition}" if condition else ""
    op.execute(
        f"CREATE TRIGGER {name} {moment} {when} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
    )


def _on_postgresql(name: str, moment: str, condition: str, sentence: str) -> None:
    # PostgreSQL allows no query in WHEN, so the function asks.
    go_on = "RETURN COALESCE(NEW, OLD);"
    refuse = f"RAISE EXCEPTION '{sentence}';"
    body = f"IF {condition} THEN {refuse} END IF; {go_on}" if condition else refuse
    op.execute(
        f"CREATE FUNCTION refuse_{name}() RETURNS trigger LANGUAGE plpgsql"
        f" AS $$ BEGIN {body} END $$"
    )
    op.execute(f"CREATE TRIGGER {name} {moment} EXECUTE FUNCTION refuse_{name}()")
