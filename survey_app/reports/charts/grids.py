"""Batteries: stacked bars for scales with one direction, diverging ones for two.

After Heiberger & Robbins, "Design of diverging stacked bar charts for Likert scales", Journal of
Statistical Software 57(5), 2014: a scale with one direction has no middle to diverge from.
"""

from collections.abc import Sequence
from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from survey_app.definition.shapes import Grid, GridRow
from survey_app.reports.charts.caption import Origin, make_caption
from survey_app.reports.charts.page import Page, Sheet
from survey_app.reports.charts.palette import QUIET, pick_diverging, pick_sequential
from survey_app.reports.charts.segments import (
    SMALL_BASE,
    Segment,
    draw_segments,
    make_segments,
    write_over,
)
from survey_app.reports.descriptions import count_not_asked, count_silent
from survey_app.reports.wording import say
from survey_app.translations import gettext as _

QUARTER = 25


def draw_grid(grid: Grid, origin: Origin) -> Figure:
    """Return a battery's chart: in per cent, or in people where they are few."""
    language = origin.context.language
    diverging = grid.direction == "bipolar"
    pick = pick_diverging if diverging else pick_sequential
    colours = pick(len(grid.levels))
    most = max(row.n for row in grid.rows)
    per_cent = most >= SMALL_BASE
    page = Page(
        title=say(grid.text, language),
        caption=make_caption(origin, _("percentages are rounded") if per_cent else ""),
        labels=tuple(label_row(grid, row, language) for row in grid.rows),
        legend=[
            (colour, say(text, language))
            for colour, (_code, text) in zip(colours, grid.levels, strict=True)
        ],
    )
    rows = [make_segments(row.counts, colours, per_cent=per_cent) for row in grid.rows]
    starts = [-_find_middle(row) if diverging else 0 for row in rows]
    sheet = Sheet(page)
    limits = _find_limits(rows, starts, per_cent=per_cent, most=most, diverging=diverging)
    axes = sheet.add_axes(*limits)
    set_ticks(axes, per_cent=per_cent)
    for row, band, segments, start in zip(grid.rows, page.bands, rows, starts, strict=True):
        sheet.write_row(band)
        sheet.write_end(band, row.n, count_silent(row.missing), count_not_asked(row.missing))
        draw_segments(axes, band.middle, segments, start=start)
        if row.n == 0:
            write_over(axes, sum(limits) / 2, band.middle, _("no answers"))
    if diverging:
        axes.axvline(0, color=QUIET, linewidth=0.8, zorder=0.8)  # behind the bars
    sheet.write_headings(_("n"), _("no answer"), _("not asked"))
    sheet.write_axis(_("% of those who answered") if per_cent else _("people"))
    return sheet.figure


def label_row(grid: Grid, row: GridRow, language: str) -> str:
    """Return a row's words; a battery of one has its words in the title."""
    return _("all who answered") if row.text == grid.text else say(row.text, language)


def set_ticks(axes: Axes, *, per_cent: bool) -> None:
    """Put ticks at quarters or at whole people; what lies left of zero counts as well."""
    axes.xaxis.set_major_locator(
        MultipleLocator(QUARTER) if per_cent else MaxNLocator(nbins=6, integer=True)
    )
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{abs(value):.0f}"))


def _find_middle(segments: Sequence[Segment]) -> float:
    """Return how far the middle of the scale lies from the row's left end."""
    side = len(segments) // 2
    left = sum(segment.width for segment in segments[:side])
    return left + (segments[side].width / 2 if len(segments) % 2 else 0)


def _find_limits(
    rows: Sequence[Sequence[Segment]],
    starts: Sequence[float],
    *,
    per_cent: bool,
    most: int,
    diverging: bool,
) -> tuple[float, float]:
    whole = 100 if per_cent else max(most, 1)
    if not diverging:
        return 0, whole
    ends = [
        start + sum(each.width for each in row) for row, start in zip(rows, starts, strict=True)
    ]
    reach = max(*(abs(start) for start in starts), *ends, 1)
    reach = QUARTER * ceil(reach / QUARTER) if per_cent else ceil(reach)
    return -min(reach, whole), min(reach, whole)
