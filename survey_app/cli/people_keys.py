"""The key of the names, as the commands speak of it, and a backup of names with it."""

from functools import partial
from pathlib import Path

import click
from sqlalchemy import Engine

from survey_app.backups.errors import BackupError
from survey_app.backups.restoration import Part
from survey_app.cli.databases import explain_failures
from survey_app.cli.options import database_option, read_settings
from survey_app.people_access import PeopleAbsent, open_people, say_absent
from survey_app.server_lock import AlreadyServed, hold_database
from survey_app.settings import Settings
from survey_app.storage.people.errors import KeyUnusable
from survey_app.storage.people.reading import check_sealed
from survey_app.storage.people.register import People
from survey_app.storage.people.rekeying import Rekeyed
from survey_app.storage.people.rekeying import rekey as change_key
from survey_app.storage.people.upgrade import MIGRATIONS, bring_up, is_in_clear
from survey_app.storage.verification import check_file
from survey_app.translations import ngettext


def make_names_part(file: Path, target: Path, key: Path) -> Part:
    """Return the part of a backup that holds the names, to be restored under a key."""
    return Part(
        file=file,
        target=target,
        migrations=MIGRATIONS,
        upgrade=partial(_bring_up, file, key),
        what="the names",
        check=partial(_check_names, file, key),
    )


def _bring_up(file: Path, key: Path, engine: Engine) -> None:
    """Bring restored names up to date; an older backup in clear is encrypted."""
    if not bring_up(engine, key):
        raise BackupError(
            f"The names of {file} were not brought up to date, as something else reads them. Try "
            "again."
        )


def _check_names(file: Path, key: Path, engine: Engine) -> None:
    """Check restored names; raise BackupError where they do not hold or cannot be read."""
    breaks = check_file(engine)
    if breaks:
        raise BackupError(f"The backup of the names does not hold: {breaks[0]}")
    try:
        check_sealed(engine, key)
    except KeyUnusable as error:
        raise BackupError(
            f"{file} cannot be restored. {error} The key that is needed is the one that was in use "
            "when the backup was made."
        ) from error


@click.command()
@click.option(
    "--destroy-earlier",
    is_flag=True,
    help="Keep the earlier key nowhere: backups from before can be read no more.",
)
@database_option
def rekey(*, destroy_earlier: bool, database: str | None) -> None:
    """Encrypt all names anew under a new key.

    The server may run meanwhile. What was interrupted goes on when this is run again; until all is
    done the earlier key stays where it is. Then it is kept in a file beside the new one, as backups
    from before open with it alone. Once that file and every copy of it are deleted, nobody can read
    the names in those backups any more; --destroy-earlier does so at once.
    """
    settings = read_settings(database)
    try:
        with open_people(settings):
            pass
        with explain_failures(settings.people), hold_database(settings.data / "rekeying", ""):
            done = change_key(settings.people, settings.people_key_file, destroy=destroy_earlier)
    except PeopleAbsent as absent:
        raise click.ClickException(say_absent(absent)) from absent
    except AlreadyServed as error:
        raise click.ClickException(
            "The key of the names is being changed already. Wait until that has ended."
        ) from error
    _tell_changed(settings.people_key_file, done)


def _tell_changed(file: Path, done: Rekeyed) -> None:
    entries = ngettext("{count} entry is", "{count} entries are", done.entries)
    click.echo(f"{entries} encrypted under the new key {done.key} in {file}.", err=True)
    if not done.is_whole:
        click.echo(
            "Something else is reading the names, so the earlier key still stands in that file "
            "too. Run this again in a minute to end it.",
            err=True,
        )
        return
    click.echo("Keep a new copy of that file apart from the backups.", err=True)
    if done.earlier is None:
        click.echo(
            "The earlier key is destroyed here. Destroy its copies too; with the last of them goes "
            "what backups from before have of names.",
            err=True,
        )
        return
    click.echo(
        f"The earlier key is in {done.earlier}: names in backups from before open with it alone. "
        "Delete it, and every copy, when nobody is to read those any more.",
        err=True,
    )


def tell_of_key(settings: Settings) -> None:
    """Say that a copy of the names is of no use without the key, and where that is."""
    if is_in_clear(settings.people):
        click.echo(
            "The names in it are in clear, as no server of this version has run yet. Start "
            "'survey-app serve' once, make another backup, and delete this one.",
            err=True,
        )
        return
    file = settings.people_key_file
    with People(settings.people, file) as people:
        key = people.find_key()
        try:
            people.require_key()
        except KeyUnusable as error:
            click.echo(f"The names in it are encrypted with the key {key}. {error}", err=True)
            return
    click.echo(
        f"The names in it are encrypted, and the key ({key}) is not in it. It is in {file}: keep "
        "a copy of that file apart from the backup. Without it nobody can read the names.",
        err=True,
    )
