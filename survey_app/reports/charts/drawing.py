"""Which charts there are, and the folder of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from matplotlib.figure import Figure

from survey_app.definition.instrument import version_order
from survey_app.definition.shapes import Counts, Grid, Numbers, Summary, Texts
from survey_app.reports.charts.bars import draw_counts
from survey_app.reports.charts.caption import Origin, make_base
from survey_app.reports.charts.grids import draw_grid
from survey_app.reports.charts.index import remove_outdated, write_index
from survey_app.reports.charts.numbers import draw_numbers
from survey_app.reports.charts.probes import draw_probes
from survey_app.reports.charts.saving import Format, drawing, save_figure
from survey_app.reports.coverage import Interview, TopicCoverage, collect_interviews, cover
from survey_app.reports.dataset import Layout, make_layout
from survey_app.reports.descriptions import alt_text, probe_alt_text
from survey_app.reports.progress import Progress, ignore
from survey_app.reports.responses import IN_PROGRESS, INTERVIEWER, Context, Source
from survey_app.reports.summaries import Pool, pool_summaries
from survey_app.reports.wording import say
from survey_app.translations import gettext as _
from survey_app.translations import ngettext, use_language


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart that was drawn: its key, its title, its numbers in words, its file."""

    key: str
    title: str
    alt: str
    path: Path


@dataclass(frozen=True, kw_only=True)
class _Plan:
    """A chart to be drawn."""

    key: str
    drawn: Summary | TopicCoverage
    alt: str
    origin: Origin


def draw_charts(
    source: Source, context: Context, directory: Path, form: Format, progress: Progress = ignore
) -> list[Chart]:
    """Draw every chart into `directory`, with an index.json of key, title, alt and file.

    Charts of the same form that an earlier index.json lists are deleted unless drawn anew.
    Raise ReportError with a sentence for the analyst.
    """
    with use_language(context.language), drawing():
        progress(0, _("Counting responses"))
        plans = list(_plan_charts(source, context))
        names = {_name_file(plan, form) for plan in plans}
        remove_outdated(directory, f".{form}", names)
        charts = []
        for place, plan in enumerate(plans):
            progress(place / len(plans), _("Drawing charts"))
            charts.append(_draw_chart(plan, directory, form))
        write_index(directory, [_list_chart(chart) for chart in charts])
        progress(1, _("Done"))
    return charts


def draw_summary(summary: Summary, origin: Origin) -> Figure | None:
    """Return the chart of a summary; texts have none."""
    match summary:
        case Grid():
            return draw_grid(summary, origin)
        case Counts():
            return draw_counts(summary, origin)
        case Numbers():
            return draw_numbers(summary, origin)
        case Texts():
            return None
        case _:
            assert_never(summary)


def has_answers(summary: Summary) -> bool:
    """Whether anyone answered."""
    if isinstance(summary, Grid):
        return any(row.n for row in summary.rows)
    return summary.n > 0


def _plan_charts(source: Source, context: Context) -> Iterator[_Plan]:
    layout = make_layout(source.instruments)
    pools = pool_summaries(layout, source.responses())
    for pool in pools:
        yield from _plan_pool(pool, context, alone=len(pools) == 1)
    yield from _plan_probes(layout, collect_interviews(source), context)


def _plan_pool(pool: Pool, context: Context, *, alone: bool) -> Iterator[_Plan]:
    major = version_order(pool.instruments[0].version)[0]
    suffix = "" if alone else f"-{pool.delivery}-{major}"
    counted = ngettext("{count} response", "{count} responses", pool.responses)
    origin = Origin(
        context=context,
        instruments=pool.instruments,
        delivery=pool.delivery,
        base=make_base(counted, pool.in_progress),
    )
    for summary in pool.summaries:
        # What was asked as probes has its own chart and would be empty here.
        shown = pool.delivery != INTERVIEWER or has_answers(summary)
        if shown and not isinstance(summary, Texts):
            alt = alt_text(summary, context.language)
            yield _Plan(key=f"{summary.item}{suffix}", drawn=summary, alt=alt, origin=origin)


def _plan_probes(
    layout: Layout, interviews: tuple[Interview, ...], context: Context
) -> Iterator[_Plan]:
    if not interviews:
        return
    counted = ngettext("{count} interview", "{count} interviews", len(interviews))
    in_progress = sum(each.response.state == IN_PROGRESS for each in interviews)
    held = {each.response.version for each in interviews}
    origin = Origin(
        context=context,
        instruments=tuple(each for each in layout.instruments if each.version in held),
        delivery=INTERVIEWER,
        base=make_base(counted, in_progress),
    )
    for topic in cover(layout.instruments, interviews):
        alt = probe_alt_text(topic, context.language)
        yield _Plan(key=f"probes-{topic.item}", drawn=topic, alt=alt, origin=origin)


def _draw_chart(plan: _Plan, directory: Path, form: Format) -> Chart:
    drawn, origin = plan.drawn, plan.origin
    figure = (
        draw_probes(drawn, origin)
        if isinstance(drawn, TopicCoverage)
        else draw_summary(drawn, origin)
    )
    assert figure is not None
    title = say(drawn.text, origin.context.language)
    path = directory / _name_file(plan, form)
    path.write_bytes(save_figure(figure, form, title, plan.alt))
    return Chart(key=plan.key, title=title, alt=plan.alt, path=path)


def _name_file(plan: _Plan, form: Format) -> str:
    return f"{plan.key}.{form}"


def _list_chart(chart: Chart) -> dict[str, str]:
    return {"key": chart.key, "title": chart.title, "alt": chart.alt, "file": chart.path.name}
