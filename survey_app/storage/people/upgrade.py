"""Bringing a people database up to date, and making its key at first need.

What stood in clear in a database of before is sealed in one transaction, all or nothing. Afterwards
its file is written anew and its log is cut to nothing, so that no byte of it is left; where that
was interrupted, or something was reading, the next start does it.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, inspect, select, update

from survey_app.storage.engine import open_engine, writing
from survey_app.storage.failures import as_storage_error
from survey_app.storage.people.keys import make_key
from survey_app.storage.people.schema import metadata, sealing
from survey_app.storage.store.traces import Traces
from survey_app.storage.upgrade import Migrations, State

MIGRATIONS = Migrations(
    folder=Path(__file__).parent / "migrations",
    metadata=metadata,
    version_table="people_schema",
)
"""The migrations of the people database; they are given `key`, the file of the key."""


def migrate_people(url: str, key: Path) -> bool:
    """Bring the people database up to date, all or nothing (see storage.upgrade.migrate).

    Its key is made in the file `key` if there is none and none is in use. Returns whether nothing
    is left of what stood in clear before. Raises KeyUnusable, OSError where no key can be made.
    """
    engine = open_engine(url)
    try:
        return bring_up(engine, key)
    finally:
        engine.dispose()


def bring_up(engine: Engine, key: Path) -> bool:
    """Do what `migrate_people` does, with an engine."""
    if MIGRATIONS.state(engine) in {"empty", "older"} and not is_sealed(engine):
        make_key(key)
    MIGRATIONS.upgrade(engine, key=key)
    return sweep(engine)


def is_in_clear(url: str) -> bool:
    """Whether a people database is of before what is in it was encrypted. Raises WrongDatabase."""
    engine = open_engine(url)
    try:
        return MIGRATIONS.state(engine) == "older" and not is_sealed(engine)
    finally:
        engine.dispose()


def is_sealed(engine: Engine) -> bool:
    """Whether what is in a people database is encrypted, as it is since its third revision."""
    return inspect(engine).has_table(sealing.name)


def people_state(url: str) -> State:
    """Return how the people database relates to this program (see database_state)."""
    engine = open_engine(url)
    try:
        return MIGRATIONS.state(engine)
    finally:
        engine.dispose()


def sweep(engine: Engine) -> bool:
    """Write the file anew and empty its log, if that has not been done since it was sealed.

    Returns whether it is done: not while something reads an older moment.
    """
    with engine.connect() as connection:
        if connection.scalar(select(sealing.c.swept)):
            return True
    if not empty_files(engine):
        return False
    with writing(engine).begin() as connection:
        connection.execute(update(sealing).values(swept=True))
    return True


def empty_files(engine: Engine) -> bool:
    """Let no file of the database hold what it held before; return whether none does.

    A database server keeps its files itself.
    """
    if not _write_anew(engine):
        return False
    traces = Traces(engine)
    try:
        return traces.erase()
    finally:
        traces.close()


def _write_anew(engine: Engine) -> bool:
    """Write an SQLite file anew; return whether that was done, not while another program writes."""
    if engine.dialect.name != "sqlite":
        return True
    try:
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("VACUUM")
    except sqlite3.Error as error:
        if as_storage_error(error) is None:
            raise
        return False
    return True
