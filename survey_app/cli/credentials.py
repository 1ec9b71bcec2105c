"""Of `users`: passwords and second factors reset, sessions ended, and the log of all that."""

import click

from survey_app.access_words import say_access_event
from survey_app.cli.accounts import require_account
from survey_app.cli.addresses import recall_address
from survey_app.cli.databases import open_store
from survey_app.cli.options import database_option, find_login, read_settings
from survey_app.cli.sign_in_links import make_sign_in_link

MOST_EVENTS = 1_000
"""How many lines `log` prints at most."""


@click.command("reset-password")
@click.argument("name")
@database_option
def reset_password(name: str, database: str | None) -> None:
    """Forget a password, and print a link that sets a new one.

    The account is signed out everywhere, and its earlier links are void. The link is good once and
    for 24 hours, and signs in only together with a new password, which nobody else gets to know.
    """
    settings = recall_address(read_settings(database))
    with open_store(settings, create=True) as store:
        account = require_account(store, name)
        if account.disabled:
            raise click.ClickException(f"{name} is shut out; add another account instead.")
        ended = store.credentials.forget_password(account.id, by=find_login())
        link = make_sign_in_link(settings, store, name, sets_password=True)
    click.echo(
        f"{name} has no password now, and {_say_ended(ended)}. A link for a new one:", err=True
    )
    click.echo(link)


@click.command("reset-second-factor")
@click.argument("name")
@database_option
def reset_second_factor(name: str, database: str | None) -> None:
    """Take a second factor away, as when a phone is lost.

    Its recovery codes are void and the account is signed out everywhere. Make sure first that it
    is really the person who asks.
    """
    with open_store(read_settings(database), create=True) as store:
        account = require_account(store, name)
        store.credentials.remove_factor(account.id, by=find_login())
        ended = store.credentials.end_sessions(account.id, by=find_login())
    click.echo(f"{name} has no second factor now, and {_say_ended(ended)}.", err=True)


@click.command()
@click.argument("name")
@click.option("--end", is_flag=True, help="End them all: sign the account out everywhere.")
@database_option
def sessions(name: str, database: str | None, *, end: bool) -> None:
    """List where an account is signed in: since when, and the day of its last use."""
    with open_store(read_settings(database), create=end) as store:
        account = require_account(store, name)
        if end:
            ended = store.credentials.end_sessions(account.id, by=find_login())
            click.echo(f"{name}: {_say_ended(ended)}.", err=True)
            return
        for each in store.credentials.list_sessions(account.id):
            click.echo(f"{each.created[:16].replace('T', ' ')}  {each.seen or 'not known'}")


@click.command("require-second-factor")
@click.option("--off", is_flag=True, help="Leave it to each person again.")
@database_option
def require_second_factor(database: str | None, *, off: bool) -> None:
    """Require a second factor of everybody who works with the studies.

    Whoever has none sets one up at the next sign-in, before anything else opens. Those who are
    signed in now stay so until their sessions end.
    """
    with open_store(read_settings(database), create=True) as store:
        store.credentials.require_factor(required=not off, by=find_login())
        held = store.credentials.held()
        without = [
            each.name for each in store.accounts.list() if not (each.disabled or held[each.id][1])
        ]
    if off:
        click.echo("A second factor is each person’s choice again.", err=True)
        return
    click.echo("A second factor is required from the next sign-in on.", err=True)
    if without:
        click.echo(f"Who has none yet: {', '.join(without)}.", err=True)


@click.command()
@database_option
def log(database: str | None) -> None:
    """List who signed in and what was changed about accounts, the newest first, for 30 days."""
    with open_store(read_settings(database)) as store:
        for event in store.access_log.list(MOST_EVENTS):
            at = event.at[:19].replace("T", " ")
            click.echo("  ".join((at, event.account or "–", say_access_event(event))))


def _say_ended(count: int) -> str:
    if count == 0:
        return "was signed in nowhere"
    return f"is signed out of {count} session{'' if count == 1 else 's'}"
