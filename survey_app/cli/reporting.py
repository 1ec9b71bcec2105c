"""What the commands `export` and `charts` share: what is asked for, and how far it is."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode

import click

from survey_app.choices import find_choices
from survey_app.cli.databases import open_store
from survey_app.cli.options import Reference, ReferenceType, find_login, refuse_unknown
from survey_app.cli.progress import ProgressLine
from survey_app.cli.references import pick_study
from survey_app.definition.library import load_library
from survey_app.definition.lineage import trace
from survey_app.first_start import add_analyses
from survey_app.reports.dataset import sort_versions
from survey_app.reports.progress import Forecast, Progress
from survey_app.reports.responses import ReportError
from survey_app.settings import Settings
from survey_app.spreadsheets.sheet import SpreadsheetError
from survey_app.storage.store import Store
from survey_app.worker.requests import Material, Request, find_instruments, load_versions

FOLDER = Path("exports")
"""Where files are written unless -o says otherwise."""

BY = "command line"

Made = TypeVar("Made")

reference_argument = click.argument("reference", type=ReferenceType(), metavar="NAME[@VERSION]")
include_test_option = click.option(
    "--include-test", is_flag=True, help="With the test responses, which are left out otherwise."
)
by_option = click.option(
    "--by",
    metavar="KEY",
    help="Compare groups: by version, delivery, language, or a question with one answer.",
)

Callback = TypeVar("Callback", bound=Callable[..., object])


def override_options(command: Callback) -> Callback:
    """Give a command the options by which a file has what an ordinary one leaves out."""
    reason = click.option(
        "--reason", metavar="TEXT", help="Why quasi-identifiers are needed; it is kept and told."
    )
    flag = click.option(
        "--with-quasi-identifiers",
        "whole",
        is_flag=True,
        help="With what might tell who answered, and nothing hidden; needs --reason.",
    )
    return flag(reason(command))


def override(request: Request, *, whole: bool, reason: str | None) -> Request:
    """Return the request with what an ordinary file leaves out, if that was asked for.

    Raises UsageError where no reason is given, or one for nothing.
    """
    if whole and not (reason or "").strip():
        raise click.UsageError(
            "People can be recognised by quasi-identifiers: say what they are needed for, with "
            '--reason "…". The reason is kept, with your name, and stands in the file.'
        )
    if reason is not None and not whole:
        raise click.UsageError("--reason is that of --with-quasi-identifiers; add it.")
    if not whole:
        return request
    return replace(request, who=find_login(), with_quasi_identifiers=True, reason=reason or "")


def make(
    settings: Settings,
    choose: Callable[[Store], Request],
    work: Callable[[Store, Request, Progress], Made],
) -> Made:
    """Return what `work` makes of what `choose` wants, showing how far it is meanwhile."""
    line = ProgressLine()
    forecast = Forecast(tell=line.show)
    with open_store(settings) as store:
        add_analyses(store, load_library(settings.instruments))
        request = replace(choose(store), smallest_count=settings.smallest_count)
        try:
            return work(store, request, forecast.show)
        except (ReportError, SpreadsheetError) as error:
            raise click.ClickException(str(error)) from error
        finally:
            line.clear()


def choose_request(
    store: Store, reference: Reference, study: str | None, form: str, *, include_test: bool
) -> Request:
    """Return the request for what was typed; raises UsageError for what no study uses."""
    used = find_used(store)
    if reference.name not in used:
        sentence = f"No study uses the instrument '{reference.name}'"
        raise refuse_unknown(sentence, reference.name, used)
    return Request(
        who=BY,
        study=pick_study(store, study, using=reference.name),
        instrument=reference.name,
        version=reference.version,
        include_test=include_test,
        format=form,
    )


def compare_by(store: Store, request: Request, by: str | None) -> Request:
    """Return the request with the groups that were asked for; raises UsageError for none such."""
    if by is None:
        return request
    try:
        versions = sort_versions(find_instruments(store, request))
    except ReportError as error:
        raise click.UsageError(str(error)) from error
    choices = find_choices(versions, trace(load_versions(store, request.instrument)))
    if choices.newest.get(by, by) not in choices.comparisons:
        raise refuse_unknown(f"Responses cannot be compared by '{by}'", by, choices.comparisons)
    return replace(request, filter=urlencode({"by": by}))


def find_used(store: Store) -> set[str]:
    """Return the instruments that studies have in their protocols or responses of."""
    slugs = [study.slug for study in store.studies.list()]
    planned = {entry.instrument for slug in slugs for entry in store.studies.protocol(slug)}
    return planned | {row.instrument for row in store.studies.overview()}


def sum_up(material: Material) -> str:
    """Return what was made and what it leaves out, in a sentence."""
    tests = material.context.tests_left_out
    added = "it" if tests == 1 else "them"
    left_out = f"; {_count('test response', tests)} left out (--include-test adds {added})"
    withdrawn = f", {material.withdrawn} of them withdrawn and without a row"
    gone = withdrawn if material.withdrawn else ""
    return f"{_count('response', material.count)}{gone}{left_out if tests else ''}."


def _count(thing: str, number: int) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
