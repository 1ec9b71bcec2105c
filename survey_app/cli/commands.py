"""Commands that are loaded when they are called, and the failures that end them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from survey_app.settings import SettingsError
from survey_app.storage.errors import StorageError


@dataclass(frozen=True)
class Command:
    """A command's name, the module of `survey_app.cli` that holds it, and its help in one line."""

    name: str
    module: str
    help: str

    def load(self) -> click.Command:
        """Return the command itself: the attribute of its module that has its name."""
        attribute = self.name.replace("-", "_")
        loaded = getattr(import_module(f"survey_app.cli.{self.module}"), attribute)
        if not isinstance(loaded, click.Command):
            raise TypeError(f"survey_app.cli.{self.module}.{attribute} is no command")
        return loaded


class CommandGroup(click.Group):
    """The group of all commands; what they expect to go wrong ends in a sentence and exit 1."""

    def __init__(self, *, commands: Iterable[Command], **settings: Any) -> None:
        super().__init__(**settings)
        self.known = {command.name: command for command in commands}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of their use."""
        del ctx
        return list(self.known)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name, loading its module."""
        del ctx
        command = self.known.get(cmd_name)
        return None if command is None else command.load()

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading any of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(command.name, command.help) for command in self.known.values()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with expect_failures():
            return super().invoke(ctx)


@contextmanager
def expect_failures() -> Iterator[None]:
    """Turn what a command expects to go wrong into a sentence and exit 1."""
    try:
        yield
    except (StorageError, SettingsError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(describe(error)) from error


def describe(error: OSError) -> str:
    """Return what the operating system refused, as a sentence that names the file."""
    if isinstance(error, BrokenPipeError) or error.filename is None:
        return str(error)
    reason = error.strerror or type(error).__name__
    return f"{error.filename}: {reason}. Check the path, its permissions and the room on the disk."
