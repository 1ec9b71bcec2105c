"""`verify`: whether a database, or a backup of one, is still what was written to it."""

import click
from sqlalchemy import Engine

from survey_app.cli.databases import explain_failures, is_there, refuse_absent, show_address
from survey_app.cli.options import database_option, read_settings
from survey_app.cli.progress import ProgressLine
from survey_app.definition.fingerprint import compute_fingerprint
from survey_app.storage.engine import open_engine
from survey_app.storage.upgrade import require_current
from survey_app.storage.verification import Break, Counts
from survey_app.storage.verification import verify as verify_database


@click.command()
@database_option
def verify(database: str | None) -> None:
    """Check that the database is still what was written to it.

    Goes through the hashes of every response and interview event by event, what the events hold,
    the definitions of all versions against their fingerprints, and the file itself. Names every
    break with what to do. The server may run meanwhile; nothing is changed.
    """
    settings = read_settings(database)
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
