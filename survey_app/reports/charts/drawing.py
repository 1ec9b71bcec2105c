"""Drawing what was planned, and the folder of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib.figure import Figure

from survey_app.reports.charts.counting import Counted, count_charts
from survey_app.reports.charts.figures import draw_figure
from survey_app.reports.charts.index import remove_outdated, write_index
from survey_app.reports.charts.planned import Plan
from survey_app.reports.charts.plans import plan_charts
from survey_app.reports.charts.saving import Format, drawing, save_figure
from survey_app.reports.presets import Preset, Style
from survey_app.reports.progress import Progress, ignore
from survey_app.reports.responses import Context, Source
from survey_app.translations import gettext as _
from survey_app.translations import use_language


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart that was drawn: its key, its title, its numbers in words, its file."""

    key: str
    title: str
    alt: str
    path: Path


@dataclass(frozen=True, kw_only=True)
class Image:
    """A chart that was drawn, as a picture: its bytes, and its width and height in inches."""

    key: str
    title: str
    alt: str
    content: bytes
    size: tuple[float, float]


def draw_charts(
    source: Source,
    context: Context,
    directory: Path,
    form: Format,
    progress: Progress = ignore,
    *,
    style: Style = Style(),  # noqa: B008 - it is frozen
) -> list[Chart]:
    """Draw every chart into `directory` in one form; see `draw_in_forms`."""
    return draw_in_forms(source, context, directory, (form,), progress, style=style)


def draw_in_forms(
    source: Source,
    context: Context,
    directory: Path,
    forms: Sequence[Format],
    progress: Progress = ignore,
    *,
    style: Style = Style(),  # noqa: B008 - it is frozen
) -> list[Chart]:
    """Draw every chart into `directory`, with an index.json of key, title, alt and file.

    The responses are counted once, and each chart is drawn once and saved in each form. Charts of
    the same forms that an earlier index.json lists are deleted unless drawn anew. Raise
    ReportError with a sentence for the analyst.
    """
    with use_language(context.language), drawing():
        progress(0, _("Counting responses"))
        plans = list(plan_charts(count_charts(source, context), context, style))
        for form in forms:
            remove_outdated(directory, f".{form}", {f"{plan.key}.{form}" for plan in plans})
        charts: list[Chart] = []
        for place, plan in enumerate(plans):
            progress(place / len(plans), _("Drawing charts"))
            charts += _save_chart(plan, directory, forms, style.preset)
        write_index(directory, [_list_chart(chart) for chart in charts])
        progress(1, _("Done"))
    return charts


def draw_images(counted: Counted, context: Context, style: Style) -> Iterator[Image]:
    """Yield every chart as a .png that is in memory."""
    with use_language(context.language), drawing():
        for plan in plan_charts(counted, context, style):
            figure = draw_figure(plan, style.preset)
            width, height = figure.get_size_inches()
            yield Image(
                key=plan.key,
                title=plan.title,
                alt=plan.alt,
                content=_save(figure, "png", plan, style.preset),
                size=(float(width), float(height)),
            )


def _save_chart(
    plan: Plan, directory: Path, forms: Sequence[Format], preset: Preset
) -> Iterator[Chart]:
    figure = draw_figure(plan, preset)
    for form in forms:
        path = directory / f"{plan.key}.{form}"
        path.write_bytes(_save(figure, form, plan, preset))
        yield Chart(key=plan.key, title=plan.title, alt=plan.alt, path=path)


def _save(figure: Figure, form: Format, plan: Plan, preset: Preset) -> bytes:
    return save_figure(figure, form, plan.title, plan.alt, preset.resolution)


def _list_chart(chart: Chart) -> dict[str, str]:
    return {"key": chart.key, "title": chart.title, "alt": chart.alt, "file": chart.path.name}
