"""The flow of a study: how many began, were lost on the way and arrived, in boxes with numbers."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from survey_app.reports.charts.boxes import draw_arrow, draw_box, draw_line, measure_box
from survey_app.reports.charts.caption import Origin, make_caption
from survey_app.reports.charts.flow_columns import (
    SPINE,
    STEP,
    Column,
    count_lines,
    list_stages,
    place_columns,
    wrap_box,
)
from survey_app.reports.charts.page import Page, fit_page
from survey_app.reports.charts.sheet import Sheet
from survey_app.reports.flow import Flow
from survey_app.reports.presets import Preset
from survey_app.translations import gettext as _


def title_flow() -> str:
    """Return what the chart is called."""
    return _("From beginning to sending")


def draw_flow(flows: Sequence[Flow], origin: Origin, preset: Preset) -> Figure:
    """Return the flow of each delivery side by side, from all that were begun."""

    def make_page(preset: Preset) -> Page:
        return Page(
            preset=preset,
            title=title_flow(),
            caption=make_caption(origin),
            space=_measure_space(flows, preset),
            has_axis=False,
        )

    page = fit_page(preset, make_page)
    sheet = Sheet(page)
    columns = place_columns(flows, page.preset)
    top = page.top
    if len(flows) > 1:
        top = _draw_all(sheet, columns, top)
    lines = count_lines(columns, page.preset)
    for column in columns:
        heights = [measure_box(each, page.preset) for each in lines]
        _draw_column(sheet, column, top, heights)
    return sheet.figure


def _measure_space(flows: Sequence[Flow], preset: Preset) -> float:
    columns = place_columns(flows, preset)
    step = STEP * preset.em
    above = measure_box(1, preset) + 2 * step if len(flows) > 1 else 0
    heights = (measure_box(lines, preset) for lines in count_lines(columns, preset))
    return above + sum(heights) + 2 * step + preset.em


def _draw_all(sheet: Sheet, columns: Sequence[Column], top: float) -> float:
    """Draw the box of all responses over the columns, and return where these begin."""
    preset = sheet.preset
    step = STEP * preset.em
    begun = sum(column.flow.begun for column in columns)
    width = columns[0].width
    middles = [column.left + width / 2 for column in columns]
    middle = (middles[0] + middles[-1]) / 2
    words = _("begun in all: n = {n}").format(n=begun)
    down = (top, measure_box(1, preset))
    bottom = draw_box(sheet, [words], (middle - width / 2, width), down, bold=0)
    draw_line(sheet, (middle, bottom), (middle, bottom + step))
    draw_line(sheet, (middles[0], bottom + step), (middles[-1], bottom + step))
    for each in middles:
        draw_arrow(sheet, (each, bottom + step), (each, bottom + 2 * step))
    return bottom + 2 * step


def _draw_column(sheet: Sheet, column: Column, top: float, heights: Sequence[float]) -> None:
    """Draw the boxes of one delivery, one below the other, and the way between them."""
    preset = sheet.preset
    begun, lost, submitted = (wrap_box(each, column, preset) for each in list_stages(column.flow))
    spine, aside = column.left + SPINE * column.width, column.left + 2 * SPINE * column.width
    whole, step = (column.left, column.width), STEP * preset.em
    end = draw_box(sheet, begun, whole, (top, heights[0]), bold=len(begun) - 1)
    beside = (aside, column.width * (1 - 2 * SPINE))
    below = draw_box(sheet, lost, beside, (end + step, heights[1]))
    middle = (end + step + below) / 2
    draw_arrow(sheet, (spine, end), (spine, below + step))
    draw_arrow(sheet, (spine, middle), (aside, middle))
    draw_box(sheet, submitted, whole, (below + step, heights[2]), bold=0)
