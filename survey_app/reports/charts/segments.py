"""One row of segments, with a number in each that is wide enough."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from survey_app.reports.charts.lettering import measure
from survey_app.reports.charts.page import BAR, BAR_LEFT, BAR_RIGHT, SMALL
from survey_app.reports.charts.palette import HATCHES, QUIET, RULE, pick_label
from survey_app.reports.descriptions import show_percent

LEAST_SHARE = 0.05
"""Of the whole row: below it a segment carries no number."""

SMALL_BASE = 20
"""Below it charts count people, since one of them would be five per cent or more."""


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A part of a bar, as wide as it counts on the axis."""

    width: float
    colour: str
    words: str


def make_segments(
    counts: Sequence[int], colours: Sequence[str], *, per_cent: bool
) -> tuple[Segment, ...]:
    """Return the counts as segments, in people or in per cent of their sum."""
    n = sum(counts)
    return tuple(
        Segment(width=100 * count / n, colour=colour, words=show_percent(count, n))
        if per_cent and n
        else Segment(width=count, colour=colour, words=str(count))
        for count, colour in zip(counts, colours, strict=True)
    )


def draw_segments(
    axes: Axes, middle: float, segments: Sequence[Segment], *, start: float = 0
) -> None:
    """Draw segments side by side from `start`, each with its words if they fit."""
    total = sum(segment.width for segment in segments)
    low, high = axes.get_xlim()
    inch = (BAR_RIGHT - BAR_LEFT) / (high - low)
    left = start
    for segment in segments:
        width = segment.width
        if not width:
            continue
        hatch = HATCHES.get(segment.colour)
        axes.barh(
            middle,
            width,
            BAR,
            left=left,
            color=segment.colour,
            edgecolor=RULE if hatch else "white",
            hatch=hatch,
            linewidth=0.7,
        )
        fits = measure(segment.words, SMALL) + 0.04 <= width * inch
        if fits and width >= LEAST_SHARE * total:
            write_over(axes, left + width / 2, middle, segment.words, pick_label(segment.colour))
        left += width


def write_over(axes: Axes, place: float, middle: float, words: str, colour: str = QUIET) -> None:
    """Write small words on the axes, centred on a place."""
    axes.text(place, middle, words, ha="center", va="center", size=SMALL, color=colour)
