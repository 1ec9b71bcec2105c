"""Options and arguments that several commands take."""

import getpass
import os
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import click

from survey_app.database_address import is_known, show_address
from survey_app.definition.naming import NAME, VERSION
from survey_app.settings import Settings, SettingsError

EXAMPLE = "sqlite:///responses.sqlite3"

database_option = click.option(
    "--database",
    metavar="URL",
    help="The database, such as sqlite:///responses.sqlite3; by default the one in survey-data.",
)
"""The option that every command takes."""

study_option = click.option(
    "--study", metavar="STUDY", help="The study; needed only when two use the instrument."
)
"""The option of the commands about one study's responses."""


def find_login() -> str:
    """Return the name of whoever runs the command, as the computer has it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "the command line"


def read_settings(database: str | None) -> Settings:
    """Return the settings of the environment with the database named on the command line."""
    settings = Settings.from_environment()
    named = os.environ.get("SURVEY_APP_INSTRUMENTS")
    if named and not Path(named).is_dir():
        raise SettingsError(
            f"SURVEY_APP_INSTRUMENTS is '{named}', and there is no such folder. Make it, correct "
            "the name, or leave the setting out."
        )
    return settings.with_changes(database=database) if database else settings


def require_known(url: str) -> None:
    """Refuse other databases before a package is asked for that would be installed in vain."""
    if not is_known(url):
        raise refuse_address(url)


def refuse_address(url: str) -> click.UsageError:
    """Return the refusal of an address that is none, or of a database that is not supported."""
    return click.UsageError(
        f"'{show_address(url)}' is no address of a database that this program knows; write one "
        f"such as {EXAMPLE} or postgresql://host/name."
    )


@dataclass(frozen=True)
class Reference:
    """NAME or NAME@VERSION as typed; no version is named by None."""

    name: str
    version: str | None

    def __str__(self) -> str:
        return f"{self.name}@{self.version}" if self.version else self.name


class ReferenceType(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4
    """Reads NAME@VERSION; with `versioned` the version has to be there."""

    name = "reference"

    def __init__(self, *, versioned: bool = False) -> None:
        self.versioned = versioned

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the reference, or refuse what is none with a sentence."""
        name, at, version = str(value).partition("@")
        if not NAME.fullmatch(name):
            self.fail(f"'{value}' is no instrument; write it as ami-survey@1.0.1.", param, ctx)
        if at and not VERSION.fullmatch(version):
            sentence = f"there is no such version as '{value}'; write it as {name}@1.0.1."
            self.fail(sentence, param, ctx)
        if self.versioned and not version:
            self.fail(f"name a version too, as in {name}@1.0.1.", param, ctx)
        return Reference(name, version or None)


def refuse_unknown(sentence: str, given: str, known: Iterable[str]) -> click.UsageError:
    """Return the refusal of a name that is not there, with the one that comes near, or all."""
    names = sorted(set(known))
    close = get_close_matches(given, names, n=1)
    if close:
        return click.UsageError(f"{sentence}; did you mean '{close[0]}'?")
    return click.UsageError(f"{sentence}; there is {', '.join(names) or 'none yet'}.")
