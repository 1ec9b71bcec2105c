"""The page of a chart: title on top, legend, rows in the middle, caption below; all in inches.

Places are measured from the upper left corner, as one reads. The height follows the rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from survey_app.reports.charts.lettering import SIZE, measure, wrap
from survey_app.reports.charts.palette import HATCHES, INK, QUIET, RULE

WIDTH = 10.0
MARGIN = 0.3
LABEL_WIDTH = 3.2
BAR_LEFT = 3.7
BAR_RIGHT = 7.9
ENDS = (8.3, 9.0, 9.7)
"""The right ends of the columns beside the bars; where there are two, they take the outer ones."""
LINE = 0.165
TITLE_SIZE = 12.0
TITLE_LINE = 0.22
SMALL = 8.0
SMALL_LINE = 0.15
SWATCH = 0.14
BAR = 0.27
LEAST_ROW = 0.42
HEADING = 0.24
AXIS = 0.5

Legend = Sequence[tuple[str, str]]
"""Colours with their words, in order."""


@dataclass(frozen=True, kw_only=True)
class Band:
    """The place of one row: its lines of words and the middle of its height from the top row."""

    lines: tuple[str, ...]
    middle: float


@dataclass(frozen=True, kw_only=True)
class Page:
    """A chart's words, from which its size follows."""

    title: str
    caption: str
    labels: tuple[str, ...]
    legend: Legend = ()

    @cached_property
    def title_lines(self) -> tuple[str, ...]:
        """The title in lines."""
        return wrap(self.title, WIDTH - 2 * MARGIN, TITLE_SIZE, "bold")

    @cached_property
    def caption_lines(self) -> tuple[str, ...]:
        """The caption in lines."""
        return wrap(self.caption, WIDTH - 2 * MARGIN, SMALL)

    @cached_property
    def legend_places(self) -> tuple[tuple[float, int], ...]:
        """The left end and the line of each entry of the legend."""
        places, left, line = [], MARGIN, 0
        for _colour, words in self.legend:
            width = SWATCH + 0.08 + measure(words) + 0.25
            if left > MARGIN and left + width > WIDTH - MARGIN:
                left, line = MARGIN, line + 1
            places.append((left, line))
            left += width
        return tuple(places)

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The rows, as high as their words need."""
        bands, top = [], 0.0
        for label in self.labels:
            lines = wrap(label, LABEL_WIDTH)
            height = max(LEAST_ROW, len(lines) * LINE + 0.12)
            bands.append(Band(lines=lines, middle=top + height / 2))
            top += height
        return tuple(bands)

    @property
    def body(self) -> float:
        """The height of all rows."""
        last = self.bands[-1]
        return last.middle + max(LEAST_ROW, len(last.lines) * LINE + 0.12) / 2

    @property
    def legend_top(self) -> float:
        """Where the legend begins."""
        return MARGIN + len(self.title_lines) * TITLE_LINE + 0.12

    @property
    def top(self) -> float:
        """Where the rows begin."""
        lines = self.legend_places[-1][1] + 1 if self.legend else 0
        return self.legend_top + lines * (SWATCH + 0.1) + HEADING

    @property
    def height(self) -> float:
        """The height of the page."""
        return self.top + self.body + AXIS + len(self.caption_lines) * SMALL_LINE + MARGIN


class Sheet:
    """A page being drawn on."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.figure = Figure(figsize=(WIDTH, page.height), facecolor="white")
        self._write_words()
        self._draw_legend()

    def write(
        self,
        left: float,
        top: float,
        words: str,
        *,
        size: float = SIZE,
        colour: str = INK,
        weight: str = "normal",
        align: str = "left",
        vertical: str = "center",
    ) -> None:
        """Write words at a place in inches."""
        self.figure.text(
            left / WIDTH,
            1 - top / self.page.height,
            words,
            size=size,
            color=colour,
            weight=weight,
            ha=align,
            va=vertical,
        )

    def add_axes(self, low: float, high: float) -> Axes:
        """Return axes over the rows from `low` to `high`, whose height is in inches."""
        page = self.page
        bottom = page.height - page.top - page.body
        box = (
            BAR_LEFT / WIDTH,
            bottom / page.height,
            (BAR_RIGHT - BAR_LEFT) / WIDTH,
            page.body / page.height,
        )
        axes = self.figure.add_axes(box)
        axes.set_xlim(low, high)
        axes.set_ylim(page.body, 0)
        axes.set_yticks([])
        axes.tick_params(axis="x", labelsize=SMALL, colors=QUIET, length=3, color=RULE)
        axes.grid(axis="x", color=RULE, linewidth=0.6)
        axes.set_axisbelow(True)
        for side in axes.spines.values():
            side.set_visible(False)
        return axes

    def write_row(self, band: Band) -> None:
        """Write a row's words at its left."""
        first = self.page.top + band.middle - (len(band.lines) - 1) * LINE / 2
        for place, line in enumerate(band.lines):
            self.write(MARGIN, first + place * LINE, line)

    def write_end(self, band: Band, n: int, *others: int) -> None:
        """Write a row's base and, in grey, how many are not in it."""
        top = self.page.top + band.middle
        for place, number in enumerate((n, *others)):
            right = ENDS[place] if place < len(others) else ENDS[-1]
            self.write(right, top, str(number), align="right", colour=QUIET if place else INK)

    def write_headings(self, n: str, *others: str) -> None:
        """Write what the columns at the right hold."""
        top = self.page.top - HEADING / 2 + 0.02
        for place, words in enumerate((n, *others)):
            right = ENDS[place] if place < len(others) else ENDS[-1]
            self.write(right, top, words, align="right", size=SMALL, colour=QUIET)

    def write_axis(self, words: str) -> None:
        """Write what the axis counts."""
        left = (BAR_LEFT + BAR_RIGHT) / 2
        top = self.page.top + self.page.body + 0.36
        self.write(left, top, words, size=SMALL, colour=QUIET, align="center")

    def _write_words(self) -> None:
        page = self.page
        for place, line in enumerate(page.title_lines):
            top = MARGIN + (place + 0.5) * TITLE_LINE
            self.write(MARGIN, top, line, size=TITLE_SIZE, weight="bold")
        first = page.top + page.body + AXIS + SMALL_LINE / 2 + 0.05
        for place, line in enumerate(page.caption_lines):
            self.write(MARGIN, first + place * SMALL_LINE, line, size=SMALL, colour=QUIET)

    def _draw_legend(self) -> None:
        page = self.page
        for (colour, words), (left, line) in zip(page.legend, page.legend_places, strict=True):
            middle = page.legend_top + line * (SWATCH + 0.1) + SWATCH / 2
            box = Rectangle(
                (left / WIDTH, 1 - (middle + SWATCH / 2) / page.height),
                SWATCH / WIDTH,
                SWATCH / page.height,
                transform=self.figure.transFigure,
                facecolor=colour,
                edgecolor=QUIET,
                hatch=HATCHES.get(colour),
                linewidth=0.4,
            )
            self.figure.add_artist(box)
            self.write(left + SWATCH + 0.08, middle, words)
