"""`serve`: the server, and on the first start all that it needs."""

import ipaddress
import os
import socket
from urllib.parse import urlsplit

import click

from survey_app import first_start, first_study, server
from survey_app.cli.addresses import remember_address
from survey_app.cli.databases import explain_failures
from survey_app.cli.options import database_option, read_settings
from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.settings import DEFAULT_PORT, LOOPBACK, Settings, SettingsError
from survey_app.storage.store import Store


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
@database_option
def serve(host: str | None, port: int | None, *, insecure_lan: bool, database: str | None) -> None:
    """Start the server, and on the first start all it needs.

    Everything is kept in the folder survey-data here. The first start prints three links, one a
    line: the participants' door, and a link each with which an interviewer and an analyst sign in
    once, within 24 hours. Ctrl-C ends the server; what was saved is safe.

    Participants' links carry the address of SURVEY_APP_URL. Only this computer can reach the
    server unless that is an https address, or --insecure-lan is given.
    """
    settings = read_settings(database)
    listen_host = host or "127.0.0.1"
    listen_port = port or _default_port(settings)
    settings = _place(settings, listen_host, listen_port, insecure_lan=insecure_lan)
    _claim(listen_host, listen_port)
    _prepare(settings)
    server.run(settings, listen_host, listen_port)
    click.echo("The server has ended. Everything that was saved is in the database.", err=True)


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
    """Make what is missing, and print the links once all of it is there."""
    with explain_failures(settings.database):
        first_start.prepare(settings)
    with explain_failures(settings.people):
        first_start.prepare_people(settings)
    with explain_failures(settings.database), Store(settings.database) as store:
        links = {
            name: make_sign_in_link(settings, store, name) for name in first_start.add_staff(store)
        }
    remember_address(settings)
    click.echo("Participants fill in the survey here:", err=True)
    click.echo(f"{settings.url}/s/{first_study.SLUG}")
    for name, link in links.items():
        click.echo(f"To sign in as the {name}, once, within 24 hours:", err=True)
        click.echo(link)
    if not links:
        click.echo("For a sign-in link: survey-app users sign-in-link NAME", err=True)
    click.echo("Ctrl-C ends the server.", err=True)
