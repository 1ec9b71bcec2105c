"""`verify`: whether a database, or a backup of one, is still what was written to it."""

from pathlib import Path
from tempfile import gettempdir

import click
from sqlalchemy import Engine

from survey_app.backups.restoration import fetch, refuse_foreign
from survey_app.backups.workplace import private_folder
from survey_app.cli.databases import explain_failures, is_there, refuse_absent
from survey_app.cli.options import database_option, read_settings
from survey_app.cli.passphrases import ask_passphrase
from survey_app.cli.progress import ProgressLine
from survey_app.database_address import database_file, show_address
from survey_app.definition.fingerprint import compute_fingerprint
from survey_app.settings import Settings
from survey_app.storage.engine import open_engine
from survey_app.storage.upgrade import RESPONSES, require_current
from survey_app.storage.verification import Break, Counts, open_unchanged
from survey_app.storage.verification import verify as verify_database


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@database_option
def verify(file: Path | None, database: str | None) -> None:
    """Check that the database, or a backup, is still what was written to it.

    FILE is the backup; a sealed one asks for its passphrase. Goes through the hashes of every
    response and interview event by event, what the events hold, the definitions of all versions
    against their fingerprints, and the file itself. Names every break with what to do. The server
    may run meanwhile; nothing is changed.
    """
    settings = read_settings(database)
    if file is not None:
        conclude(_check_backup(file, settings), str(file))
        return
    if not is_there(settings):
        raise refuse_absent(settings.database)
    with explain_failures(settings.database):
        engine = open_engine(settings.database)
        try:
            require_current(engine)
            counts = check_whole(engine)
        finally:
            engine.dispose()
    conclude(counts, show_address(settings.database))


def _check_backup(file: Path, settings: Settings) -> Counts:
    """Check a backup without changing it; a sealed one by a copy that lies where databases do."""
    if not file.is_file():
        raise click.ClickException(f"There is no file {file}. Check its name.")
    passphrase = ask_passphrase([file])
    if passphrase is None:
        return _check_copy(file, file)
    own = database_file(settings.database)
    place = own.absolute().parent if own is not None and own.absolute().parent.is_dir() else None
    with private_folder(place or Path(gettempdir())) as folder:
        fetch(file, folder / "copy", passphrase)
        return _check_copy(file, folder / "copy")


def _check_copy(file: Path, copy: Path) -> Counts:
    refuse_foreign(file, copy, RESPONSES, "the responses")
    engine = open_unchanged(copy)
    try:
        return check_whole(engine)
    finally:
        engine.dispose()


def check_whole(engine: Engine) -> Counts:
    """Check a database with its progress, printing each break; return how much there was."""
    line = ProgressLine()

    def tell(found: Break) -> None:
        line.clear()
        click.echo(str(found))

    def show(fraction: float, message: str) -> None:
        line.show(fraction, f"Checking {message}")

    try:
        return verify_database(engine, compute_fingerprint, tell, show)
    finally:
        line.clear()


def conclude(counts: Counts, name: str) -> None:
    """Say what was checked; raise a click.ClickException where something does not hold."""
    click.echo(f"Checked {sum_up(counts)}.", err=True)
    if counts.breaks:
        found = "1 break" if counts.breaks == 1 else f"{counts.breaks:,} breaks"
        raise click.ClickException(f"{name} does not hold: {found}, named above.")
    click.echo(f"{name} holds.", err=True)


def sum_up(counts: Counts) -> str:
    """Return what was checked with its counts."""
    erased = f", {counts.erased:,} erased by withdrawals" if counts.erased else ""
    return (
        f"{_count(counts.responses, 'response')}, {_count(counts.interviews, 'interview')}, "
        f"{_count(counts.events, 'event')} ({counts.contents:,} with their contents{erased}), "
        f"{_count(counts.versions, 'version')} and the file itself"
    )


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
