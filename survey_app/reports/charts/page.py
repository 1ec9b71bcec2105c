"""The page of a chart: title on top, legend, rows in the middle, caption below; all in inches.

Places are measured from the upper left corner, as one reads. The height follows the rows, or the
rows are spread over it where the preset has one of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from survey_app.reports.charts.lettering import measure, wrap
from survey_app.reports.presets import Preset

COLUMN_GAP = 1.3
"""Between the columns at the right, in heights of small letters."""

MOST_SPREAD = 1.7
"""How much higher than they need to be rows are made to fill a page of fixed height."""

SMALLER = 0.94
"""By how much type shrinks, step by step, until everything is on a page of fixed height."""

Legend = Sequence[tuple[str, str]]
"""Colours with their words, in order."""


@dataclass(frozen=True, kw_only=True)
class Band:
    """The place of one row, in inches from the top row, and its words in lines.

    It is told by the middle of the first line, the middle of the bar, and the row's end.
    """

    lines: tuple[str, ...]
    first: float
    middle: float
    end: float


@dataclass(frozen=True, kw_only=True)
class Page:
    """A chart's words, from which its size follows.

    `columns` head the numbers at the right of the bars, and `room` is the longest of what is
    written behind a bar. A chart without rows says how high its `space` is, and one with more than
    headings over the rows how high the `overhead`.
    """

    preset: Preset
    title: str
    caption: str
    labels: tuple[str, ...] = ()
    heads: frozenset[int] = frozenset()
    legend: Legend = ()
    columns: tuple[str, ...] = ()
    room: str = ""
    space: float = 0.0
    overhead: float = 0.0
    has_axis: bool = True

    @cached_property
    def title_lines(self) -> tuple[str, ...]:
        """The title in lines."""
        preset = self.preset
        return wrap(self.title, preset.inner_width, preset.title_size, "bold")

    @cached_property
    def caption_lines(self) -> tuple[str, ...]:
        """The caption in lines."""
        return wrap(self.caption, self.preset.inner_width, self.preset.small_size)

    @cached_property
    def headings(self) -> tuple[tuple[str, ...], ...]:
        """The heads of the columns, a word on each line."""
        return tuple(tuple(words.split()) for words in self.columns)

    @cached_property
    def ends(self) -> tuple[float, ...]:
        """The right ends of the columns."""
        size = self.preset.small_size
        right, ends = self.preset.width - self.preset.margin, list[float]()
        for lines in reversed(self.headings):
            ends.append(right)
            widest = max(measure(word, size) for word in (*lines, "0000"))
            right -= widest + COLUMN_GAP * self.preset.small_line / 2
        return tuple(reversed(ends))

    @property
    def legend_line(self) -> float:
        """From one line of the legend to the next."""
        return 1.7 * self.preset.swatch

    @cached_property
    def legend_places(self) -> tuple[tuple[float, int], ...]:
        """The left end and the line of each entry of the legend."""
        preset = self.preset
        left_end, right_end = preset.margin, preset.width - preset.margin
        places, left, line = [], left_end, 0
        for _colour, words in self.legend:
            width = 1.6 * preset.swatch + measure(words, preset.size)
            if left > left_end and left + width > right_end:
                left, line = left_end, line + 1
            places.append((left, line))
            left += width + 1.6 * preset.em
        return tuple(places)

    @property
    def bar_left(self) -> float:
        """Where the bars begin."""
        preset = self.preset
        if preset.label_width is None:
            # Half a number of the axis stands left of it.
            return preset.margin + measure("100", preset.small_size) / 2
        return preset.margin + preset.label_width + 1.6 * preset.em

    @property
    def bar_right(self) -> float:
        """Where the longest bar ends."""
        preset = self.preset
        behind = max(measure(self.room, preset.small_size), measure("100", preset.small_size) / 2)
        right = preset.width - preset.margin
        if self.ends:
            widest = max(measure(word, preset.small_size) for word in (*self.headings[0], "0000"))
            right = self.ends[0] - widest - 0.4 * preset.em
        return right - behind - 0.4 * preset.em

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The rows, as high as their words need or as the page lets them be."""
        if self.preset.height is None or not self.labels:
            return self._arrange(1)
        needed = self._arrange(1)[-1].end
        free = self.preset.height - (self._height_without_body + needed)
        return self._arrange(min(max(1 + free / needed, 1), MOST_SPREAD))

    @property
    def rows(self) -> tuple[Band, ...]:
        """The bands that have a bar."""
        return tuple(band for place, band in enumerate(self.bands) if place not in self.heads)

    def _arrange(self, spread: float) -> tuple[Band, ...]:
        bands, top = list[Band](), 0.0
        for place, label in enumerate(self.labels):
            if place in self.heads:
                bands.append(self._place_head(label, top, spread))
            elif self.preset.label_width is None:
                bands.append(self._place_above(label, top, spread))
            else:
                bands.append(self._place_beside(label, top, spread))
            top = bands[-1].end
        return tuple(bands)

    def _place_beside(self, label: str, top: float, spread: float) -> Band:
        preset = self.preset
        lines = wrap(label, preset.label_width or 0, preset.size)
        words = len(lines) * preset.line
        height = max(words + preset.gap, preset.bar + 1.1 * preset.gap) * spread
        middle = top + height / 2
        first = middle - (len(lines) - 1) * preset.line / 2
        return Band(lines=lines, first=first, middle=middle, end=top + height)

    def _place_above(self, label: str, top: float, spread: float) -> Band:
        preset = self.preset
        lines = wrap(label, preset.inner_width, preset.size)
        words = len(lines) * preset.line if any(lines) else 0
        end = top + (words + preset.bar + preset.gap * 1.6) * spread
        middle = end - preset.gap - preset.bar / 2
        first = middle - preset.bar / 2 - words + preset.line * 0.36
        return Band(lines=lines, first=first, middle=middle, end=end)

    def _place_head(self, label: str, top: float, spread: float) -> Band:
        preset = self.preset
        lines = wrap(label, preset.inner_width, preset.size, "bold")
        end = top + (len(lines) * preset.line + 1.2 * preset.gap) * spread
        first = end - (len(lines) - 0.5) * preset.line - preset.gap / 5
        return Band(lines=lines, first=first, middle=first, end=end)

    @property
    def body(self) -> float:
        """The height of all rows, or of what stands in their stead."""
        return self.bands[-1].end if self.labels else self.space

    @property
    def legend_top(self) -> float:
        """Where the legend begins."""
        return (
            self.preset.margin + len(self.title_lines) * self.preset.title_line + self.preset.em / 2
        )

    @property
    def top(self) -> float:
        """Where the rows begin."""
        lines = self.legend_places[-1][1] + 1 if self.legend else 0
        heads = max((len(lines) for lines in self.headings), default=0) * self.preset.small_line
        overhead = max(heads + self.preset.em / 2, self.overhead)
        return self.legend_top + lines * self.legend_line + overhead

    @property
    def height(self) -> float:
        """The height of the page."""
        return self.preset.height or self.needed_height

    @property
    def needed_height(self) -> float:
        """The least height that holds everything."""
        body = self._arrange(1)[-1].end if self.labels else self.space
        return self._height_without_body + body

    @property
    def _height_without_body(self) -> float:
        below = self.preset.axis if self.has_axis else self.preset.em
        words = (len(self.caption_lines) + 0.5) * self.preset.small_line
        return self.top + below + words + self.preset.margin


def fit_page(preset: Preset, make: Callable[[Preset], Page]) -> Page:
    """Return the page in the largest type, up to the preset's own, with which it is not too high.

    Charts look alike on a slide as far as they can: what has many rows is set smaller.
    """
    page = make(preset)
    while preset.height is not None and page.needed_height > preset.height:
        preset = preset.scale(SMALLER)
        page = make(preset)
    return page
