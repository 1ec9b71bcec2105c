"""The tables of the people database: who they are, rosters on their way in, letters and mail.

What names somebody, or may, stands in `sealed` alone (see sealing.py). In clear are random ids, the
study, states and times.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
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

# One row: the short name of the key in use, since when, and whether every file has been swept of
# what had stood there in clear.
sealing = Table(
    "sealing",
    metadata,
    Column("key", Text, primary_key=True),
    Column("since", Text, nullable=False),
    Column("swept", Boolean, nullable=False),
)

person = Table(
    "person",
    metadata,
    # The participant's random id in the response database.
    Column("id", Text, primary_key=True),
    Column("study", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created", Text, nullable=False),
    Column("changed", Text, nullable=False),
    Index(None, "study"),
)

# A roster that was read and not yet added; each of its people has the random id that it will have.
# Those stand in clear too, so that people can be counted where the key is not.
roster = Table(
    "roster",
    metadata,
    Column("id", Text, primary_key=True),
    Column("study", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("people_ids", json_type(), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

letter = Table(
    "letter",
    metadata,
    Column("study", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
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
    Column("sealed", LargeBinary, nullable=False),
    Column("made", Text, nullable=False),
    one_of("kind", KINDS, "kind"),
)

# No code stands here, nor anywhere else: it is made as its message is sent. What is sealed is why
# it was not sent, in which a mail server may name the address.
message = Table(
    "message",
    metadata,
    Column("id", Text, primary_key=True),
    Column("mailing_id", ForeignKey("mailing.id"), nullable=False),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("changed", Text, nullable=False),
    UniqueConstraint("mailing_id", "person_id"),
    Index(None, "person_id"),
    one_of("state", STATES, "state"),
)
