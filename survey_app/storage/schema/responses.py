"""Responses, their drafts and answers."""

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
)

from survey_app.storage.schema.base import json_type, metadata, one_of, partial_index, to_version
from survey_app.storage.schema.studies import DELIVERIES

STATES = ("in_progress", "submitted", "withdrawn")
SOURCES = ("web", "console", "paper", "import", "simulated")
REASONS = ("unanswered", "not_relevant", "refused", "dont_know")

response = Table(
    "response",
    metadata,
    Column("id", Text, primary_key=True),
    Column("study_id", Text, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("instrument", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("delivery", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("is_test", Boolean, nullable=False),
    Column("participant_id", Text),
    Column("invitation_id", ForeignKey("invitation.id")),
    Column("interview_id", Text),
    Column("consent_id", ForeignKey("consent.id")),
    Column("link_hash", Text),
    Column("head", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("updated", Text, nullable=False),
    Column("submitted", Text),
    Column("withdrawn_on", Text),
    Column("withdrawn_scope", Text),
    # Added later: what was chosen, once it is sent (see store.choices).
    Column("choices", Text),
    UniqueConstraint("link_hash"),
    ForeignKeyConstraint(["study_id", "anonymous"], ["study.id", "study.anonymous"]),
    ForeignKeyConstraint(
        ["participant_id", "study_id"], ["participant.id", "participant.study_id"]
    ),
    ForeignKeyConstraint(["interview_id", "study_id"], ["interview.id", "interview.study_id"]),
    to_version(),
    one_of("delivery", DELIVERIES, "delivery"),
    one_of("source", SOURCES, "source"),
    one_of("state", STATES, "state"),
    CheckConstraint(
        "NOT anonymous OR (participant_id IS NULL AND invitation_id IS NULL"
        " AND interview_id IS NULL)",
        name="anonymous_alone",
    ),
    CheckConstraint(
        "NOT anonymous OR (length(started) = 10 AND length(updated) = 10"
        " AND (submitted IS NULL OR length(submitted) = 10))",
        name="anonymous_dates",
    ),
    CheckConstraint("state <> 'submitted' OR submitted IS NOT NULL", name="submitted_time"),
    CheckConstraint(
        "(state = 'withdrawn') = (withdrawn_on IS NOT NULL AND withdrawn_scope IS NOT NULL)",
        name="withdrawn_tombstone",
    ),
    CheckConstraint("length(withdrawn_on) = 10", name="withdrawn_date"),
    # From it responses are counted without being read. The id comes before what varies, so that
    # those of a kind are met in the order in which their answers are stored.
    Index(
        *("ix_response_kind", "study_id", "instrument", "is_test", "version"),
        *("delivery", "state", "language", "id", "started", "choices"),
    ),
    partial_index("interview_id"),
    partial_index("withdrawn_on"),
    partial_index("participant_id"),
    sqlite_with_rowid=False,
)

# Written by triggers alone, so that nothing can change a response and not be counted.
response_change = Table(
    "response_change",
    metadata,
    Column("study_id", ForeignKey("study.id"), nullable=False),
    Column("instrument", Text, nullable=False),
    Column("changes", Integer, nullable=False),
    PrimaryKeyConstraint("study_id", "instrument"),
    sqlite_with_rowid=False,
)

draft = Table(
    "draft",
    metadata,
    Column("response_id", ForeignKey("response.id"), primary_key=True),
    Column("body", json_type(), nullable=False),
    sqlite_with_rowid=False,
)

answer = Table(
    "answer",
    metadata,
    Column("response_id", ForeignKey("response.id"), nullable=False),
    Column("item", Text, nullable=False),
    Column("row", Text, nullable=False),
    Column("value", json_type()),
    Column("other_text", Text),
    Column("other_unticked", Boolean, nullable=False),
    Column("reason", Text),
    Column("revision", Integer, nullable=False),
    Column("client", Text, nullable=False),
    PrimaryKeyConstraint("response_id", "item", "row"),
    CheckConstraint("(value IS NULL) <> (reason IS NULL)", name="value_or_reason"),
    # JSON has a null of its own, which SQL does not count as empty.
    CheckConstraint("CAST(value AS TEXT) <> 'null'", name="value_not_null"),
    one_of("reason", REASONS, "reason"),
    sqlite_with_rowid=False,
)
