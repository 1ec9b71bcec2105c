"""Drawing charts: in one form for the command line, in all of them for a page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from survey_app.jobs import JobFile
from survey_app.reports.charts import Chart, draw_charts, draw_in_forms
from survey_app.reports.charts.recruitment import save_recruitment
from survey_app.reports.charts.saving import Format
from survey_app.reports.presets import PRESETS, Style
from survey_app.reports.progress import Progress
from survey_app.reports.recruitment import RecruitmentFlow
from survey_app.storage.moments import now
from survey_app.storage.store import Store
from survey_app.worker.exports import record_export
from survey_app.worker.requests import Material, Request, open_material

RECRUITMENT = "recruitment"
"""The job that draws a recruitment, by its name."""
FORMS: tuple[Format, ...] = ("svg", "png", "pdf")


def make_charts(
    store: Store, request: Request, folder: Path, form: Format, progress: Progress
) -> tuple[Material, list[Chart]]:
    """Draw every chart into a folder; return what they were made from and the charts.

    Charts from which people can be recognised are recorded as exports are. Raises ReportError,
    StorageError or OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    begun = now()
    with open_material(store, request) as material:
        source, context, style = material.source, material.context, find_style(request)
        charts = draw_charts(source, context, folder, form, progress, style=style)
    if request.with_quasi_identifiers:
        record_export(store, request, material, [chart.path for chart in charts], begun)
    return material, charts


def make_all_charts(
    store: Store, request: Request, folder: Path, progress: Progress
) -> tuple[JobFile, ...]:
    """Draw every chart in every form, counted once; return the files chart by chart."""
    with open_material(store, request) as material:
        source, context, style = material.source, material.context, find_style(request)
        charts = draw_in_forms(source, context, folder, FORMS, progress, style=style)
    return tuple(
        JobFile(name=chart.path.name, title=chart.title, alt=chart.alt) for chart in charts
    )


def find_style(request: Request) -> Style:
    """Return how the charts of a request are drawn."""
    return Style(preset=PRESETS[request.preset], by_top=request.by_top)


def make_recruitment_chart(told: Mapping[str, Any], folder: Path) -> tuple[JobFile, ...]:
    """Draw a recruitment from the numbers that a page shows, in every form."""
    paths = [folder / f"{RECRUITMENT}.{form}" for form in FORMS]
    charts = save_recruitment(RecruitmentFlow.from_json(told), paths)
    return tuple(
        JobFile(name=chart.path.name, title=chart.title, alt=chart.alt) for chart in charts
    )
