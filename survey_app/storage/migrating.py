"""Running migrations. The only import of Alembic beside the migrations themselves."""

from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

if TYPE_CHECKING:
    from survey_app.storage.upgrade import Migrations


def run(migrations: "Migrations", connection: Connection) -> None:
    """Run the migrations that a database is missing, within the connection's transaction."""
    config = Config(attributes={"connection": connection, "migrations": migrations})
    config.set_main_option("script_location", str(migrations.folder).replace("%", "%%"))
    command.upgrade(config, "head")
