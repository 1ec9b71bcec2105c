"""`python -m survey_app.cli.preparing`: makes what a server needs, tells the links, and ends."""

import click

from survey_app import first_start, first_study
from survey_app.cli.addresses import has_served, remember_address
from survey_app.cli.commands import expect_failures
from survey_app.cli.databases import explain_failures
from survey_app.cli.published import find_published
from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.database_address import database_file
from survey_app.definition.library import load_library
from survey_app.purging import clear_errands
from survey_app.settings import Settings
from survey_app.storage.people.errors import KeyUnusable
from survey_app.storage.people.upgrade import is_in_clear
from survey_app.storage.store import Store


@click.command()
def prepare() -> None:
    """Make what is missing, and print the links once all of it is there."""
    with expect_failures():
        settings = Settings.from_environment()
        if database_file(settings.database) is not None:
            # Of a database that is no file another server may be at work.
            clear_errands(settings)
        links = make_databases(settings)
        remember_address(settings)
        tell_of_broken_files(settings)
        tell_links(settings, links)


def make_databases(settings: Settings) -> dict[str, str]:
    """Make both databases and the first accounts; return the links of those that are new."""
    with explain_failures(settings.database):
        first_start.prepare(settings)
    prepare_people(settings)
    with explain_failures(settings.database), Store(settings.database) as store:
        staff = first_start.add_staff(store, first=not has_served(settings))
        return {name: make_sign_in_link(settings, store, name) for name in staff}


def prepare_people(settings: Settings) -> None:
    """Make the people database; without its key the server starts too, and only names are away."""
    was_clear = _is_in_clear(settings)
    try:
        with explain_failures(settings.people):
            swept = first_start.prepare_people(settings)
    except KeyUnusable as error:
        click.echo(f"{error} All else goes on.", err=True)
        return
    if was_clear:
        click.echo(
            "Names and addresses are encrypted from now on. Their key is in "
            f"{settings.people_key_file}: keep a copy of it apart from the backups, as without it "
            "nobody can read them. Backups that were made before have them in clear; delete those "
            "when you can.",
            err=True,
        )
    if not swept:
        click.echo(
            "The database of names is being read by something else, so traces of what stood there "
            "before are still in its file. The next start removes them.",
            err=True,
        )


def _is_in_clear(settings: Settings) -> bool:
    """Whether there are names from before they were encrypted."""
    with explain_failures(settings.people):
        file = database_file(settings.people)
        if file is not None and not file.is_file():
            return False
        return is_in_clear(settings.people)


def tell_links(settings: Settings, links: dict[str, str]) -> None:
    """Print the participants' door and the links, each on a line of its own."""
    click.echo("Participants fill in the survey here:", err=True)
    click.echo(f"{settings.url}/s/{first_study.SLUG}")
    for name, link in links.items():
        click.echo(f"To sign in as the {name}, once, within 24 hours:", err=True)
        click.echo(link)
    if not links:
        click.echo("For a sign-in link: survey-app users sign-in-link NAME", err=True)
    click.echo("Ctrl-C ends the server.", err=True)


def tell_of_broken_files(settings: Settings) -> None:
    """Say how many definitions cannot be used: they are in no list, and nobody would know why."""
    frozen = {key: record.fingerprint for key, record in find_published(settings).items()}
    files = {problem.file for problem in load_library(settings.instruments, frozen).problems}
    if files:
        said = "1 definition file has" if len(files) == 1 else f"{len(files)} definition files have"
        click.echo(f"{said} problems; to see them: survey-app check", err=True)


if __name__ == "__main__":
    prepare(prog_name="survey-app serve")
