"""`charts`: a study's responses as pictures."""

from dataclasses import replace
from pathlib import Path

import click

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
from survey_app.reports.charts import Chart
from survey_app.reports.charts.saving import Format
from survey_app.reports.presets import PRESET_NAMES, PresetName
from survey_app.reports.progress import Progress
from survey_app.storage.store import Store
from survey_app.worker.drawings import FORMS, make_charts
from survey_app.worker.exports import name_after
from survey_app.worker.requests import Material, Request

AS_ASKED, BY_TOP = "asked", "top"
SORTS = (AS_ASKED, BY_TOP)


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
@click.option(
    "--preset",
    type=click.Choice(PRESET_NAMES),
    default="screen",
    show_default=True,
    help="For a page, one column of a journal (89 mm), or a slide (16:9, large type).",
)
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default=AS_ASKED,
    show_default=True,
    help="The rows of a battery as they were asked, or those with the largest top 2 first.",
)
@include_test_option
@by_option
@override_options
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
    preset: PresetName,
    sort: str,
    include_test: bool,
    by: str | None,
    whole: bool,
    reason: str | None,
) -> None:
    """Draw an instrument's responses as charts.

    NAME is an instrument; all its versions are drawn unless one is named. Prints where each chart
    is. The file index.json beside them says in words what each one shows. With --by every closed
    question is also drawn group by group; groups of fewer than five are not shown. Of groups by a
    quasi-identifier more is hidden, so that no small count can be worked out.
    """

    def choose(store: Store) -> Request:
        request = choose_request(store, reference, study, form, include_test=include_test)
        request = override(compare_by(store, request, by), whole=whole, reason=reason)
        return replace(request, preset=preset, by_top=sort == BY_TOP)

    def draw(store: Store, request: Request, progress: Progress) -> tuple[Material, list[Chart]]:
        folder = output or FOLDER / f"{name_after(request)}-charts"
        return make_charts(store, request, folder, form, progress)

    material, drawn = make(read_settings(database), choose, draw)
    click.echo(sum_up(material), err=True)
    for chart in drawn:
        click.echo(chart.path)
