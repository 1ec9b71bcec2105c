"""`users`: the accounts of the staff, their roles and their sign-in links."""

import shlex
from typing import cast, get_args

import click

from survey_app.cli.accounts import require_account
from survey_app.cli.addresses import recall_address
from survey_app.cli.credentials import (
    log,
    require_second_factor,
    reset_password,
    reset_second_factor,
    sessions,
)
from survey_app.cli.databases import open_store
from survey_app.cli.options import database_option, find_login, read_settings
from survey_app.cli.references import pick_study
from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.definition.quoting import list_words
from survey_app.storage.records import Role, Staff

ROLES = get_args(Role)
NO_ROLE = "none"
NAME_LIMIT = 60


@click.group()
def users() -> None:
    """Add people, give roles, make sign-in links.

    Somebody who works with the studies gets a link that signs in once. On their account page they
    may set a password and a second factor; nobody else ever gives or knows a password.
    """


@users.command()
@click.argument("name")
@click.option("--administrator", is_flag=True, help="May open /admin; sees no answers by that.")
@database_option
def add(name: str, database: str | None, *, administrator: bool) -> None:
    """Add an account, which has no role yet."""
    wanted = name.strip()
    if not wanted or len(wanted) > NAME_LIMIT or not wanted.isprintable():
        raise click.UsageError(f"A name has 1 to {NAME_LIMIT} visible characters; choose another.")
    with open_store(read_settings(database), create=True) as store:
        store.accounts.add(wanted, administrator=administrator, by=find_login())
    click.echo(f"Added {wanted}. Next:", err=True)
    typed = shlex.quote(wanted)
    if not administrator:
        click.echo(f"  survey-app users role {typed} interviewer    (or {_list_roles()})", err=True)
    click.echo(f"  survey-app users sign-in-link {typed}", err=True)


def _list_roles() -> str:
    return list_words(role for role in ROLES if role != "interviewer")


@users.command("list")
@database_option
def list_accounts(database: str | None) -> None:
    """List the accounts, when they were added, and what each may do."""
    with open_store(read_settings(database)) as store:
        held = store.credentials.held()
        for person in store.accounts.staff():
            account = person.account
            said = _describe(person, *held[account.id])
            click.echo(f"{account.created[:10]}  {account.name}{said}")


def _describe(person: Staff, has_password: bool, has_factor: bool) -> str:  # noqa: FBT001
    notes = {
        "disabled": person.account.disabled,
        "administrator": person.account.administrator,
        **{f"{role} in {study}": True for study, role in person.roles.items()},
    }
    said = [note for note, holds in notes.items() if holds] or ["no role yet"]
    said += ["password"] * has_password + ["second factor"] * has_factor
    return f"  ({', '.join(said)})"


@users.command()
@click.argument("name")
@click.argument("role", type=click.Choice([*ROLES, NO_ROLE]), metavar="ROLE")
@click.option("--study", metavar="STUDY", help="The study; needed when there are several.")
@database_option
def role(name: str, role: str, study: str | None, database: str | None) -> None:
    """Give an account its role in a study.

    ROLE is study_lead, coordinator, interviewer, analyst or observer, and none takes it away. An
    account has one role in a study. The last study lead keeps theirs until somebody else leads.
    """
    with open_store(read_settings(database), create=True) as store:
        require_account(store, name)
        chosen = pick_study(store, study)
        wanted = None if role == NO_ROLE else cast("Role", role)
        store.teams.appoint(chosen, name, wanted, by=find_login())
    said = "no longer has a role" if role == NO_ROLE else f"is now {_name(role)}"
    click.echo(f"{name} {said} in the study {chosen}.", err=True)


def _name(role: str) -> str:
    words = role.replace("_", " ")
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


@users.command()
@click.argument("name")
@database_option
def disable(name: str, database: str | None) -> None:
    """Shut an account out, at once."""
    with open_store(read_settings(database)) as store:
        require_account(store, name)
        store.accounts.disable(name, by=find_login())
    click.echo(f"{name} is shut out: signed out everywhere, and no link signs in.", err=True)


@users.command("sign-in-link")
@click.argument("name")
@database_option
def sign_in_link(name: str, database: str | None) -> None:
    """Print a link that signs in once.

    It is good for 24 hours. Hand it over in a way that nobody else reads. It works while the
    server runs.
    """
    settings = recall_address(read_settings(database))
    with open_store(settings, create=True) as store:
        if require_account(store, name).disabled:
            raise click.ClickException(f"{name} is shut out; add another account instead.")
        link = make_sign_in_link(settings, store, name)
    click.echo(link)


for command in (reset_password, reset_second_factor, require_second_factor, sessions, log):
    users.add_command(command)
