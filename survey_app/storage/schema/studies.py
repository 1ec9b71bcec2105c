"""Instruments, studies, their protocols and consent texts."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from survey_app.storage.schema.base import json_type, metadata, one_of, to_version

DELIVERIES = ("self", "interviewer")
CONSENT_DELIVERIES = (*DELIVERIES, "both")
ADMISSIONS = ("open", "invitation")
ERASURES = ("identities", "answers")

instrument_version = Table(
    "instrument_version",
    metadata,
    Column("name", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("format", Integer, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("definition", json_type(), nullable=False),
    Column("note", Text, nullable=False),
    Column("published_by", Text, nullable=False),
    Column("published_at", Text, nullable=False),
    # Added later, so that what stands in older rows is said here.
    Column("trial", Boolean, server_default=text("FALSE"), nullable=False),
    Column("retired_by", Text),
    Column("retired_at", Text),
    Column("retirement", Text, server_default="", nullable=False),
    PrimaryKeyConstraint("name", "version"),
    one_of("state", ("draft", "published", "retired"), "state"),
)

instrument_analysis = Table(
    "instrument_analysis",
    metadata,
    Column("id", Text, primary_key=True),
    Column("instrument", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("block", json_type(), nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("added_at", Text, nullable=False),
    to_version(),
)

study = Table(
    "study",
    metadata,
    Column("id", Text, primary_key=True),
    Column("slug", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("contact", Text, nullable=False),
    Column("created", Text, nullable=False),
    # Added later, so that what stands in older rows is said here.
    Column("admission", Text, server_default="open", nullable=False),
    # Days, such as 2026-11-22, by the calendar of where the study runs.
    Column("opens", Text),
    Column("closes", Text),
    Column("grace_days", Integer, server_default="0", nullable=False),
    Column("freeze_on", Text),
    Column("retain_until", Text),
    Column("afterwards", Text, server_default="answers", nullable=False),
    Column("smallest_count", Integer),
    UniqueConstraint("slug"),
    UniqueConstraint("id", "anonymous"),
    one_of("admission", ADMISSIONS, "admission"),
    CheckConstraint("grace_days >= 0", name="grace_days"),
    one_of("afterwards", ERASURES, "afterwards"),
    CheckConstraint("smallest_count > 0", name="smallest_count"),
)

# What a study lead says of the people whom the program has not met.
recruitment = Table(
    "recruitment",
    metadata,
    Column("study_id", ForeignKey("study.id"), primary_key=True),
    Column("invited", Integer, nullable=False),
    Column("declined", Integer, nullable=False),
    Column("unanswered", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("stated_by", Text, nullable=False),
    Column("stated_at", Text, nullable=False),
    CheckConstraint("invited >= 0 AND declined >= 0 AND unanswered >= 0", name="numbers"),
)

# Who changed what about how a study is run; rows are added and never changed.
study_change = Table(
    "study_change",
    metadata,
    Column("study_id", ForeignKey("study.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("detail", json_type(), nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("study_id", "number"),
)

# An erasure at the end of a study; one that has no end yet was interrupted, and goes on.
erasure = Table(
    "erasure",
    metadata,
    Column("id", Text, primary_key=True),
    Column("study_id", ForeignKey("study.id"), nullable=False),
    Column("scope", Text, nullable=False),
    Column("begun_by", Text, nullable=False),
    Column("begun_at", Text, nullable=False),
    Column("counts", json_type(), nullable=False),
    Column("ended_at", Text),
    Column("certificate", json_type()),
    one_of("scope", ERASURES, "scope"),
    CheckConstraint("(ended_at IS NULL) = (certificate IS NULL)", name="certified"),
)

study_instrument = Table(
    "study_instrument",
    metadata,
    Column("study_id", ForeignKey("study.id"), nullable=False),
    Column("instrument", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("delivery", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("open", Boolean, nullable=False),
    PrimaryKeyConstraint("study_id", "instrument", "version", "delivery"),
    to_version(),
    one_of("delivery", DELIVERIES, "delivery"),
)

consent_text = Table(
    "consent_text",
    metadata,
    Column("id", Text, primary_key=True),
    Column("study_id", ForeignKey("study.id"), nullable=False),
    Column("version", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("body", json_type(), nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("added", Text, nullable=False),
    # Added later, so that what stands in older rows is said here.
    Column("delivery", Text, server_default="both", nullable=False),
    Column("added_by", Text, server_default="", nullable=False),
    UniqueConstraint("study_id", "version"),
    UniqueConstraint("study_id", "position"),
    one_of("delivery", CONSENT_DELIVERIES, "delivery"),
)

consent = Table(
    "consent",
    metadata,
    Column("id", Text, primary_key=True),
    Column("study_id", ForeignKey("study.id"), nullable=False),
    Column("consent_text_id", ForeignKey("consent_text.id"), nullable=False),
    Column("language", Text, nullable=False),
    Column("ticks", json_type(), nullable=False),
    Column("method", Text, nullable=False),
    Column("given", Text, nullable=False),
    # Added later, so that what stands in older rows is said here.
    Column("replaces", Text),
    Column("noted_by", Text, server_default="", nullable=False),
    Column("dated", Text, server_default="", nullable=False),
    one_of("method", ("web", "paper", "spoken"), "method"),
    # Rows that lie by their random key do not tell in which order they came.
    sqlite_with_rowid=False,
)

pooling_rule = Table(
    "pooling_rule",
    metadata,
    Column("id", Text, primary_key=True),
    Column("study_id", ForeignKey("study.id"), nullable=False),
    Column("instrument", Text, nullable=False),
    Column("rule", json_type(), nullable=False),
    Column("note", Text, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("added_at", Text, nullable=False),
)

receipt = Table(
    "receipt",
    metadata,
    Column("code_hash", Text, primary_key=True),
    Column("study_id", ForeignKey("study.id"), nullable=False),
    Column("day", Text, nullable=False),
    sqlite_with_rowid=False,
)
