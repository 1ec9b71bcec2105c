"""`study`: a study is made, given its protocol, team and days, and looked at, as on its page."""

from typing import TYPE_CHECKING, Any, cast

import click

from survey_app.cli.databases import open_store
from survey_app.cli.options import (
    ReferenceType,
    database_option,
    find_login,
    read_settings,
    refuse_unknown,
)
from survey_app.cli.recruitment import recruitment
from survey_app.cli.references import pick_study
from survey_app.cli.study_words import list_study
from survey_app.cli.users import NO_ROLE, ROLES
from survey_app.small_counts import read_smallest
from survey_app.storage.moments import today
from survey_app.storage.records import StudyRecord
from survey_app.storage.store import Store
from survey_app.study_days import GivenDays, StudyDays, read_days
from survey_app.study_names import find_name_errors

if TYPE_CHECKING:
    from survey_app.storage.records import Delivery, Role

ACTIONS = ("add", "open", "close", "up", "down", "remove")
study_argument = click.argument("slug", metavar="STUDY")


@click.group()
def study() -> None:
    """Make a study, and run it as its pages do.

    Its protocol, its team, its days and its recruitment. Its invitations have a command of their
    own.
    """


study.add_command(recruitment)


@study.command()
@study_argument
@click.argument("title")
@click.option("--lead", required=True, metavar="NAME", help="The account that leads it.")
@click.option("--anonymous", is_flag=True, help="Tie no response to a person.")
@database_option
def add(slug: str, title: str, lead: str, database: str | None, *, anonymous: bool) -> None:
    """Make a study; STUDY is its short name, such as mentors-2026."""
    for _field, sentence in find_name_errors(slug, title.strip()):
        raise click.UsageError(sentence)
    with open_store(read_settings(database), create=True) as store:
        store.conduct.make(slug, title.strip(), lead=lead, by=find_login(), anonymous=anonymous)
    click.echo(f"Made the study {slug}, led by {lead}. Next, say what it asks:", err=True)
    click.echo(f"  survey-app study protocol {slug} add NAME@VERSION", err=True)


@study.command("list")
@database_option
def list_studies(database: str | None) -> None:
    """List the studies: short name, title, where each stands, until when it is kept."""
    with open_store(read_settings(database)) as store:
        for each in store.studies.list():
            said = (each.slug, each.title, each.stage(today()), each.retain_until or "-")
            click.echo("\t".join(said))


@study.command()
@study_argument
@database_option
def show(slug: str, database: str | None) -> None:
    """Print how a study stands; no answer and no count of answers."""
    settings = read_settings(database)
    with open_store(settings) as store:
        for line in list_study(store, pick_study(store, slug), settings.smallest_count):
            click.echo(line)


@study.command("set")
@study_argument
@click.option("--title", metavar="TEXT", help="What participants read at the head of each page.")
@click.option("--contact", metavar="TEXT", help="Whom participants can ask.")
@click.option("--anonymous/--not-anonymous", default=None, help="Until the first response.")
@click.option("--opens", metavar="DAY", help="The first day, such as 2026-03-01; none to unset.")
@click.option("--closes", metavar="DAY", help="The last day to begin; none to unset.")
@click.option("--grace-days", metavar="N", help="So many days more to finish.")
@click.option("--freeze-on", metavar="DAY", help="When results are put together; none to unset.")
@click.option("--retain-until", metavar="DAY", help="Until when all is kept; none to unset.")
@click.option(
    "--afterwards", type=click.Choice(["answers", "identities"]), help="What is erased then."
)
@click.option(
    "--smallest-count",
    metavar="N",
    help="The smallest count shown in groups that might tell who answered; 1 hides nothing; none "
    "for what holds for all studies.",
)
@click.option("--reason", "smallest_reason", metavar="TEXT", help="Why; it is kept and told.")
@database_option
def set_study(slug: str, database: str | None, **given: Any) -> None:
    """Change what a study is called, whom to ask, whether it is anonymous, and its days.

    And under which count groups by what might tell who answered are hidden. To show smaller counts
    than in all studies needs --reason, which stands in every file of the study.
    """
    wanted = {name: value for name, value in given.items() if value is not None}
    if wanted.keys() <= {"smallest_reason"}:
        raise click.UsageError("Say what to change, such as --closes 2026-06-30.")
    settings = read_settings(database)
    with open_store(settings) as store:
        chosen = pick_study(store, slug)
        _set(store, chosen, wanted, settings.smallest_count)
        for line in list_study(store, chosen, settings.smallest_count):
            click.echo(line)


def _set(store: Store, slug: str, wanted: dict[str, Any], default: int) -> None:
    found, by = store.studies.find(slug), find_login()
    if found is None:
        return
    title, contact = wanted.get("title", found.title), wanted.get("contact", found.contact)
    for _field, sentence in find_name_errors(slug, title.strip(), contact.strip()):
        raise click.UsageError(sentence)
    days = _read_days(found, wanted)
    least, reason = _read_smallest(found, wanted, default), wanted.get("smallest_reason", "")
    if "anonymous" in wanted:
        store.conduct.set_anonymous(slug, anonymous=wanted["anonymous"], by=by)
    store.conduct.describe(slug, title=title.strip(), contact=contact.strip(), by=by)
    store.conduct.date(slug, by=by, **vars(days))
    store.conduct.hide_counts(slug, least, default=default, reason=reason, by=by)


def _read_smallest(found: StudyRecord, wanted: dict[str, Any], default: int) -> int | None:
    """Return the smallest count that is shown: as it is given, else as it is set."""
    if "smallest_count" not in wanted:
        if "smallest_reason" in wanted:
            raise click.UsageError("--reason is that of --smallest-count; add it.")
        return found.smallest_count
    typed, reason = wanted["smallest_count"], wanted.get("smallest_reason", "")
    least, errors = read_smallest(typed, reason, found, default)
    for field, sentence in errors:
        option = "--reason" if field == "smallest_reason" else "--smallest-count"
        raise click.UsageError(f"{option}: {sentence}")
    return least


def _read_days(found: Any, wanted: dict[str, Any]) -> StudyDays:
    """Return the days with those that were given in the place of those that are set."""
    names = GivenDays.__dataclass_fields__
    typed = {name: str(wanted.get(name, getattr(found, name)) or "") for name in names}
    typed = {name: "" if text == "none" else text for name, text in typed.items()}
    days, errors = read_days(GivenDays(**typed))
    if days is None:
        field, sentence = errors[0]
        raise click.UsageError(f"--{field.replace('_', '-')}: {sentence}")
    return days


@study.command()
@study_argument
@click.argument("action", type=click.Choice(ACTIONS))
@click.argument("reference", type=ReferenceType(versioned=True), metavar="NAME@VERSION")
@click.option(
    "--delivery",
    type=click.Choice(["self", "interviewer"]),
    default="self",
    show_default=True,
    help="Filled in by participants, or in interviews.",
)
@database_option
def protocol(slug: str, action: str, reference: Any, delivery: str, database: str | None) -> None:
    """Add a published version to what a study asks; open, close, move or take out one.

    Whoever has begun goes on; what was answered stays.
    """
    entry = (reference.name, reference.version, cast("Delivery", delivery))
    with open_store(read_settings(database)) as store:
        chosen, by = pick_study(store, slug), find_login()
        match action:
            case "add":
                store.protocols.add(chosen, entry, by=by)
            case "open" | "close":
                store.protocols.set_open(chosen, entry, is_open=action == "open", by=by)
            case "up" | "down":
                store.protocols.move(chosen, entry, up=action == "up", by=by)
            case _:
                store.protocols.remove(chosen, entry, by=by)
        for each in store.studies.protocol(chosen):
            state = "open" if each.open else "closed"
            click.echo(f"{each.instrument}@{each.version}\t{each.delivery}\t{state}")


@study.command()
@study_argument
@click.argument("name", required=False)
@click.argument("role", required=False, type=click.Choice([*ROLES, NO_ROLE]), metavar="[ROLE]")
@database_option
def team(slug: str, name: str | None, role: str | None, database: str | None) -> None:
    """List who works in a study, or give somebody a role in it.

    ROLE is study_lead, coordinator, interviewer, analyst or observer, and none takes it away. The
    last study lead stays.
    """
    if name is not None and role is None:
        raise click.UsageError(f"Say which role {name} gets, or none.")
    with open_store(read_settings(database)) as store:
        chosen = pick_study(store, slug)
        if name is not None:
            names = [account.name for account in store.accounts.list()]
            if name not in names:
                raise refuse_unknown(f"There is no account '{name}'", name, names)
            wanted = None if role == NO_ROLE else cast("Role", role)
            store.teams.appoint(chosen, name, wanted, by=find_login())
        for member in store.teams.list(chosen):
            click.echo(f"{member.name}\t{member.role}")
