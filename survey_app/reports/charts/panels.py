"""Groups side by side: a panel for each row or option, with one bar a group on the same axis."""

from dataclasses import replace

from matplotlib.figure import Figure

from survey_app.definition.shapes import Counts, Grid, GridRow
from survey_app.reports.charts.axis import draw_zero, set_ticks
from survey_app.reports.charts.caption import Origin
from survey_app.reports.charts.grids import (
    BASE,
    head_columns,
    label_row,
    list_numbers,
    make_bars,
    make_legend,
    say_rounded,
)
from survey_app.reports.charts.list_panels import draw_lists
from survey_app.reports.charts.page import Page, fit_page
from survey_app.reports.charts.panel_parts import Told, caption_panels, draw_hidden, interleave
from survey_app.reports.charts.segments import draw_segments
from survey_app.reports.charts.sheet import Sheet
from survey_app.reports.panels import Panels, is_hidden
from survey_app.reports.presets import Preset
from survey_app.reports.wording import say
from survey_app.translations import gettext as _


def draw_panels(panels: Panels, origin: Origin, preset: Preset) -> Figure:
    """Return the chart of a battery or a list in groups; who are too few have no bar."""
    whole = panels.whole
    told = Told(origin=origin, remarks=panels.remarks, protected=panels.protected)
    if isinstance(whole, Grid):
        grids = [(name, each) for name, each in panels.groups if isinstance(each, Grid)]
        return _draw_grids(whole, grids, told, preset)
    lists = [(name, each) for name, each in panels.groups if isinstance(each, Counts)]
    return draw_lists(whole, lists, told, preset)


def _draw_grids(whole: Grid, groups: list[tuple[str, Grid]], told: Told, preset: Preset) -> Figure:
    language = told.origin.context.language
    rows = [grid.rows[place] for place in range(len(whole.rows)) for _name, grid in groups]
    # Of those who are hidden nothing is drawn, so nothing may be made of their numbers either.
    drawn = replace(whole, rows=tuple(_hide(row) for row in rows))
    bars = make_bars(drawn)
    heads = [label_row(whole, row, language) for row in whole.rows]
    labels, places = interleave(heads, [name for name, _grid in groups])

    def make_page(preset: Preset) -> Page:
        return Page(
            preset=preset,
            title=say(whole.text, language),
            caption=caption_panels(told, rows, say_rounded() if bars.per_cent else ""),
            labels=labels,
            heads=places,
            legend=make_legend(whole, language),
            columns=head_columns(whole),
        )

    page = fit_page(preset, make_page)
    sheet = Sheet(page)
    sheet.write_rows()
    axes = sheet.add_axes(*bars.limits)
    set_ticks(axes, per_cent=bars.per_cent)
    for row, band, segments, start in zip(rows, page.rows, bars.rows, bars.starts, strict=True):
        if is_hidden(row.n):
            draw_hidden(page, axes, band.middle, told.protected)
            continue
        numbers = list_numbers(whole, row, per_cent=bars.per_cent)
        sheet.write_end(band, *numbers, quiet=2, bold=0 if len(numbers) > len(BASE) else None)
        draw_segments(page, axes, band.middle, segments, start=start)
    if whole.direction == "bipolar":
        draw_zero(page, axes)
    sheet.write_headings()
    sheet.write_axis(_("% of those who answered") if bars.per_cent else _("people"))
    return sheet.figure


def _hide(row: GridRow) -> GridRow:
    return replace(row, counts=(0,) * len(row.counts), n=0) if is_hidden(row.n) else row
