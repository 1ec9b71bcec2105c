"""The tables of the people database: who they are, rosters on their way in, letters and mail."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from survey_app.storage.schema.base import json_type, one_of

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""All tables of the people database."""

KINDS = ("invitation", "reminder")
STATES = ("waiting", "sending", "sent", "failed", "unknown", "left_out")

person = Table(
    "person",
    metadata,
    # The participant's random id in the response database.
    Column("id", Text, primary_key=True),
    Column("study", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("created", Text, nullable=False),
    Column("changed", Text, nullable=False),
    # Added later, so that what stands in older rows is said here.
    Column("language", Text, server_default="", nullable=False),
    Column("silent", Boolean, server_default=text("FALSE"), nullable=False),
    Index(None, "study"),
)

# A roster that was read and not yet added; each of its rows has the random id that it will have.
roster = Table(
    "roster",
    metadata,
    Column("id", Text, primary_key=True),
    Column("study", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("people", json_type(), nullable=False),
    Column("problems", json_type(), nullable=False),
    Column("left_out", json_type(), nullable=False),
)

letter = Table(
    "letter",
    metadata,
    Column("study", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed", Text, nullable=False),
    PrimaryKeyConstraint("study", "kind", "language"),
    one_of("kind", KINDS, "kind"),
)

mailing = Table(
    "mailing",
    metadata,
    Column("id", Text, primary_key=True),
    Column("study", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("texts", json_type(), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made", Text, nullable=False),
    one_of("kind", KINDS, "kind"),
)

# No code stands here, nor anywhere else: it is made as its message is sent.
message = Table(
    "message",
    metadata,
    Column("id", Text, primary_key=True),
    Column("mailing_id", ForeignKey("mailing.id"), nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("changed", Text, nullable=False),
    UniqueConstraint("mailing_id", "person_id"),
    Index(None, "person_id"),
    one_of("state", STATES, "state"),
)
