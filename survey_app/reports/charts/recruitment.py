"""The chart of a recruitment: invited, absent, taking part, and each delivery below, in boxes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from matplotlib.figure import Figure

from survey_app.reports.charts.boxes import draw_arrow, draw_box, draw_line, measure_box
from survey_app.reports.charts.drawing import Chart
from survey_app.reports.charts.lettering import wrap
from survey_app.reports.charts.page import Page, fit_page
from survey_app.reports.charts.saving import Format, drawing, save_figure
from survey_app.reports.charts.sheet import Sheet
from survey_app.reports.presets import PRESETS, Preset
from survey_app.reports.recruitment import (
    RecruitmentFlow,
    Stage,
    describe_recruitment,
    list_absent,
    list_begun,
    list_finished,
    list_invited,
    list_lost,
    list_taking_part,
    title_recruitment,
)
from survey_app.translations import use_language

KEY = "recruitment"
STEP = 1.6
"""From box to box, in heights of letters."""
SPINE = 0.08
"""Where in a column's width the line from box to box goes down."""
WIDEST = 40
"""A column of boxes, in heights of letters."""
MOST_BESIDE = 4
"""Deliveries that stand beside each other; more go on below."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """Where a column of boxes stands and what is in them: whole, aside and whole again."""

    left: float
    width: float
    boxes: tuple[tuple[str, ...], ...]
    bold: int = 0
    """The line of the first box that counts most; from the end where it is under 0."""

    @property
    def spine(self) -> float:
        """Where the line from box to box goes down."""
        return self.left + SPINE * self.width


def draw_recruitment(flow: RecruitmentFlow, preset: Preset) -> Figure:
    """Return the chart of a recruitment."""

    def make_page(preset: Preset) -> Page:
        return Page(
            preset=preset,
            title=title_recruitment(),
            caption=flow.study,
            space=_measure(flow, preset),
            has_axis=False,
        )

    page = fit_page(preset, make_page)
    sheet = Sheet(page)
    first = _place_people(flow, page.preset)
    top = _draw_column(sheet, first, page.top, _measure_boxes([first], page.preset))
    for columns in _place_stages(flow, page.preset):
        top = _draw_stages(sheet, first, columns, top)
    return sheet.figure


def save_recruitment(
    flow: RecruitmentFlow, paths: Sequence[Path], language: str = "en"
) -> list[Chart]:
    """Draw the chart once and save it in each file, in the form that its name ends in."""
    preset = PRESETS["screen"]
    with use_language(language), drawing():
        figure = draw_recruitment(flow, preset)
        title, alt = title_recruitment(), describe_recruitment(flow)
        charts = []
        for path in paths:
            form = cast("Format", path.suffix.lower().removeprefix("."))
            path.write_bytes(save_figure(figure, form, title, alt, preset.resolution))
            charts.append(Chart(key=KEY, title=title, alt=alt, path=path))
    return charts


def _place_people(flow: RecruitmentFlow, preset: Preset) -> Column:
    """Return the boxes of people; where nobody was invited by name it is the last one alone."""
    width = min(preset.inner_width, WIDEST * preset.em)
    boxes = [list_taking_part(flow)]
    if flow.invited:
        boxes = [list_invited(flow), list_absent(flow), *boxes]
    return _make_column((preset.width - width) / 2, width, boxes, preset)


def _place_stages(flow: RecruitmentFlow, preset: Preset) -> list[list[Column]]:
    """Return the columns of the deliveries, row by row."""
    beside = max(1, min(MOST_BESIDE, len(flow.stages)))
    gap = 2 * preset.em
    width = min((preset.inner_width - (beside - 1) * gap) / beside, WIDEST * preset.em)
    rows = []
    for start in range(0, len(flow.stages), beside):
        stages = flow.stages[start : start + beside]
        whole = len(stages) * width + (len(stages) - 1) * gap
        left = (preset.width - whole) / 2
        rows.append(
            [
                replace(
                    _make_column(left + place * (width + gap), width, _list_boxes(stage), preset),
                    bold=-1,
                )
                for place, stage in enumerate(stages)
            ]
        )
    return rows


def _list_boxes(stage: Stage) -> list[list[str]]:
    return [list_begun(stage), list_lost(stage), list_finished(stage)]


def _make_column(
    left: float, width: float, boxes: Sequence[Sequence[str]], preset: Preset
) -> Column:
    """Return a column; all its boxes are set as narrow as the one aside."""
    room = width * (1 - 2 * SPINE) - 1.4 * preset.em
    wrapped = (
        tuple(part for line in box for part in wrap(line, room, preset.size)) for box in boxes
    )
    return Column(left=left, width=width, boxes=tuple(wrapped))


def _measure_boxes(columns: Sequence[Column], preset: Preset) -> list[float]:
    """Return the heights of the boxes, alike in all columns."""
    stages = zip(*(column.boxes for column in columns), strict=True)
    return [measure_box(max(map(len, boxes)), preset) for boxes in stages]


def _measure(flow: RecruitmentFlow, preset: Preset) -> float:
    """Return how high everything is."""
    step = STEP * preset.em
    first = _measure_boxes([_place_people(flow, preset)], preset)
    height = sum(first) + (len(first) - 1) * step
    for columns in _place_stages(flow, preset):
        boxes = _measure_boxes(columns, preset)
        height += sum(boxes) + (len(boxes) + 1) * step
    return height + preset.em


def _draw_stages(sheet: Sheet, first: Column, columns: Sequence[Column], top: float) -> float:
    """Draw a row of deliveries below what ends at `top`, and return where it ends."""
    step = STEP * sheet.preset.em
    middles = [column.left + column.width / 2 for column in columns]
    middle = first.left + first.width / 2
    draw_line(sheet, (middle, top), (middle, top + step))
    draw_line(sheet, (min([*middles, middle]), top + step), (max([*middles, middle]), top + step))
    heights = _measure_boxes(columns, sheet.preset)
    ends = []
    for column, each in zip(columns, middles, strict=True):
        draw_arrow(sheet, (each, top + step), (each, top + 2 * step))
        ends.append(_draw_column(sheet, column, top + 2 * step, heights))
    return max(ends)


def _draw_column(sheet: Sheet, column: Column, top: float, heights: Sequence[float]) -> float:
    """Draw a column's boxes one below the other, the middle one aside; return where it ends."""
    step = STEP * sheet.preset.em
    whole = (column.left, column.width)
    first, *others = column.boxes
    end = draw_box(sheet, first, whole, (top, heights[0]), bold=column.bold % len(first))
    if not others:
        return end
    aside = (column.left + 2 * SPINE * column.width, column.width * (1 - 2 * SPINE))
    below = draw_box(sheet, others[0], aside, (end + step, heights[1]))
    middle = (end + step + below) / 2
    draw_arrow(sheet, (column.spine, end), (column.spine, below + step))
    draw_arrow(sheet, (column.spine, middle), (aside[0], middle))
    return draw_box(sheet, others[1], whole, (below + step, heights[2]), bold=0)
