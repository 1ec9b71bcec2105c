"""Bringing a database to the shape this program knows, and refusing one it does not know."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Literal, TypeAlias

from sqlalchemy import Connection, Engine, MetaData, column, inspect, select, table
from sqlalchemy.exc import DBAPIError

from survey_app.storage.engine import open_engine, writing
from survey_app.storage.errors import WrongDatabase
from survey_app.storage.failures import as_storage_error
from survey_app.storage.schema import metadata

State: TypeAlias = Literal["empty", "current", "older", "newer"]

_REMEDIES = {
    "empty": "it has no tables yet. Start 'survey-app serve' once, which creates them",
    "older": (
        "it was made by an older version of this program. Make a backup, then start "
        "'survey-app serve' once, which brings it up to date"
    ),
    "newer": (
        "it was made by a newer version of this program. Install that version or a newer one, or "
        "restore a backup from before"
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Migrations:
    """The migrations in a folder, which lead to the tables of ``metadata``.

    ``version_table`` is where a database notes its revision; a name of its own for each kind of
    database, so that one is never taken for the other.
    """

    folder: Path
    metadata: MetaData
    version_table: str

    def state(self, engine: Engine) -> State:
        """Return how the database relates to this program.

        Raises WrongDatabase for one that cannot be opened or is not ours, StoreBusy.
        """
        try:
            return self._state(engine)
        except DBAPIError as error:
            raise as_storage_error(error) or WrongDatabase(
                f"{_address(engine)} cannot be opened ({error.orig}). "
                "Check its address, and that its folder is there and may be written."
            ) from error

    def upgrade(self, engine: Engine, **given: object) -> None:
        """Run the missing migrations, all or none. Raises WrongDatabase (newer, not ours).

        What is ``given`` they find among the attributes of their configuration.
        """
        state = self.state(engine)
        if state == "newer":
            raise WrongDatabase(_sentence(engine, state))
        if state == "current":
            return
        with writing(engine).begin() as connection:
            # Loaded here: most processes find a database that is current, and Alembic takes a
            # tenth of the time in which they start.
            import_module("survey_app.storage.migrating").run(self, connection, given)

    def require_current(self, engine: Engine) -> None:
        """Raise WrongDatabase, with what to do, unless the database is current."""
        state = self.state(engine)
        if state != "current":
            raise WrongDatabase(_sentence(engine, state))

    def _state(self, engine: Engine) -> State:
        with engine.connect() as connection:
            revision = self._read_revision(connection)
            if revision is None:
                return self._without_revision(connection)
        newest, *older = _revisions(self.folder)
        if revision == newest:
            return "current"
        return "older" if revision in older else "newer"

    def _read_revision(self, connection: Connection) -> str | None:
        """Return what Alembic noted in the database; None where it has not been there."""
        if not inspect(connection).has_table(self.version_table):
            return None
        noted = table(self.version_table, column("version_num"))
        revision: str | None = connection.execute(select(noted.c.version_num)).scalar()
        return revision

    def _without_revision(self, connection: Connection) -> State:
        if inspect(connection).get_table_names():
            raise WrongDatabase(
                f"{_address(connection.engine)} holds tables of another program. "
                "Name a database of its own."
            )
        return "empty"


RESPONSES = Migrations(
    folder=Path(__file__).parent / "migrations",
    metadata=metadata,
    version_table="response_schema",
)
"""The migrations of the response database."""


def database_state(url: str) -> State:
    """Return how the response database relates to this program. Raises WrongDatabase (not ours).

    ``empty``: no tables yet; ``older``: to be migrated; ``newer``: of a later program.
    """
    engine = open_engine(url)
    try:
        return RESPONSES.state(engine)
    finally:
        engine.dispose()


def migrate(url: str) -> None:
    """Bring the response database up to date, all or nothing; a current one is left alone.

    Raises WrongDatabase for a database that is newer than this program or not one of ours.
    """
    engine = open_engine(url)
    try:
        RESPONSES.upgrade(engine)
    finally:
        engine.dispose()


def require_current(engine: Engine) -> None:
    """Raise WrongDatabase, with what to do, unless the response database is current."""
    RESPONSES.require_current(engine)


@cache
def _revisions(folder: Path) -> tuple[str, ...]:
    """Return the revisions of the migrations in a folder, the newest first.

    Each is the number with which its file's name begins.
    """
    files = (folder / "versions").glob("[0-9]*_*.py")
    return tuple(sorted((each.name.partition("_")[0] for each in files), reverse=True))


def _sentence(engine: Engine, state: State) -> str:
    return f"{_address(engine)} cannot be used: {_REMEDIES[state]}."


def _address(engine: Engine) -> str:
    return f"The database {engine.url.render_as_string(hide_password=True)}"
