"""Numbers: a box from the lower to the upper quartile, with the extremes, median and mean."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from survey_app.definition.shapes import Numbers
from survey_app.reports.charts.caption import Origin, make_caption
from survey_app.reports.charts.page import Page, fit_page
from survey_app.reports.charts.segments import write_nothing
from survey_app.reports.charts.sheet import Sheet
from survey_app.reports.descriptions import describe_blanks, show_number
from survey_app.reports.palette import INK, ONE, SEQUENTIAL
from survey_app.reports.presets import Preset
from survey_app.reports.wording import say
from survey_app.translations import gettext as _

Box = tuple[float, float, float, float, float]
"""Minimum, lower quartile, median, upper quartile, maximum."""


def draw_numbers(numbers: Numbers, origin: Origin, preset: Preset) -> Figure:
    """Return the box of a number's distribution (Tukey 1977; whiskers reach the extremes)."""
    box = find_box(numbers)

    def make_page(preset: Preset) -> Page:
        return Page(
            preset=preset,
            title=say(numbers.text, origin.context.language),
            caption=make_caption(origin, _("box: middle half, line: median, dot: mean")),
            labels=(list_numbers(numbers) if box else "",),
        )

    page = fit_page(preset, make_page)
    sheet = Sheet(page)
    sheet.write_rows()
    (band,) = page.bands
    axes = sheet.add_axes(*find_limits(box))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=are_whole(box)))
    if box is None:
        axes.set_xticks([])
        write_nothing(page, axes, (0.5, band.middle), _("no answers"))
    else:
        _draw_box(axes, (band.middle, preset.bar), box, numbers.mean)
    words = _("{n} answered; {blanks}")
    sheet.write_axis(words.format(n=numbers.n, blanks=describe_blanks(numbers.missing)))
    return sheet.figure


def find_box(numbers: Numbers) -> Box | None:
    """Return the five numbers of the box; None without answers."""
    five = (
        numbers.minimum,
        numbers.lower_quartile,
        numbers.median,
        numbers.upper_quartile,
        numbers.maximum,
    )
    low, lower, median, upper, high = (each for each in five)
    if low is None or lower is None or median is None or upper is None or high is None:
        return None
    return low, lower, median, upper, high


def find_limits(box: Box | None) -> tuple[float, float]:
    """Return the ends of the axis, a little beyond the extremes."""
    if box is None:
        return 0, 1
    room = 0.05 * (box[-1] - box[0]) or 1
    return box[0] - room, box[-1] + room


def are_whole(box: Box | None) -> bool:
    """Whether the extremes are whole numbers, so that ticks between them would mislead."""
    return box is not None and box[0].is_integer() and box[-1].is_integer()


def list_numbers(numbers: Numbers) -> str:
    """Return the numbers of the box in words, one on a line."""
    return _(
        "median {median}\nquartiles {lower} and {upper}\nlowest {low}, highest {high}\nmean {mean}"
    ).format(
        median=show_number(numbers.median),
        lower=show_number(numbers.lower_quartile),
        upper=show_number(numbers.upper_quartile),
        low=show_number(numbers.minimum),
        high=show_number(numbers.maximum),
        mean=show_number(numbers.mean),
    )


def _draw_box(axes: Axes, place: tuple[float, float], box: Box, mean: float | None) -> None:
    """Draw the box around the middle of its row, as high as a bar."""
    middle, bar = place
    low, lower, median, upper, high = box
    axes.plot([low, high], [middle, middle], color=ONE, linewidth=1.4)
    for end in (low, high):
        axes.plot([end, end], [middle - bar / 4, middle + bar / 4], color=ONE, linewidth=1.4)
    axes.add_patch(
        Rectangle(
            (lower, middle - bar / 2), upper - lower, bar, facecolor=SEQUENTIAL[0], edgecolor=ONE
        )
    )
    axes.plot([median, median], [middle - bar / 2, middle + bar / 2], color=INK, linewidth=2)
    if mean is not None:
        axes.plot([mean], [middle], marker="o", color=INK, markersize=15 * bar)
