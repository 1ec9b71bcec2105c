"""Opening the database that a command names, and saying in a sentence why that did not work."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from survey_app.cli.options import refuse_address, require_known
from survey_app.database_address import database_file, show_address
from survey_app.first_start import prepare
from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.storage.upgrade import database_state


@contextmanager
def open_store(settings: Settings, *, create: bool = False) -> Iterator[Store]:
    """Open the database; with `create` it is made, with the first study, if it is not there.

    Raises a click.ClickException with a sentence where it cannot be used.
    """
    with explain_failures(settings.database):
        if create:
            prepare(settings)
        elif not is_there(settings):
            raise refuse_absent(settings.database)
        with Store(settings.database) as store:
            yield store


def refuse_absent(url: str) -> click.ClickException:
    """Return the refusal of a command that needs a database where there is none yet."""
    return click.ClickException(
        f"There is no database at {database_file(url) or show_address(url)} yet. Start the server "
        "with 'survey-app serve', or make test responses with 'survey-app simulate'."
    )


def is_there(settings: Settings) -> bool:
    """Whether the database has our tables. Asking makes no file."""
    with explain_failures(settings.database):
        file = database_file(settings.database)
        if file is not None and not file.exists():
            return False
        return database_state(settings.database) != "empty"


@contextmanager
def explain_failures(url: str) -> Iterator[None]:
    """Turn what the driver of the database at `url` refuses into a sentence."""
    try:
        require_known(url)
        yield
    except (ArgumentError, NoSuchModuleError) as error:
        raise refuse_address(url) from error
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"This database needs the package '{error.name}'. Install it with "
            "\"pip install 'survey-app[postgresql]'\"."
        ) from error
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).rstrip(".")
        raise click.ClickException(
            f"The database {show_address(url)} cannot be used: {reason}. Check its address, the "
            "folder it lies in and its permissions."
        ) from error
