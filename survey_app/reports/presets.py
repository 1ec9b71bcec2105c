"""How charts are drawn: for a page on a screen, one column of a journal, or a slide."""

from dataclasses import dataclass, replace
from typing import Literal, get_args

PresetName = Literal["screen", "journal", "slide"]
PRESET_NAMES: tuple[PresetName, ...] = get_args(PresetName)

POINTS = 72
MILLIMETRES = 25.4
LEADING = 1.32
"""From line to line, in heights of the letters."""


@dataclass(frozen=True, kw_only=True)
class Preset:
    """The measures of a chart: lengths in inches, type in points, `resolution` in dots per inch.

    `height` is that of every page, or None where it follows the rows. Words stand in a column of
    `label_width` beside the bars, or above them where it is None. `gap` is what a row has beside
    its words. Groups that are compared go on in a further chart after `most_bars`.
    """

    name: PresetName
    width: float
    height: float | None
    margin: float
    label_width: float | None
    size: float
    title_size: float
    small_size: float
    bar: float
    gap: float
    resolution: int
    most_bars: int

    @property
    def em(self) -> float:
        """The height of its letters in inches."""
        return self.size / POINTS

    @property
    def line(self) -> float:
        """From one line of a row's words to the next."""
        return LEADING * self.em

    @property
    def title_line(self) -> float:
        """From one line of the title to the next."""
        return LEADING * self.title_size / POINTS

    @property
    def small_line(self) -> float:
        """From one line of small words to the next."""
        return LEADING * self.small_size / POINTS

    @property
    def swatch(self) -> float:
        """The side of a box of colour in the legend."""
        return 1.1 * self.em

    @property
    def axis(self) -> float:
        """The height of the axis with its numbers and its words."""
        return 3.2 * self.small_line

    @property
    def inner_width(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin

    def scale(self, factor: float) -> "Preset":
        """Return the same page with smaller or larger type and bars."""
        return replace(
            self,
            size=self.size * factor,
            title_size=self.title_size * factor,
            small_size=self.small_size * factor,
            bar=self.bar * factor,
            gap=self.gap * factor,
        )


SCREEN = Preset(
    name="screen",
    width=10,
    height=None,
    margin=0.3,
    label_width=3.2,
    size=9,
    title_size=12,
    small_size=8,
    bar=0.27,
    gap=0.13,
    resolution=150,
    most_bars=40,
)
JOURNAL = Preset(
    name="journal",
    width=89 / MILLIMETRES,
    height=None,
    margin=0.05,
    label_width=None,
    size=7.5,
    title_size=9,
    small_size=7,
    bar=0.17,
    gap=0.09,
    resolution=600,
    most_bars=40,
)
"""One column as most journals set it, in type of 7 to 9 points; pictures of 600 dots an inch."""

SLIDE = Preset(
    name="slide",
    width=40 / 3,
    height=7.5,
    margin=0.6,
    label_width=4.4,
    size=16,
    title_size=24,
    small_size=13,
    bar=0.46,
    gap=0.24,
    resolution=144,
    most_bars=6,
)
"""16 to 9, as programs for slides make them; a picture has 1920 dots by 1080."""

PRESETS: dict[PresetName, Preset] = {each.name: each for each in (SCREEN, JOURNAL, SLIDE)}


@dataclass(frozen=True, kw_only=True)
class Style:
    """How charts are drawn. Batteries stand as they were asked, or `by_top`: most agreed first."""

    preset: Preset = SCREEN
    by_top: bool = False
