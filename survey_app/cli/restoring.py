"""`restore`: a backup becomes the database of a new place."""

from functools import partial
from pathlib import Path

import click
from sqlalchemy import Engine

from survey_app.backups.errors import BackupError
from survey_app.backups.restoration import Part, refuse_present
from survey_app.backups.restoration import restore as restore_parts
from survey_app.cli.databases import explain_failures
from survey_app.cli.options import database_option, read_settings
from survey_app.cli.passphrases import ask_passphrase
from survey_app.cli.people_keys import make_names_part
from survey_app.cli.verifying import check_whole, sum_up
from survey_app.database_address import database_file
from survey_app.storage.upgrade import RESPONSES

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--people", type=FILE, help="The backup of the names and addresses, if there is one.")
@click.option("--even-broken", is_flag=True, help="Restore also what does not hold.")
@database_option
def restore(file: Path, people: Path | None, database: str | None, *, even_broken: bool) -> None:
    """Make a new database from a backup.

    FILE is what 'survey-app backup' wrote; a sealed one asks for its passphrase. Nothing that is
    there is overwritten. An older backup is brought up to date, and all of it is checked as
    'survey-app verify' does, before anything stands under its name.

    Names are encrypted: put their key where it was, or name its file in SURVEY_APP_PEOPLE_KEY.
    """
    settings = read_settings(database)
    target, names = _find_place(settings.database), _find_place(settings.people)
    parts = [
        Part(
            file=file,
            target=target,
            migrations=RESPONSES,
            upgrade=RESPONSES.upgrade,
            what="the responses",
            check=partial(_check_responses, file, even_broken=even_broken),
        )
    ]
    if people is not None:
        # The responses come last: what a server looks for first is there when all is.
        parts.insert(0, make_names_part(people, names, settings.people_key_file))
    for part in parts:
        refuse_present(part.target)
    restore_parts(parts, ask_passphrase(part.file for part in parts))
    for part in parts:
        click.echo(f"Restored {part.what} to {part.target}.", err=True)
    if people is not None:
        click.echo(f"The names open with the key in {settings.people_key_file}.", err=True)
    click.echo("Start it with 'survey-app serve'.", err=True)


def _find_place(url: str) -> Path:
    with explain_failures(url):
        file = database_file(url)
    if file is None:
        raise click.UsageError(
            "A backup of 'survey-app backup' becomes an SQLite file. What pg_dump wrote, "
            "pg_restore brings back."
        )
    return file.absolute()


def _check_responses(file: Path, engine: Engine, *, even_broken: bool) -> None:
    counts = check_whole(engine)
    click.echo(f"Checked {sum_up(counts)}.", err=True)
    if not counts.breaks:
        return
    if even_broken:
        click.echo(f"{file} does not hold, as named above; it is restored as it is.", err=True)
        return
    raise BackupError(
        f"{file} does not hold, as named above, and nothing was restored. Take another backup, or "
        "add --even-broken to restore it as it is."
    )
