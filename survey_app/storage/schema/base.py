"""How tables are named and what their columns have in common."""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, MetaData, text
from sqlalchemy.types import JSON

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""All tables of the response database."""


def json_type() -> JSON:
    """Return the column type for JSON, in which Python's None is an empty cell."""
    return JSON(none_as_null=True)


def one_of(column: str, words: Iterable[str], name: str) -> CheckConstraint:
    """Return the rule that ``column`` holds one of ``words`` (or is empty)."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=name)


def to_version() -> ForeignKeyConstraint:
    """Return the reference of (instrument, version) to the version it names."""
    return ForeignKeyConstraint(
        ["instrument", "version"], ["instrument_version.name", "instrument_version.version"]
    )


def partial_index(column: str) -> Index:
    """Return an index of the rows in which ``column`` is not empty; the others cost no write."""
    present = text(f"{column} IS NOT NULL")
    return Index(None, column, sqlite_where=present, postgresql_where=present)
