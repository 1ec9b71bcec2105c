"""Batteries: stacked bars for scales with one direction, diverging ones for two.

After Heiberger & Robbins, "Design of diverging stacked bar charts for Likert scales", Journal of
Statistical Software 57(5), 2014: a scale with one direction has no middle to diverge from.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from matplotlib.figure import Figure

from survey_app.definition.shapes import Grid, GridRow
from survey_app.reports.charts.axis import QUARTER, draw_zero, set_ticks
from survey_app.reports.charts.caption import Origin, make_caption
from survey_app.reports.charts.page import Page, fit_page
from survey_app.reports.charts.segments import (
    SMALL_BASE,
    Segment,
    draw_segments,
    make_segments,
    write_nothing,
)
from survey_app.reports.charts.sheet import Sheet
from survey_app.reports.descriptions import count_not_asked, count_silent, show_percent
from survey_app.reports.likert import TOP, count_top
from survey_app.reports.palette import pick_colours
from survey_app.reports.presets import Preset
from survey_app.reports.wording import say
from survey_app.translations import gettext as _


@dataclass(frozen=True, kw_only=True)
class Bars:
    """The rows of a battery as segments, where each begins, and the ends of their axis."""

    rows: tuple[tuple[Segment, ...], ...]
    starts: tuple[float, ...]
    limits: tuple[float, float]
    per_cent: bool


def draw_grid(grid: Grid, origin: Origin, preset: Preset) -> Figure:
    """Return a battery's chart: in per cent, or in people where they are few."""
    language = origin.context.language
    bars = make_bars(grid)
    remark = say_rounded() if bars.per_cent else ""

    def make_page(preset: Preset) -> Page:
        return Page(
            preset=preset,
            title=say(grid.text, language),
            caption=make_caption(origin, remark),
            labels=tuple(label_row(grid, row, language) for row in grid.rows),
            legend=make_legend(grid, language),
            columns=head_columns(grid),
        )

    page = fit_page(preset, make_page)
    sheet = Sheet(page)
    sheet.write_rows()
    axes = sheet.add_axes(*bars.limits)
    set_ticks(axes, per_cent=bars.per_cent)
    for row, band, segments, start in zip(
        grid.rows, page.bands, bars.rows, bars.starts, strict=True
    ):
        numbers = list_numbers(grid, row, per_cent=bars.per_cent)
        sheet.write_end(band, *numbers, quiet=2, bold=0 if len(numbers) > len(BASE) else None)
        draw_segments(page, axes, band.middle, segments, start=start)
        if row.n == 0:
            write_nothing(page, axes, (sum(bars.limits) / 2, band.middle), _("no answers"))
    if grid.direction == "bipolar":
        draw_zero(page, axes)
    sheet.write_headings()
    sheet.write_axis(_("% of those who answered") if bars.per_cent else _("people"))
    return sheet.figure


BASE = ("n", "no answer", "not asked")
"""What every row tells at its end, beside its highest points."""


def head_columns(grid: Grid) -> tuple[str, ...]:
    """Return what the columns at the right hold."""
    base = (_("n"), _("no answer"), _("not asked"))
    return base if count_top(grid, grid.rows[0]) is None else (_("top {n}").format(n=TOP), *base)


def list_numbers(grid: Grid, row: GridRow, *, per_cent: bool) -> tuple[str, ...]:
    """Return what stands in the columns: who chose one of the highest points, n, and blanks."""
    counts = (row.n, count_silent(row.missing), count_not_asked(row.missing))
    base = tuple(str(count) for count in counts)
    top = count_top(grid, row)
    if top is None:
        return base
    return ((show_percent(top, row.n) if per_cent or not row.n else str(top)), *base)


def say_rounded() -> str:
    """Return what percentages of the parts of one bar may look like."""
    return _("percentages are rounded and may not add up to 100")


def make_legend(grid: Grid, language: str) -> list[tuple[str, str]]:
    """Return the points of the scale with their colours, in its order."""
    colours = pick_colours(grid.direction, len(grid.levels))
    return [
        (colour, say(text, language))
        for colour, (_code, text) in zip(colours, grid.levels, strict=True)
    ]


def make_bars(grid: Grid) -> Bars:
    """Return the rows' segments; a scale with two directions is laid out around its middle."""
    colours = pick_colours(grid.direction, len(grid.levels))
    most = max(row.n for row in grid.rows)
    per_cent = most >= SMALL_BASE
    rows = tuple(make_segments(row.counts, colours, per_cent=per_cent) for row in grid.rows)
    whole = 100.0 if per_cent else max(most, 1)
    if grid.direction != "bipolar":
        return Bars(rows=rows, starts=(0.0,) * len(rows), limits=(0, whole), per_cent=per_cent)
    starts = tuple(-_find_middle(row) for row in rows)
    reach = _find_reach(rows, starts, per_cent=per_cent)
    return Bars(
        rows=rows,
        starts=starts,
        limits=(-min(reach, whole), min(reach, whole)),
        per_cent=per_cent,
    )


def label_row(grid: Grid, row: GridRow, language: str) -> str:
    """Return a row's words; a battery of one has its words in the title."""
    return _("all who answered") if row.text == grid.text else say(row.text, language)


def _find_middle(segments: Sequence[Segment]) -> float:
    """Return how far the middle of the scale lies from the row's left end."""
    side = len(segments) // 2
    left = sum(segment.width for segment in segments[:side])
    return left + (segments[side].width / 2 if len(segments) % 2 else 0)


def _find_reach(
    rows: Sequence[Sequence[Segment]], starts: Sequence[float], *, per_cent: bool
) -> float:
    """Return how far the longest row reaches from the middle, up to the next tick."""
    ends = [
        start + sum(each.width for each in row) for row, start in zip(rows, starts, strict=True)
    ]
    reach = max(*(abs(start) for start in starts), *ends, 1)
    return QUARTER * ceil(reach / QUARTER) if per_cent else ceil(reach)
