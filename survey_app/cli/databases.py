"""Opening the database that a command names, and saying in a sentence why that did not work."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from survey_app.first_start import prepare
from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.storage.upgrade import database_state

EXAMPLE = "sqlite:///responses.sqlite3"
KNOWN = {"sqlite", "postgresql"}


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


def database_file(url: str) -> Path | None:
    """Return the file of an SQLite database, None for databases that are no file."""
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or is_in_memory(url):
        return None
    return Path(str(address.database))


def is_in_memory(url: str) -> bool:
    """Whether a database is kept by the process that opens it, and by nobody else."""
    address = make_url(url)
    name = address.database or ":memory:"
    return address.get_backend_name() == "sqlite" and name == ":memory:"


def show_address(url: str) -> str:
    """Return a database's address as it may be shown: without its password."""
    return make_url(url).render_as_string(hide_password=True)


@contextmanager
def explain_failures(url: str) -> Iterator[None]:
    """Turn what the driver of the database at `url` refuses into a sentence."""
    try:
        _require_known(url)
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


def _require_known(url: str) -> None:
    """Refuse other databases before a package is asked for that would be installed in vain."""
    if make_url(url).get_backend_name() not in KNOWN:
        raise refuse_address(url)


def refuse_address(url: str) -> click.UsageError:
    """Return the refusal of an address that is none, or of a database that is not supported."""
    return click.UsageError(
        f"'{_hide_password(url)}' is no address of a database that this program knows; write one "
        f"such as {EXAMPLE} or postgresql://host/name."
    )


def _hide_password(url: str) -> str:
    try:
        return show_address(url)
    except ArgumentError:
        return url
