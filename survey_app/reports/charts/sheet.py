"""A page being drawn on: its words, its legend and the axes over its rows."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from survey_app.reports.charts.page import Band, Page
from survey_app.reports.palette import HATCHES, INK, QUIET, RULE, pick_label


class Sheet:
    """A page being drawn on. `signs` are those within the boxes of its legend, if any."""

    def __init__(self, page: Page, signs: tuple[str, ...] = ()) -> None:
        self.page = page
        self.preset = page.preset
        self.figure = Figure(figsize=(page.preset.width, page.height), facecolor="white")
        self._write_words()
        self._draw_legend(signs)

    def write(
        self,
        left: float,
        top: float,
        words: str,
        *,
        size: float | None = None,
        colour: str = INK,
        weight: str = "normal",
        align: str = "left",
        vertical: str = "center",
        turned: bool = False,
        cleared: bool = False,
    ) -> None:
        """Write words at a place in inches; `cleared` of the lines that run below them."""
        ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.5} if cleared else None
        self.figure.text(
            left / self.preset.width,
            1 - top / self.page.height,
            words,
            size=size or self.preset.size,
            color=colour,
            weight=weight,
            ha=align,
            va=vertical,
            rotation=90 if turned else 0,
            bbox=ground,
        )

    def add_axes(self, low: float, high: float) -> Axes:
        """Return axes over the rows from `low` to `high`, whose height is in inches."""
        page, preset = self.page, self.preset
        bottom = page.height - page.top - page.body
        box = (
            page.bar_left / preset.width,
            bottom / page.height,
            (page.bar_right - page.bar_left) / preset.width,
            page.body / page.height,
        )
        axes = self.figure.add_axes(box)
        axes.set_xlim(low, high)
        axes.set_ylim(page.body, 0)
        axes.set_yticks([])
        axes.tick_params(axis="x", labelsize=preset.small_size, colors=QUIET, length=3, color=RULE)
        if preset.label_width is not None:  # or its lines would run through the rows' words
            axes.grid(axis="x", color=RULE, linewidth=0.6)
        axes.set_axisbelow(True)
        for side in axes.spines.values():
            side.set_visible(False)
        return axes

    def draw_box(
        self, corner: tuple[float, float], width: float, height: float, colour: str
    ) -> None:
        """Draw a box of a colour by its upper left corner, all in inches."""
        left, top = corner
        box = Rectangle(
            (left / self.preset.width, 1 - (top + height) / self.page.height),
            width / self.preset.width,
            height / self.page.height,
            transform=self.figure.transFigure,
            facecolor=colour,
            edgecolor=QUIET,
            hatch=HATCHES.get(colour),
            linewidth=0.05 * self.preset.size,
        )
        self.figure.add_artist(box)

    def write_rows(self) -> None:
        """Write the rows' words, at the left of their bars or above them, and what heads them."""
        for number, band in enumerate(self.page.bands):
            heads = number in self.page.heads
            weight = "bold" if heads else "normal"
            for place, line in enumerate(band.lines):
                top = self.page.top + band.first + place * self.preset.line
                self.write(self.preset.margin, top, line, weight=weight, cleared=heads)

    def write_end(self, band: Band, *numbers: str, quiet: int, bold: int | None = None) -> None:
        """Write what stands in the columns at a row's end.

        The last `quiet` of them are out of the base and grey; the one at the place `bold` counts
        most.
        """
        top = self.page.top + band.middle
        for place, (right, number) in enumerate(zip(self.page.ends, numbers, strict=True)):
            colour = QUIET if place >= len(numbers) - quiet else INK
            weight = "bold" if place == bold else "normal"
            self.write(right, top, number, align="right", colour=colour, weight=weight)

    def write_headings(self) -> None:
        """Write what the columns at the right hold."""
        size, line = self.preset.small_size, self.preset.small_line
        for right, lines in zip(self.page.ends, self.page.headings, strict=True):
            first = self.page.top - self.preset.em / 4 - (len(lines) - 0.5) * line
            for place, word in enumerate(lines):
                top = first + place * line
                self.write(right, top, word, align="right", size=size, colour=QUIET)

    def write_axis(self, words: str) -> None:
        """Write what the axis counts."""
        page, size = self.page, self.preset.small_size
        left = (page.bar_left + page.bar_right) / 2
        top = page.top + page.body + 2.4 * self.preset.small_line
        self.write(left, top, words, size=size, colour=QUIET, align="center")

    def _write_words(self) -> None:
        page, preset = self.page, self.preset
        for place, line in enumerate(page.title_lines):
            top = preset.margin + (place + 0.5) * preset.title_line
            self.write(preset.margin, top, line, size=preset.title_size, weight="bold")
        height = len(page.caption_lines) * preset.small_line
        first = page.height - preset.margin - height + preset.small_line / 2
        for place, line in enumerate(page.caption_lines):
            top = first + place * preset.small_line
            self.write(preset.margin, top, line, size=preset.small_size, colour=QUIET)

    def _draw_legend(self, signs: tuple[str, ...]) -> None:
        page, side = self.page, self.preset.swatch
        for place, ((colour, words), (left, line)) in enumerate(
            zip(page.legend, page.legend_places, strict=True)
        ):
            top = page.legend_top + line * page.legend_line
            self.draw_box((left, top), side, side, colour)
            if signs:
                centre = left + side / 2, top + side / 2
                size = self.preset.small_size
                ink = pick_label(colour)
                self.write(*centre, signs[place], size=size, colour=ink, align="center")
            self.write(left + 1.5 * side, top + side / 2, words)
