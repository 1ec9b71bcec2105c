"""Boxes with lines of words, and the lines and arrows between them."""

from collections.abc import Sequence

from matplotlib.lines import Line2D

from survey_app.reports.charts.sheet import Sheet
from survey_app.reports.palette import QUIET
from survey_app.reports.presets import Preset

GROUND = "#f3f6fa"


def measure_box(lines: int, preset: Preset) -> float:
    """Return the height of a box with so many lines, in inches."""
    return lines * preset.line + 0.9 * preset.em


def draw_box(
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


def draw_line(sheet: Sheet, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a line from place to place, in inches."""
    page, width = sheet.page, sheet.preset.width
    line = Line2D(
        [start[0] / width, end[0] / width],
        [1 - start[1] / page.height, 1 - end[1] / page.height],
        transform=sheet.figure.transFigure,
        color=QUIET,
        linewidth=0.1 * sheet.preset.size,
    )
    sheet.figure.add_artist(line)


def draw_arrow(sheet: Sheet, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a line that ends in a tip."""
    draw_line(sheet, start, end)
    tip = 0.3 * sheet.preset.em
    down = start[0] == end[0]
    for side in (-tip, tip):
        back = (end[0] + side, end[1] - tip) if down else (end[0] - tip, end[1] + side)
        draw_line(sheet, back, end)
