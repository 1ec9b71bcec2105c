"""What lets the staff in beside a link, how often it was tried, and what was done about it."""

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from survey_app.storage.schema.base import metadata, one_of

RULES = ("second_factor",)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("hash", Text, nullable=False),
    Column("used", Text),
    PrimaryKeyConstraint("account_id", "hash"),
    sqlite_with_rowid=False,
)

# A rule holds where it has a row.
access_rule = Table(
    "access_rule",
    metadata,
    Column("name", Text, primary_key=True),
    Column("since", Text, nullable=False),
    one_of("name", RULES, "name"),
    sqlite_with_rowid=False,
)

# Wrong tries of one day. A key is a keyed hash, of that day, of a name, a browser or an address.
sign_in_try = Table(
    "sign_in_try",
    metadata,
    Column("key", Text, primary_key=True),
    Column("day", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("last", Text, nullable=False),
    sqlite_with_rowid=False,
)

access_event = Table(
    "access_event",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("account_id", ForeignKey("account.id")),
    Column("by", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index(None, "at"),
)

# How many responses an analyst found sent at the last look at an instrument's desk.
last_look = Table(
    "last_look",
    metadata,
    Column("account_id", ForeignKey("account.id"), nullable=False),
    Column("study_id", ForeignKey("study.id"), nullable=False),
    Column("instrument", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("day", Text, nullable=False),
    PrimaryKeyConstraint("account_id", "study_id", "instrument"),
    sqlite_with_rowid=False,
)
