"""One row of segments, with a number in each that is wide enough."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from survey_app.reports.charts.lettering import measure
from survey_app.reports.charts.page import Page
from survey_app.reports.descriptions import show_percent
from survey_app.reports.palette import HATCHES, QUIET, RULE, pick_label

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
    page: Page, axes: Axes, middle: float, segments: Sequence[Segment], *, start: float = 0
) -> None:
    """Draw segments side by side from `start`, each with its words if they fit."""
    total = sum(segment.width for segment in segments)
    low, high = axes.get_xlim()
    inch = (page.bar_right - page.bar_left) / (high - low)
    left = start
    for segment in segments:
        width = segment.width
        if not width:
            continue
        hatch = HATCHES.get(segment.colour)
        axes.barh(
            middle,
            width,
            page.preset.bar,
            left=left,
            color=segment.colour,
            edgecolor=RULE if hatch else "white",
            hatch=hatch,
            linewidth=0.7,
        )
        place = left + width / 2
        left += width
        if width >= LEAST_SHARE * total:
            _write_fitting(page, axes, (place, middle), segment, width * inch)


def write_over(page: Page, axes: Axes, place: tuple[float, float], words: str, colour: str) -> None:
    """Write small words on the axes, centred on a place."""
    axes.text(*place, words, ha="center", va="center", size=page.preset.small_size, color=colour)


def write_nothing(page: Page, axes: Axes, place: tuple[float, float], words: str) -> None:
    """Write that there is nothing to draw, over whatever lines run there."""
    size, ground = page.preset.small_size, {"facecolor": "white", "edgecolor": "none", "pad": 1}
    axes.text(*place, words, ha="center", va="center", size=size, color=QUIET, bbox=ground)


def _write_fitting(
    page: Page, axes: Axes, place: tuple[float, float], segment: Segment, width: float
) -> None:
    """Write a segment's words if they fit into its width in inches, without the % if need be."""
    for words in dict.fromkeys((segment.words, segment.words.removesuffix("%"))):
        if measure(words, page.preset.small_size) + 0.04 <= width:
            write_over(page, axes, place, words, pick_label(segment.colour))
            return
