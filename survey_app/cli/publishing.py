"""`trial`, `publish` and `retire`: the life of a version, by command."""

import click

from survey_app.cli.addresses import recall_address
from survey_app.cli.databases import open_store
from survey_app.cli.options import (
    Reference,
    ReferenceType,
    database_option,
    find_login,
    read_settings,
    study_option,
)
from survey_app.cli.references import pick_study, refuse_reference
from survey_app.definition.library import load_library
from survey_app.definition.quoting import list_words
from survey_app.publication import (
    DRAFT,
    Proposal,
    Versions,
    gather_versions,
    open_trial,
)
from survey_app.publication import publish as publish_instrument
from survey_app.settings import Settings
from survey_app.signatures import read_secret
from survey_app.storage.records import Publication
from survey_app.storage.store import Store
from survey_app.web.trials import make_path

VERSIONED = ReferenceType(versioned=True)
by_option = click.option(
    "--by", metavar="NAME", help="Who does it.  [default: your name on this computer]"
)


@click.command()
@click.argument("reference", type=VERSIONED, metavar="NAME@VERSION")
@click.option("--end", is_flag=True, help="End the trial and erase what was tried.")
@study_option
@by_option
@database_option
def trial(
    *, reference: Reference, end: bool, study: str | None, by: str | None, database: str | None
) -> None:
    """Let a draft be tried, and print the link for it.

    Whoever has the link fills the draft in as it is now; interviewers find it under "New
    interview". Every answer is a test and counts in no result, and all of them are erased when the
    draft is published, when its file says something else at the next `trial`, or with --end.
    """
    settings = recall_address(read_settings(database))
    version, who = reference.version or "", by or find_login()
    with open_store(settings, create=True) as store:
        if end:
            erased = store.instruments.end_trial(reference.name, version, who)
            click.echo(
                f"The trial of {reference} is over. {_tell_erased(erased)}".strip(), err=True
            )
            return
        instrument = _gather(settings, store, reference).instruments[version]
        erased = open_trial(store, instrument, who)
        chosen = pick_study(store, study, using=reference.name)
    click.echo(f"{reference} may be tried now, as a test. {_tell_erased(erased)}".strip(), err=True)
    click.echo(settings.url + make_path(read_secret(settings), chosen, reference.name, version))


@click.command()
@click.argument("reference", type=VERSIONED, metavar="NAME@VERSION")
@click.option("--note", metavar="TEXT", help="What changed; by default the file's `changes`.")
@click.option(
    "--study", "studies", multiple=True, metavar="STUDY", help="A study that follows; may repeat."
)
@click.option("--no-study", is_flag=True, help="Let every study go on with what it asks now.")
@by_option
@database_option
@click.pass_context
def publish(
    ctx: click.Context,
    *,
    reference: Reference,
    note: str | None,
    studies: tuple[str, ...],
    no_study: bool,
    by: str | None,
    database: str | None,
) -> None:
    """Publish a version, which freezes it.

    From then on every study that asks the instrument asks this version in the place of the one
    before it, delivered and open as that was; who is in the middle of the older one goes on with
    it. What was tried of the draft is erased. Prints all that stands in the way and exits with 1 if
    anything does.
    """
    settings = read_settings(database)
    with open_store(settings, create=True) as store:
        versions = _gather(settings, store, reference)
        proposal = versions.propose(reference.version or "")
        text = proposal.instrument.changes if note is None else note
        if versions.state(reference.version or "") == DRAFT:
            _refuse(ctx, reference, proposal, text)
        following = () if no_study else _find_following(store, proposal, studies)
        done = publish_instrument(
            store, proposal.instrument, note=text, by=by or find_login(), studies=following
        )
    click.echo(_tell(reference, done), err=True)


@click.command()
@click.argument("reference", type=VERSIONED, metavar="NAME@VERSION")
@click.option("--reason", required=True, metavar="TEXT", help="Why it is not asked any more.")
@by_option
@database_option
def retire(reference: Reference, reason: str, by: str | None, database: str | None) -> None:
    """Let a published version be begun no more.

    Who is in the middle of it goes on, and its answers stay as they are. There is no way back: to
    ask the same again, publish a new version.
    """
    if not reason.strip():
        raise click.UsageError("Say in a sentence why, with --reason.")
    with open_store(read_settings(database)) as store:
        done = store.instruments.retire(
            reference.name, reference.version or "", reason=reason.strip(), by=by or find_login()
        )
    said = "is retired: nobody can begin it any more" if done else "was retired before"
    click.echo(f"{reference} {said}.", err=True)


def _gather(settings: Settings, store: Store, reference: Reference) -> Versions:
    library = load_library(settings.instruments)
    versions = gather_versions(store, library, reference.name)
    if reference.version not in versions.instruments:
        raise refuse_reference(reference, library.instruments, library)
    return versions


def _refuse(ctx: click.Context, reference: Reference, proposal: Proposal, note: str) -> None:
    obstacles = proposal.find_obstacles(note)
    if obstacles:
        for obstacle in obstacles:
            click.echo(f"- {obstacle}")
        click.echo(f"{reference} is not published.", err=True)
        ctx.exit(1)


def _find_following(store: Store, proposal: Proposal, named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the studies that follow: those named, else all that ask the instrument.

    To an older version than the newest nobody follows unasked.
    """
    if named:
        return tuple(pick_study(store, each) for each in named)
    if not proposal.is_newest:
        return ()
    return tuple(store.instruments.followers(proposal.instrument.name))


def _tell(reference: Reference, done: Publication) -> str:
    if not done.fresh:
        day, by = done.version.published_at[:10], done.version.published_by
        sentences = [f"{reference} was published on {day} by {by}; it stays as it is."]
    else:
        sentences = [f"{reference} is published."]
    if done.followed:
        studies = list_words(done.followed)
        asks = "asks" if len(done.followed) == 1 else "ask"
        sentences.append(f"{studies} {asks} it from now on.")
    elif done.fresh:
        sentences.append("No study asks it yet.")
    return " ".join([*sentences, _tell_erased(done.erased)]).strip()


def _tell_erased(erased: int) -> str:
    if not erased:
        return ""
    answers = "1 trial response" if erased == 1 else f"{erased} trial responses"
    return f"{answers} to the draft {'was' if erased == 1 else 'were'} erased."
