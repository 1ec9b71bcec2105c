"""Running migrations. The only import of Alembic beside the migrations themselves."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

if TYPE_CHECKING:
    from survey_app.storage.upgrade import Migrations


def run(migrations: "Migrations", connection: Connection, given: Mapping[str, object]) -> None:
    """Run the migrations that a database is missing, within the connection's transaction.

    What is ``given`` they find among the attributes of their configuration.
    """
    config = Config(attributes={**given, "connection": connection, "migrations": migrations})
    config.set_main_option("script_location", str(migrations.folder).replace("%", "%%"))
    command.upgrade(config, "head")
