"""The command line: `survey-app`, or `python -m survey_app`.

A command's module is loaded when the command is called, so that `--help` answers at once.
"""

import atexit
import gc

import click

from survey_app import __version__
from survey_app.cli.commands import Command, CommandGroup

# A command's end would look through all of the program for garbage: a fifth of a second.
atexit.register(gc.freeze)

COMMANDS = (
    Command("serve", "serving", "Start the server, and on the first start all it needs."),
    Command("check", "definitions", "List all that is wrong with definition files."),
    Command("schema", "definitions", "Print the JSON Schema of the definition format."),
    Command("instruments", "definitions", "List the instruments and their versions."),
    Command("show", "definitions", "Print one version of an instrument."),
    Command("diff", "comparing", "Say what changed between two versions of an instrument."),
    Command("trial", "publishing", "Let a draft be tried, and print the link for it."),
    Command("publish", "publishing", "Publish a version, which freezes it."),
    Command("retire", "publishing", "Let a published version be begun no more."),
    Command("pooling", "pooling", "Say or decide which versions are counted together."),
    Command("simulate", "simulation", "Make test responses of an instrument."),
    Command("export", "exporting", "Write an instrument's responses into a file."),
    Command("import-responses", "importing", "Bring in answers that were collected elsewhere."),
    Command("charts", "drawing", "Draw an instrument's responses as charts."),
    Command("names", "names", "List the texts that may name somebody."),
    Command("uniqueness", "uniqueness", "Say who could be told apart by quasi-identifiers."),
    Command("sheet", "sheets", "Write the interviewer's sheet for printing."),
    Command("invitations", "invitations", "Make invitations, and say whether one is needed."),
    Command("study", "studies", "Make a study, and run it as its pages do."),
    Command("consent", "consent", "Write consent texts in versions, and print who agreed to what."),
    Command("people", "people", "Say who the participants are."),
    Command("users", "users", "Add people, give roles, make sign-in links."),
    Command("promises", "promises", "List what is promised, and the tests that prove it."),
    Command("purge", "purging", "Erase a study for good, and print a certificate."),
    Command("backup", "backups", "Copy the database into a file while the server runs."),
    Command("restore", "restoring", "Make a new database from a backup."),
    Command("drill", "drilling", "Try whether a backup of the database can be restored."),
    Command(
        "verify",
        "verifying",
        "Check that the database, or a backup, is still what was written to it.",
    ),
)


@click.group(cls=CommandGroup, commands=COMMANDS)
@click.version_option(__version__, prog_name="survey-app")
def main() -> None:
    """One questionnaire, delivered as a web form and as an interviewer's probe sheet.

    Data goes to the standard output and messages to the standard error. The exit code is 0 when
    all went well, 1 when something is wrong and 2 when the command was not understood.
    """
