"""`serve`: the server, and on the first start all that it needs."""

import ipaddress
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import click

from survey_app import server, server_lock
from survey_app.backups.process import keep_backups
from survey_app.backups.workplace import sweep
from survey_app.cli.options import EXAMPLE, database_option, read_settings, require_known
from survey_app.cli.passphrases import find_passphrase
from survey_app.database_address import database_file, is_in_memory, show_address
from survey_app.settings import DEFAULT_PORT, LOOPBACK, Settings, SettingsError


@click.command()
@click.option("--host", metavar="HOST", help="Where to listen.  [default: 127.0.0.1]")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help=f"At which port to listen.  [default: {DEFAULT_PORT}]",
)
@click.option(
    "--insecure-lan",
    is_flag=True,
    help="Allow plain http for a try-out in a network that you trust; every page says so.",
)
@click.option(
    "--backup-to",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Make a backup a day into this folder.",
)
@database_option
def serve(
    host: str | None,
    port: int | None,
    *,
    insecure_lan: bool,
    backup_to: Path | None,
    database: str | None,
) -> None:
    """Start the server, and on the first start all it needs.

    Everything is kept in the folder survey-data here. The first start prints three links, one a
    line: the participants' door, and a link each with which an interviewer and an analyst sign in
    once, within 24 hours. Ctrl-C ends the server; what was saved is safe.

    Names are encrypted with the key in survey-data/people.key, or in the file that
    SURVEY_APP_PEOPLE_KEY names. It is in no backup: keep a copy of it somewhere else.

    Participants' links carry the address of SURVEY_APP_URL. Only this computer can reach the
    server unless that is an https address, or --insecure-lan is given.

    With --backup-to, or SURVEY_APP_BACKUPS, a backup is made at the start if there is none of the
    last day, and then daily; of 7 days, 4 weeks and 12 months one each is kept. The administrator's
    page tells how old the newest is. With SURVEY_APP_BACKUP_PASSPHRASE they are sealed.
    """
    settings = read_settings(database)
    if backup_to is not None:
        settings = settings.with_changes(backups=backup_to.absolute())
    _require_file(settings)
    _require_copies(settings)
    listen_host = host or "127.0.0.1"
    listen_port = port or _default_port(settings)
    settings = _place(settings, listen_host, listen_port, insecure_lan=insecure_lan)
    _claim(listen_host, listen_port)
    with _hold(settings):
        _sweep(settings)
        _prepare(settings)
        with keep_backups(settings):
            server.run(settings, listen_host, listen_port)
    click.echo("The server has ended. Everything that was saved is in the database.", err=True)


def _require_file(settings: Settings) -> None:
    """Refuse a database that ends with the process that made it: the server has several."""
    for url in (settings.database, settings.people):
        require_known(url)
        if is_in_memory(url):
            raise click.UsageError(
                f"The database {show_address(url)} is kept in memory alone and would be lost "
                f"when the server ends. Name a file, such as {EXAMPLE}."
            )


def _sweep(settings: Settings) -> None:
    """Remove what a backup that was killed may have left beside the databases."""
    for url in (settings.database, settings.people):
        file = database_file(url)
        if file is not None:
            sweep(file.absolute().parent)


def _require_copies(settings: Settings) -> None:
    """Refuse at once what would fail at every backup."""
    if settings.backups is None:
        return
    if database_file(settings.database) is None:
        raise click.UsageError(
            "Of a PostgreSQL database no backups are made from here. Leave --backup-to and "
            "SURVEY_APP_BACKUPS out, and have its own tool run daily: pg_dump -Fc."
        )
    find_passphrase()  # one that is too short is refused


@contextmanager
def _hold(settings: Settings) -> Iterator[None]:
    """Be the only server of the database, where it is a file; one on PostgreSQL has many."""
    file = database_file(settings.database)
    if file is None:
        yield
        return
    settings.make_folder()
    try:
        with server_lock.hold_database(file, settings.url):
            yield
    except server_lock.AlreadyServed as error:
        where = f" at {error.address}" if error.address else ""
        raise click.ClickException(
            f"Another server runs on the database {file}{where}, and one file takes one server. "
            "Use that one, or end it first with Ctrl-C where it was started. For a second server, "
            f"give this one a database of its own, as in --database {EXAMPLE}."
        ) from error


def _default_port(settings: Settings) -> int:
    parts = urlsplit(settings.url)
    return parts.port or DEFAULT_PORT if settings.is_loopback else DEFAULT_PORT


def _place(settings: Settings, host: str, port: int, *, insecure_lan: bool) -> Settings:
    """Return the settings with the address at which people reach the server."""
    settings = settings.with_changes(insecure_lan=insecure_lan or settings.insecure_lan)
    if not os.environ.get("SURVEY_APP_URL"):
        settings = settings.with_changes(url=f"http://{_reachable(host)}:{port}")
    if not (host in LOOPBACK or settings.is_secure or settings.insecure_lan):
        raise SettingsError(
            f"At {host} other computers reach the server, and {settings.url} is not encrypted. "
            "Set SURVEY_APP_URL to an https address, or say --insecure-lan for a try-out in a "
            "network that you trust."
        )
    return settings


def _reachable(host: str) -> str:
    """Return the host as others write it in an address; for every address, this computer's."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.is_unspecified:
        return _own_address()
    return f"[{host}]" if address.version == 6 else host  # noqa: PLR2004 - IP version 6


def _own_address() -> str:
    """Return this computer's address in its network. Nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address kept for documentation (RFC 5737)
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])


def _claim(host: str, port: int) -> None:
    try:
        server.claim(host, port)
    except server.PortInUse as error:
        raise click.ClickException(
            f"Port {port} of {host} is in use or not yours to use. If the server runs already, "
            f"open it; otherwise choose another port, such as --port {port + 1}."
        ) from error
    except OSError as error:
        raise click.ClickException(
            f"The server cannot listen at {host}: {error.strerror or error}. Check --host."
        ) from error


def _prepare(settings: Settings) -> None:
    """Make what is missing and print the links, in a process of its own.

    What that takes of memory goes with it; this process stays for as long as the server runs.
    """
    done = subprocess.run(
        [sys.executable, "-m", "survey_app.cli.preparing"],
        stdin=subprocess.DEVNULL,
        env={**os.environ, **settings.to_environment()},
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(done.returncode)
