"""The flow of a study: how many began, were lost on the way and arrived, in boxes with numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from survey_app.reports.charts.caption import Origin, make_caption
from survey_app.reports.charts.lettering import wrap
from survey_app.reports.charts.page import Page, fit_page
from survey_app.reports.charts.sheet import Sheet
from survey_app.reports.flow import Flow, name_delivery, name_ways_out
from survey_app.reports.palette import QUIET
from survey_app.reports.presets import Preset
from survey_app.translations import gettext as _

GROUND = "#f3f6fa"
WIDEST = 38
"""A column of boxes, in heights of letters."""

STEP = 1.6
"""From box to box, in heights of letters."""

SPINE = 0.1
"""Where in a column's width the line from box to box goes down."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """The boxes of one delivery: at the left end of `left`, each `width` inches wide."""

    left: float
    width: float
    flow: Flow


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
        heights = [_measure_box(each, page.preset) for each in lines]
        _draw_column(sheet, column, top, heights)
    return sheet.figure


def place_columns(flows: Sequence[Flow], preset: Preset) -> list[Column]:
    """Return where the boxes of each delivery stand, in the middle of the page."""
    gap = 2.5 * preset.em
    width = min((preset.inner_width - (len(flows) - 1) * gap) / len(flows), WIDEST * preset.em)
    whole = len(flows) * width + (len(flows) - 1) * gap
    left = (preset.width - whole) / 2
    return [
        Column(left=left + place * (width + gap), width=width, flow=flow)
        for place, flow in enumerate(flows)
    ]


def list_stages(flow: Flow) -> tuple[list[str], list[str], list[str]]:
    """Return the lines of the three boxes: those begun, those on the way, those submitted."""
    words = name_ways_out(flow)
    out = [_("{what}: n = {n}").format(what=words[way], n=n) for way, n in flow.out.items()]
    lost = _("not submitted: n = {n}").format(n=sum(flow.out.values()))
    return (
        [name_delivery(flow.delivery), _("begun: n = {n}").format(n=flow.begun)],
        [lost, *(f"– {line}" for line in out)],
        [_("submitted: n = {n}").format(n=flow.submitted)],
    )


def _measure_space(flows: Sequence[Flow], preset: Preset) -> float:
    columns = place_columns(flows, preset)
    step = STEP * preset.em
    above = _measure_box(1, preset) + 2 * step if len(flows) > 1 else 0
    heights = (_measure_box(lines, preset) for lines in count_lines(columns, preset))
    return above + sum(heights) + 2 * step + preset.em


def count_lines(columns: Sequence[Column], preset: Preset) -> tuple[int, ...]:
    """Return how many lines each of the three boxes has, alike in all columns."""
    boxes = [[_wrap(box, each, preset) for box in list_stages(each.flow)] for each in columns]
    return tuple(max(map(len, stage)) for stage in zip(*boxes, strict=True))


def _wrap(lines: Sequence[str], column: Column, preset: Preset) -> list[str]:
    width = column.width * (1 - 2 * SPINE) - preset.em
    return [part for line in lines for part in wrap(line, width, preset.size)]


def _measure_box(lines: int, preset: Preset) -> float:
    return lines * preset.line + 0.9 * preset.em


def _draw_all(sheet: Sheet, columns: Sequence[Column], top: float) -> float:
    """Draw the box of all responses over the columns, and return where these begin."""
    preset = sheet.preset
    step = STEP * preset.em
    begun = sum(column.flow.begun for column in columns)
    width = columns[0].width
    middles = [column.left + width / 2 for column in columns]
    middle = (middles[0] + middles[-1]) / 2
    words = _("begun in all: n = {n}").format(n=begun)
    down = (top, _measure_box(1, preset))
    bottom = _draw_box(sheet, [words], (middle - width / 2, width), down, bold=0)
    _draw_line(sheet, (middle, bottom), (middle, bottom + step))
    _draw_line(sheet, (middles[0], bottom + step), (middles[-1], bottom + step))
    for each in middles:
        _draw_arrow(sheet, (each, bottom + step), (each, bottom + 2 * step))
    return bottom + 2 * step


def _draw_column(sheet: Sheet, column: Column, top: float, heights: Sequence[float]) -> None:
    """Draw the boxes of one delivery, one below the other, and the way between them."""
    preset = sheet.preset
    begun, lost, submitted = (_wrap(each, column, preset) for each in list_stages(column.flow))
    spine, aside = column.left + SPINE * column.width, column.left + 2 * SPINE * column.width
    whole, step = (column.left, column.width), STEP * preset.em
    end = _draw_box(sheet, begun, whole, (top, heights[0]), bold=len(begun) - 1)
    beside = (aside, column.width * (1 - 2 * SPINE))
    below = _draw_box(sheet, lost, beside, (end + step, heights[1]))
    middle = (end + step + below) / 2
    _draw_arrow(sheet, (spine, end), (spine, below + step))
    _draw_arrow(sheet, (spine, middle), (aside, middle))
    _draw_box(sheet, submitted, whole, (below + step, heights[2]), bold=0)


def _draw_box(
    sheet: Sheet,
    lines: Sequence[str],
    across: tuple[float, float],
    down: tuple[float, float],
    *,
    bold: int | None = None,
) -> float:
    """Draw a box by its left and width, top and height, and return where it ends."""
    preset = sheet.preset
    (left, width), (top, height) = across, down
    sheet.draw_box((left, top), width, height, GROUND)
    for number, line in enumerate(lines):
        middle = top + 0.45 * preset.em + (number + 0.5) * preset.line
        weight = "bold" if number == bold else "normal"
        sheet.write(left + 0.7 * preset.em, middle, line, weight=weight)
    return top + height


def _draw_line(sheet: Sheet, start: tuple[float, float], end: tuple[float, float]) -> None:
    page, width = sheet.page, sheet.preset.width
    line = Line2D(
        [start[0] / width, end[0] / width],
        [1 - start[1] / page.height, 1 - end[1] / page.height],
        transform=sheet.figure.transFigure,
        color=QUIET,
        linewidth=0.1 * sheet.preset.size,
    )
    sheet.figure.add_artist(line)


def _draw_arrow(sheet: Sheet, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a line that ends in a tip."""
    _draw_line(sheet, start, end)
    tip = 0.3 * sheet.preset.em
    down = start[0] == end[0]
    for side in (-tip, tip):
        back = (end[0] + side, end[1] - tip) if down else (end[0] - tip, end[1] + side)
        _draw_line(sheet, back, end)
