"""`charts`: a study's responses as pictures."""

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
from survey_app.reports.charts import Chart
from survey_app.reports.charts.saving import Format
from survey_app.reports.progress import Progress
from survey_app.storage.store import Store
from survey_app.worker.drawings import FORMS, make_charts
from survey_app.worker.exports import name_after
from survey_app.worker.requests import Material, Request


@click.command()
@reference_argument
@study_option
@click.option(
    "--format",
    "form",
    type=click.Choice(sorted(FORMS)),
    default="png",
    show_default=True,
    help="Pictures for slides (png), for pages (svg) or for print (pdf).",
)
@include_test_option
@click.option(
    "-o",
    "output",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder; by default one of the instrument's name in the folder exports.",
)
@database_option
def charts(
    reference: Reference,
    study: str | None,
    form: Format,
    output: Path | None,
    database: str | None,
    *,
    include_test: bool,
) -> None:
    """Draw an instrument's responses as charts.

    NAME is an instrument; all its versions are drawn unless one is named. Prints where each chart
    is. The file index.json beside them says in words what each one shows.
    """
    choose = partial(
        choose_request, reference=reference, study=study, form=form, include_test=include_test
    )

    def draw(store: Store, request: Request, progress: Progress) -> tuple[Material, list[Chart]]:
        folder = output or FOLDER / f"{name_after(request)}-charts"
        return make_charts(store, request, folder, form, progress)

    material, drawn = make(read_settings(database), choose, draw)
    click.echo(sum_up(material), err=True)
    for chart in drawn:
        click.echo(chart.path)
