"""The axis below the bars: what its ticks count, and where its middle is."""

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, MultipleLocator

from survey_app.reports.charts.page import Page
from survey_app.reports.palette import QUIET

QUARTER = 25


def set_ticks(axes: Axes, *, per_cent: bool) -> None:
    """Put ticks at quarters or at whole people; what lies left of zero counts as well."""
    axes.xaxis.set_major_locator(
        MultipleLocator(QUARTER) if per_cent else MaxNLocator(nbins=6, integer=True)
    )
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _place: f"{abs(value):.0f}"))


def draw_zero(page: Page, axes: Axes) -> None:
    """Draw the line at which a scale with two directions turns, behind the bars."""
    if page.preset.label_width is not None:
        axes.plot([0, 0], [0, page.body], color=QUIET, linewidth=0.8, zorder=0.8)
        return
    reach = 0.8 * page.preset.bar
    for band in page.rows:
        ends = (band.middle - reach, band.middle + reach)
        axes.plot([0, 0], ends, color=QUIET, linewidth=0.8, zorder=0.8)
