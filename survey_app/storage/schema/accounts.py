"""Accounts of the staff, sign-in links, sessions, and what was exported."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from survey_app.storage.schema.base import json_type, metadata, one_of, partial_index

ROLES = ("study_lead", "coordinator", "interviewer", "analyst", "observer")

account = Table(
    "account",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("administrator", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("password_hash", Text),
    Column("created", Text, nullable=False),
    # Added later, so that what stands in older rows is said here.
    Column("password_set", Text),
    Column("factor_seed", Text),
    Column("factor_step", Integer),
    UniqueConstraint("name"),
)

membership = Table(
    "membership",
    metadata,
    Column("study_id", ForeignKey("study.id"), nullable=False),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("role", Text, nullable=False),
    PrimaryKeyConstraint("study_id", "account_id"),
    one_of("role", ROLES, "role"),
)

sign_in = Table(
    "sign_in",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("expires", Text, nullable=False),
    Column("used", Text),
    # Added later.
    Column("sets_password", Boolean, server_default=text("FALSE"), nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("response_id", ForeignKey("response.id")),
    Column("account_id", ForeignKey("account.id")),
    Column("created", Text, nullable=False),
    Column("ends", Text),
    Column("revoked", Boolean, nullable=False),
    # Added later, and empty for participants.
    Column("idle_ends", Text),
    Column("seen", Text),
    Column("limited", Boolean, server_default=text("FALSE"), nullable=False),
    CheckConstraint(
        "(kind = 'participant' AND response_id IS NOT NULL AND account_id IS NULL)"
        " OR (kind = 'staff' AND account_id IS NOT NULL AND response_id IS NULL)",
        name="whose",
    ),
    partial_index("account_id"),
    sqlite_with_rowid=False,
)

export_record = Table(
    "export_record",
    metadata,
    Column("id", Text, primary_key=True),
    Column("study_id", ForeignKey("study.id"), nullable=False),
    Column("who", Text, nullable=False),
    Column("filter", json_type(), nullable=False),
    Column("columns", json_type(), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index(None, "who", "at"),
)
