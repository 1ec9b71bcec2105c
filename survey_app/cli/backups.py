"""`backup`: a whole copy of the databases, made beside whoever writes to them."""

from pathlib import Path

import click

from survey_app.backups.copies import make_copy
from survey_app.cli.databases import explain_failures, is_there, refuse_absent
from survey_app.cli.options import database_option, read_settings
from survey_app.cli.passphrases import ask_new_passphrase
from survey_app.cli.people_keys import tell_of_key
from survey_app.database_address import database_file

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--people", type=FILE, help="Copy the names and addresses into it too.")
@click.option(
    "--encrypt",
    is_flag=True,
    help="Seal it with a passphrase, in the format of age.",
)
@database_option
def backup(file: Path, people: Path | None, database: str | None, *, encrypt: bool) -> None:
    """Copy the database into a file while the server runs.

    FILE holds the answers and no names; where names are kept, --people copies them into a file of
    their own. A file that is there already is refused. 'survey-app restore FILE' makes a database
    of it again.

    Names stay encrypted in it under a key that is in neither file, but in survey-data/people.key or
    the file that SURVEY_APP_PEOPLE_KEY names. Keep a copy of it apart from the backups; once every
    copy is destroyed, nobody can read the names in them any more.

    The passphrase of --encrypt is asked for, or taken from SURVEY_APP_BACKUP_PASSPHRASE. Without it
    nobody can open the file: keep it where the file is not.
    """
    settings = read_settings(database)
    if not is_there(settings):
        raise refuse_absent(settings.database)
    for target in (file, people):
        if target is not None and target.exists():
            raise click.ClickException(f"{target} exists already. Choose a new name.")
    if people is not None and people.absolute() == file.absolute():
        raise click.UsageError("FILE and --people are the same; give each a name of its own.")
    if people is not None:
        require_people(settings.people)
    passphrase = ask_new_passphrase() if encrypt else None
    _copy(settings.database, file, passphrase)
    if people is not None:
        _copy(settings.people, people, passphrase)
        tell_of_key(settings)


def require_people(url: str) -> None:
    """Refuse before anything is copied, so that no half of a backup stays."""
    file = database_file(url)
    if file is not None and not file.is_file():
        raise click.ClickException(
            f"There is no database of names at {file}. Leave --people out, or start the server "
            "once, which makes it."
        )


def _copy(url: str, target: Path, passphrase: str | None) -> None:
    with explain_failures(url):
        try:
            make_copy(url, target, passphrase)
        except (FileExistsError, FileNotFoundError) as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"Wrote {target} ({target.stat().st_size:,} bytes).", err=True)
