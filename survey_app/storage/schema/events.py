"""The log: one envelope for every change, and what changed beside it, erasable alone."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from survey_app.storage.schema.base import json_type, metadata, one_of
from survey_app.storage.schema.responses import SOURCES

# `subject` is the interview where there is one, otherwise the response: what `sequence` counts
# in. A key (client, client sequence) used again with another body is a further `attempt`; a
# change that touches several responses of an interview has one `part` for each, so that each
# can be erased alone.
event = Table(
    "event",
    metadata,
    Column("subject", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("response_id", ForeignKey("response.id")),
    Column("interview_id", ForeignKey("interview.id")),
    Column("client", Text, nullable=False),
    Column("client_sequence", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("part", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("server_time", Text, nullable=False),
    Column("client_time", Text),
    Column("payload_digest", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("subject", "sequence"),
    UniqueConstraint("subject", "client", "client_sequence", "attempt", "part"),
    CheckConstraint("response_id IS NOT NULL OR interview_id IS NOT NULL", name="belongs"),
    CheckConstraint(
        "subject = CASE WHEN interview_id IS NULL THEN response_id ELSE interview_id END",
        name="subject",
    ),
    one_of("source", SOURCES, "source"),
    sqlite_with_rowid=False,
)

# The digest of the posted body is salted and erased with it: it must not tell, afterwards,
# that a guess at the body was right.
event_payload = Table(
    "event_payload",
    metadata,
    Column("subject", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("salt", Text, nullable=False),
    Column("posted_digest", Text, nullable=False),
    Column("body", json_type(), nullable=False),
    PrimaryKeyConstraint("subject", "sequence"),
    ForeignKeyConstraint(["subject", "sequence"], ["event.subject", "event.sequence"]),
    sqlite_with_rowid=False,
)
