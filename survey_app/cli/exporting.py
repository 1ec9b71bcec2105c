"""`export`: a study's responses as a workbook, for a statistics program, or in every form."""

from dataclasses import replace
from pathlib import Path

import click

from survey_app.cli.names import count_named
from survey_app.cli.options import Reference, database_option, read_settings, study_option
from survey_app.cli.reporting import (
    FOLDER,
    by_option,
    choose_request,
    compare_by,
    include_test_option,
    make,
    override,
    override_options,
    reference_argument,
    sum_up,
)
from survey_app.named_texts import say_named
from survey_app.reports.formats.flavours import FLAVOURS, FlavourName
from survey_app.reports.progress import Progress
from survey_app.storage.store import Store
from survey_app.worker.exports import ENDINGS, make_export, name_export
from survey_app.worker.requests import Material, Request

WITH_SHEETS = ("xlsx", "bundle")
"""The forms that hold a workbook."""


@click.command()
@reference_argument
@study_option
@click.option(
    "--format",
    "form",
    type=click.Choice([*ENDINGS]),
    default="xlsx",
    show_default=True,
    help="A workbook; csv, SPSS, Stata or R in a zip; JSON; or a bundle of all of them.",
)
@click.option(
    "--flavour",
    type=click.Choice(FLAVOURS),
    help="Of csv: exact, the default, for programs; excel to be opened there safely.",
)
@click.option(
    "--charts", is_flag=True, help="With a sheet of pictures of the charts, in a workbook."
)
@include_test_option
@by_option
@click.option(
    "--all-sheets",
    is_flag=True,
    help="Of a workbook of more than 20,000 responses: with the sheets Labels, Long and Timings.",
)
@override_options
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; by default one of the instrument's name in the folder exports.",
)
@database_option
def export(
    reference: Reference,
    study: str | None,
    form: str,
    output: Path | None,
    database: str | None,
    *,
    flavour: FlavourName | None,
    charts: bool,
    include_test: bool,
    all_sheets: bool,
    by: str | None,
    whole: bool,
    reason: str | None,
) -> None:
    """Write an instrument's responses into a file.

    NAME is an instrument; all its versions are exported unless one is named. Prints where the
    file is. An older file of the same name is replaced. SPSS (sav) and Stata (dta) need the extra:
    pip install 'survey-app[formats]'.

    Questions that the definition declares as quasi-identifiers are left out.
    """
    _refuse_strangers(form, flavour, charts=charts, all_sheets=all_sheets)

    def choose(store: Store) -> Request:
        request = choose_request(store, reference, study, form, include_test=include_test)
        chosen = replace(compare_by(store, request, by), flavour=flavour or "exact")
        chosen = override(chosen, whole=whole, reason=reason)
        return replace(chosen, all_sheets=all_sheets, charts=charts)

    def write(store: Store, request: Request, progress: Progress) -> tuple[Path, Material, int]:
        target = output or FOLDER / name_export(request)
        target.parent.mkdir(parents=True, exist_ok=True)
        material = make_export(store, request, target, progress)
        return target, material, count_named(store, request.study, request.instrument).named

    target, material, named = make(read_settings(database), choose, write)
    _tell(material, named)
    click.echo(target)


def _tell(material: Material, named: int) -> None:
    """Say what was made, and in how many texts somebody may be named, if in any."""
    click.echo(sum_up(material), err=True)
    if named:
        click.echo(f"{say_named(named)}: see survey-app names before you hand it on.", err=True)


def _refuse_strangers(
    form: str, flavour: FlavourName | None, *, charts: bool, all_sheets: bool
) -> None:
    """Raise UsageError for what is asked of another form than the one that is made."""
    if flavour is not None and form != "csv":
        raise click.UsageError("--flavour is that of csv; add --format csv, or leave it out.")
    if charts and form != "xlsx":
        raise click.UsageError("--charts is a sheet of a workbook; leave it or --format out.")
    if all_sheets and form not in WITH_SHEETS:
        raise click.UsageError("--all-sheets is that of a workbook; add --format xlsx or bundle.")
