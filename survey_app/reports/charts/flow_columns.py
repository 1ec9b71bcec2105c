"""What the boxes of a flow say and where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.reports.charts.lettering import wrap
from survey_app.reports.flow import Flow
from survey_app.reports.flow_words import name_delivery, name_ways_out
from survey_app.reports.presets import Preset
from survey_app.translations import gettext as _

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


def count_lines(columns: Sequence[Column], preset: Preset) -> tuple[int, ...]:
    """Return how many lines each of the three boxes has, alike in all columns."""
    boxes = [[wrap_box(box, each, preset) for box in list_stages(each.flow)] for each in columns]
    return tuple(max(map(len, stage)) for stage in zip(*boxes, strict=True))


def wrap_box(lines: Sequence[str], column: Column, preset: Preset) -> list[str]:
    """Return a box's lines as they are broken; all boxes are set as narrow as those aside."""
    width = column.width * (1 - 2 * SPINE) - preset.em
    return [part for line in lines for part in wrap(line, width, preset.size)]
