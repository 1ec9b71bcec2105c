"""The list of commands says of each what the command says of itself."""

import click
import pytest

from survey_app.cli import COMMANDS
from survey_app.cli.commands import Command
from tests.cli.conftest import Run


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_list_repeats_a_commands_own_first_line(command: Command) -> None:
    loaded = command.load()
    assert loaded.get_short_help_str(limit=200) == command.help
    assert loaded.name == command.name


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_takes_the_address_of_a_database(command: Command) -> None:
    loaded = command.load()
    single = loaded.commands.values() if isinstance(loaded, click.Group) else [loaded]
    for each in single:
        assert "--database" in [name for option in each.params for name in option.opts]


def test_a_file_that_cannot_be_made_ends_in_a_sentence(run: Run) -> None:
    result = run("simulate", "ami-survey@1.0.1", "--database", "sqlite:////nowhere/at/all.db")
    assert result.exit_code == 1
    assert "/nowhere/at" in result.stderr
    assert "Check" in result.stderr


def test_the_module_and_the_command_are_one(run: Run) -> None:
    assert "survey-app, version" in run("--version").stdout
