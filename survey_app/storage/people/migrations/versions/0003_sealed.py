"""What names somebody is sealed: each row's words in one value, under a key outside the database.

All rows are read, the tables are made anew, and the rows written again, within one transaction.
"""

# ruff: noqa: INP001 - the migration tool loads scripts, not a package

from collections.abc import Iterable
from typing import Any

from alembic import context, op
from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    ForeignKeyConstraint,
    LargeBinary,
    PrimaryKeyConstraint,
    TableClause,
    Text,
    UniqueConstraint,
    column,
    insert,
    select,
    table,
)
from sqlalchemy.types import TypeEngine

from survey_app.storage.moments import now
from survey_app.storage.people.keys import read_keys
from survey_app.storage.people.places import Place
from survey_app.storage.people.sealing import Sealer, make_cipher

revision = "0003"
down_revision = "0002"

_PERSON = ("name", "email", "phone", "address", "signature", "note", "language", "silent")
_ROSTER = ("file", "digest", "made_by", "people", "problems", "left_out")
_KINDS = "kind IN ('invitation', 'reminder')"
_STATES = "state IN ('waiting', 'sending', 'sent', 'failed', 'unknown', 'left_out')"
_TYPES: dict[str, TypeEngine[Any]] = {
    "silent": Boolean(),
    **{name: JSON() for name in ("people", "people_ids", "problems", "left_out", "texts")},
    "sealed": LargeBinary(),
}

# By table, parents first: the columns that stay, those that are sealed, and those that say which
# row it is.
_TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "person": (("id", "study", "created", "changed"), _PERSON, ("study", "id")),
    "roster": (("id", "study", "made"), _ROSTER, ("study", "id")),
    "letter": (
        ("study", "kind", "language", "changed"),
        ("subject", "body", "changed_by"),
        ("study", "kind", "language"),
    ),
    "mailing": (
        ("id", "study", "kind", "made"),
        ("texts", "made_by"),
        ("study", "kind", "id"),
    ),
    "message": (
        ("id", "mailing_id", "person_id", "language", "state", "changed"),
        ("reason",),
        ("mailing_id", "person_id", "id"),
    ),
}


def upgrade() -> None:
    """Seal what is there."""
    connection = op.get_bind()
    key = read_keys(context.config.attributes["key"])[0]
    sealer = Sealer(key.id, make_cipher(key))
    rows = {name: _seal(connection, name, sealer) for name in _TABLES}
    for name in reversed(_TABLES):
        op.drop_table(name)
    _create_tables()
    for name, sealed in rows.items():
        if sealed:
            connection.execute(insert(_table(name, sealed[0])), sealed)
    in_use = table("sealing", column("key"), column("since"), column("swept", Boolean()))
    # A database that is new, or has nobody in it, had nothing in clear.
    swept = not any(rows.values())
    connection.execute(insert(in_use).values(key=key.id, since=now(), swept=swept))


def _seal(connection: Connection, name: str, sealer: Sealer) -> list[dict[str, Any]]:
    """Return the rows of a table as they will be."""
    stays, hidden, place = _TABLES[name]
    rows: list[dict[str, Any]] = []
    for row in connection.execute(select(_table(name, (*stays, *hidden)))).mappings():
        new = {each: row[each] for each in stays}
        if name == "roster":
            new["people_ids"] = [each["id"] for each in row["people"]]
        where = Place(name, tuple(row[each] for each in place))
        new["sealed"] = sealer.seal(where, {each: row[each] for each in hidden})
        rows.append(new)
    return rows


def _table(name: str, columns: Iterable[str]) -> TableClause:
    return table(name, *(column(each, _TYPES.get(each, Text())) for each in columns))


def _create_tables() -> None:
    op.create_table(
        "sealing",
        *_texts("key", "since"),
        Column("swept", Boolean(), nullable=False),
        PrimaryKeyConstraint("key", name=op.f("pk_sealing")),
    )
    op.create_table(
        "person",
        *_texts("id", "study"),
        _sealed(),
        *_texts("created", "changed"),
        PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_study"), "person", ["study"])
    op.create_table(
        "roster",
        *_texts("id", "study", "made"),
        Column("people_ids", JSON(), nullable=False),
        _sealed(),
        PrimaryKeyConstraint("id", name=op.f("pk_roster")),
    )
    op.create_table(
        "letter",
        *_texts("study", "kind", "language"),
        _sealed(),
        *_texts("changed"),
        PrimaryKeyConstraint("study", "kind", "language", name=op.f("pk_letter")),
        CheckConstraint(_KINDS, name=op.f("ck_letter_kind")),
    )
    _create_mail()


def _create_mail() -> None:
    op.create_table(
        "mailing",
        *_texts("id", "study", "kind"),
        _sealed(),
        *_texts("made"),
        PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
        CheckConstraint(_KINDS, name=op.f("ck_mailing_kind")),
    )
    op.create_table(
        "message",
        *_texts("id", "mailing_id", "person_id", "language", "state"),
        _sealed(),
        *_texts("changed"),
        PrimaryKeyConstraint("id", name=op.f("pk_message")),
        ForeignKeyConstraint(["mailing_id"], ["mailing.id"], name=op.f("fk_message_mailing_id")),
        ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_person_id")),
        UniqueConstraint("mailing_id", "person_id", name=op.f("uq_message_mailing_id_person_id")),
        CheckConstraint(_STATES, name=op.f("ck_message_state")),
    )
    op.create_index(op.f("ix_message_person_id"), "message", ["person_id"])


def _sealed() -> Column[bytes]:
    return Column("sealed", LargeBinary(), nullable=False)


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text(), nullable=False) for name in names]
