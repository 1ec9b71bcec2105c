"""`export`: a study's responses as a workbook, csv tables or JSON."""

from functools import partial
from pathlib import Path

import click

from survey_app.cli.options import Reference, database_option, read_settings, study_option
from survey_app.cli.reporting import (
    FOLDER,
    choose_request,
    include_test_option,
    make,
    reference_argument,
    sum_up,
)
from survey_app.reports.progress import Progress
from survey_app.storage.store import Store
from survey_app.worker.exports import make_export, name_export
from survey_app.worker.requests import Material, Request


@click.command()
@reference_argument
@study_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["xlsx", "csv", "json"]),
    default="xlsx",
    show_default=True,
    help="A workbook, csv tables in a zip, or everything as JSON.",
)
@include_test_option
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
    include_test: bool,
) -> None:
    """Write an instrument's responses into a workbook.

    NAME is an instrument; all its versions are exported unless one is named. Prints where the
    file is. An older file of the same name is replaced.
    """
    choose = partial(
        choose_request, reference=reference, study=study, form=form, include_test=include_test
    )

    def write(store: Store, request: Request, progress: Progress) -> tuple[Path, Material]:
        target = output or FOLDER / name_export(request)
        target.parent.mkdir(parents=True, exist_ok=True)
        return target, make_export(store, request, target, progress)

    target, material = make(read_settings(database), choose, write)
    click.echo(sum_up(material), err=True)
    click.echo(target)
