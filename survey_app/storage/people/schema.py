"""The one table of the people database."""

from sqlalchemy import Column, Index, MetaData, Table, Text

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
)
"""All tables of the people database."""

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
    Index(None, "study"),
)
