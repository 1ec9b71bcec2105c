"""`purge`: a study's answers and names are erased for good, with a certificate."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from survey_app.certificates import spell_certificate
from survey_app.cli.databases import open_store
from survey_app.cli.options import database_option, find_login, read_settings
from survey_app.cli.references import pick_study
from survey_app.jobs import Jobs
from survey_app.purging import discard_errands, discard_jobs, purge_study
from survey_app.settings import Settings
from survey_app.translations import ngettext

if TYPE_CHECKING:
    from survey_app.storage.records import Erased


@click.command()
@click.argument("slug", metavar="STUDY")
@click.option(
    "--scope",
    type=click.Choice(["answers", "identities"]),
    help="All answers and names, or names and addresses alone; else as the study says.",
)
@click.option("--yes", "sure", is_flag=True, help="Do not ask for the study's name again.")
@click.option(
    "--certificate",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the certificate into this new file; else it is printed.",
)
@database_option
def purge(
    slug: str, scope: str | None, certificate: Path | None, database: str | None, *, sure: bool
) -> None:
    """Erase a study for good, and print a certificate.

    With the names go the personal invitations that have not been used: nobody begins by the link of
    a letter any more. That each response was there is kept. What was interrupted goes on when this
    is run again. The server may run meanwhile.
    """
    if certificate is not None and certificate.exists():
        raise click.UsageError(f"{certificate} is there already; name a new file.")
    settings = read_settings(database)
    with open_store(settings) as store:
        chosen = pick_study(store, slug)
        study = store.studies.find(chosen)
        wanted = scope or (study.afterwards if study else "answers")
        if not sure:
            _ask(chosen, wanted, store.erasures.count(chosen)["personal_invitations"])
        done = purge_study(
            store,
            settings,
            chosen,
            scope=cast("Erased", wanted),
            by=find_login(),
            discard=lambda: _discard_made(settings, chosen),
            tell=_tell,
        )
    text = spell_certificate(done.erasure.certificate or {})
    if certificate is None:
        click.echo(text, nl=False)
    else:
        certificate.write_text(text, encoding="utf-8")
        click.echo(f"Wrote {certificate}.", err=True)


def _discard_made(settings: Settings, slug: str) -> None:
    environment = settings.to_environment()
    discard_jobs(Jobs(settings.jobs, environment), slug)
    discard_errands(Jobs(settings.errands, environment), slug)


def _ask(slug: str, scope: str, invitations: int) -> None:
    what = "all answers and names" if scope == "answers" else "all names and addresses"
    click.echo(f"This erases {what} of {slug} for good.", err=True)
    if invitations:
        unused = ngettext(
            "{count} personal invitation has", "{count} personal invitations have", invitations
        )
        click.echo(
            f"{unused} not been used. Those of people whose names are erased let nobody begin any "
            "more, whoever has the letter.",
            err=True,
        )
    typed = click.prompt(f"Type {slug} to go on", err=True)
    if typed.strip() != slug:
        raise click.ClickException("That is not the study's name, so nothing was erased.")


def _tell(left: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{left:,} responses left ", nl=False, err=True)
