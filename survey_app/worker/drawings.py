"""Drawing charts: in one form for the command line, in all of them for a page."""

from pathlib import Path

from survey_app.jobs import JobFile
from survey_app.reports.charts import Chart, draw_charts
from survey_app.reports.charts.saving import Format
from survey_app.reports.progress import Progress
from survey_app.storage.store import Store
from survey_app.worker.requests import Material, Request, open_material

FORMS: tuple[Format, ...] = ("svg", "png", "pdf")


def make_charts(
    store: Store, request: Request, folder: Path, form: Format, progress: Progress
) -> tuple[Material, list[Chart]]:
    """Draw every chart into a folder; return what they were made from and the charts.

    Raises ReportError, StorageError or OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open_material(store, request) as material:
        charts = draw_charts(material.source, material.context, folder, form, progress)
    return material, charts


def make_all_charts(
    store: Store, request: Request, folder: Path, progress: Progress
) -> tuple[JobFile, ...]:
    """Draw every chart in every form, from one snapshot; return the files chart by chart."""
    drawn: list[list[Chart]] = []
    with open_material(store, request) as material:
        for done, form in enumerate(FORMS):

            def show(fraction: float, message: str, done: int = done) -> None:
                progress((done + fraction) / len(FORMS), message)

            drawn.append(draw_charts(material.source, material.context, folder, form, show))
    return tuple(
        JobFile(name=chart.path.name, title=chart.title, alt=chart.alt)
        for forms in zip(*drawn, strict=True)
        for chart in forms
    )
