"""Participants, invitations, interviews, and the marks and notes made in them."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from survey_app.storage.schema.base import json_type, metadata, one_of

MARK_STATES = (
    "not_reached",
    "raised_unprompted",
    "raised_after_probe",
    "asked_and_denied",
    "dont_know",
    "refused",
    "not_asked",
    "not_applicable",
)

ITEM_STATES = ("not_reached", "dont_know", "refused", "not_asked", "not_applicable")
PHASES = ("free", "probing")

participant = Table(
    "participant",
    metadata,
    Column("id", Text, primary_key=True),
    Column("study_id", ForeignKey("study.id"), nullable=False),
    Column("pseudonym", Text, nullable=False),
    # Added later, so that what stands in older rows is said here.
    Column("withdrew", Boolean, server_default=text("FALSE"), nullable=False),
    UniqueConstraint("study_id", "pseudonym"),
    UniqueConstraint("id", "study_id"),
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("study_id", Text, nullable=False),
    Column("code_hash", Text, nullable=False),
    Column("participant_id", Text),
    Column("most_uses", Integer),
    Column("uses", Integer, nullable=False),
    # Added later, so that what stands in older rows is said here.
    Column("number", Integer, server_default="0", nullable=False),
    Column("label", Text, server_default="", nullable=False),
    Column("made_by", Text, server_default="", nullable=False),
    Column("revoked", Boolean, server_default=text("FALSE"), nullable=False),
    UniqueConstraint("code_hash"),
    ForeignKeyConstraint(["study_id"], ["study.id"]),
    ForeignKeyConstraint(
        ["participant_id", "study_id"], ["participant.id", "participant.study_id"]
    ),
    CheckConstraint("most_uses IS NULL OR uses <= most_uses", name="uses"),
    Index(None, "study_id", "number", unique=True),
)

# Wrong codes within an hour, by their first letters: nothing says who typed them, or from where.
wrong_code = Table(
    "wrong_code",
    metadata,
    Column("beginning", Text, primary_key=True),
    Column("hour", Text, nullable=False),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

interview = Table(
    "interview",
    metadata,
    Column("id", Text, primary_key=True),
    Column("study_id", Text, nullable=False),
    Column("participant_id", Text, nullable=False),
    Column("interviewer_id", ForeignKey("account.id"), nullable=False),
    Column("consent_id", ForeignKey("consent.id")),
    Column("language", Text, nullable=False),
    Column("clock", json_type(), nullable=False),
    Column("recording_offset", Integer),
    Column("outcome", Text),
    Column("outcome_text", Text, nullable=False),
    Column("lease_client", Text),
    Column("lease_ends", Text),
    Column("revision", Integer, nullable=False),
    Column("is_test", Boolean, nullable=False),
    Column("head", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("finished", Text),
    # Added later, so that what stands in older rows is said here.
    Column("lease_holder", Text),
    Column("lease_session", Text),
    Column("planned_minutes", Integer),
    Column("held", json_type()),
    Column("visits", json_type(), server_default="[]", nullable=False),
    Column("call_back", Text, server_default="", nullable=False),
    Column("resume", Text, server_default="", nullable=False),
    UniqueConstraint("id", "study_id"),
    ForeignKeyConstraint(["study_id"], ["study.id"]),
    ForeignKeyConstraint(
        ["participant_id", "study_id"], ["participant.id", "participant.study_id"]
    ),
    CheckConstraint("planned_minutes > 0", name="planned_minutes"),
    Index(None, "study_id", "started"),
    Index(None, "interviewer_id", "started"),
)

# The key that seals one interviewer's journal of one interview in the browser.
journal_key = Table(
    "journal_key",
    metadata,
    Column("interview_id", ForeignKey("interview.id"), nullable=False),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("created", Text, nullable=False),
    PrimaryKeyConstraint("interview_id", "account_id"),
)

probe_mark = Table(
    "probe_mark",
    metadata,
    Column("response_id", ForeignKey("response.id"), nullable=False),
    Column("item", Text, nullable=False),
    Column("probe", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("phase", Text),
    Column("first_at", Integer),
    Column("changed_at", Integer),
    Column("example", Text, nullable=False),
    Column("flags", json_type(), nullable=False),
    Column("text", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("client", Text, nullable=False),
    PrimaryKeyConstraint("response_id", "item", "probe"),
    one_of("state", MARK_STATES, "state"),
    one_of("phase", PHASES, "phase"),
    one_of("example", ("none", "asked", "given"), "example"),
)

item_mark = Table(
    "item_mark",
    metadata,
    Column("response_id", ForeignKey("response.id"), nullable=False),
    Column("item", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("phase", Text, nullable=False),
    Column("turns", json_type(), nullable=False),
    Column("first_at", Integer),
    Column("changed_at", Integer),
    Column("flags", json_type(), nullable=False),
    Column("reason", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("client", Text, nullable=False),
    PrimaryKeyConstraint("response_id", "item"),
    one_of("state", ITEM_STATES, "state"),
    one_of("phase", PHASES, "phase"),
)

note = Table(
    "note",
    metadata,
    Column("id", Text, primary_key=True),
    Column("slot", Text),
    Column("response_id", ForeignKey("response.id")),
    Column("interview_id", ForeignKey("interview.id")),
    Column("item", Text),
    Column("probe", Text),
    Column("stream", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("client", Text, nullable=False),
    UniqueConstraint("slot"),
    CheckConstraint("response_id IS NOT NULL OR interview_id IS NOT NULL", name="belongs"),
    one_of("kind", ("note", "quote", "summary", "journal", "observer"), "kind"),
    one_of("added", ("during", "after"), "added"),
    Index(None, "response_id"),
    Index(None, "interview_id"),
)
