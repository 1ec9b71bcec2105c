"""Lists: one bar for each option, in per cent of those who answered or in people."""

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from survey_app.definition.fields.chosen import OTHER
from survey_app.definition.shapes import Counts, Level
from survey_app.reports.charts.axis import set_ticks
from survey_app.reports.charts.caption import Origin, make_caption
from survey_app.reports.charts.lettering import measure
from survey_app.reports.charts.page import Band, Page, fit_page
from survey_app.reports.charts.segments import SMALL_BASE, write_nothing
from survey_app.reports.charts.sheet import Sheet
from survey_app.reports.descriptions import describe_blanks, show_percent
from survey_app.reports.palette import INK, ONE
from survey_app.reports.presets import Preset
from survey_app.reports.wording import say
from survey_app.translations import gettext as _

GAP = 0.015
"""Between a bar and its number, as a share of the axis."""


def draw_counts(counts: Counts, origin: Origin, preset: Preset) -> Figure:
    """Return a list's chart; where several can be chosen the most frequent stands first."""
    language = origin.context.language
    levels = sort_levels(counts)
    per_cent = counts.n >= SMALL_BASE
    remark = _("several could be chosen") if counts.multiple else ""
    words = [label_bar(level.count, counts.n, per_cent=per_cent) for level in levels]

    def make_page(preset: Preset) -> Page:
        return Page(
            preset=preset,
            title=say(counts.text, language),
            caption=make_caption(origin, remark),
            labels=tuple(say(level.text, language) for level in levels),
            room=max(words, key=measure),
        )

    page = fit_page(preset, make_page)
    sheet = Sheet(page)
    sheet.write_rows()
    whole = 100 if per_cent else max(counts.n, 1)
    axes = sheet.add_axes(0, whole)
    set_ticks(axes, per_cent=per_cent)
    for level, band, label in zip(levels, page.bands, words, strict=True):
        width = 100 * level.count / counts.n if per_cent else level.count
        draw_bar(page, axes, band, width, label)
    if counts.n == 0:
        write_nothing(page, axes, (whole / 2, page.body / 2), _("no answers"))
    sheet.write_axis(describe_base(counts.n, counts.missing, per_cent=per_cent))
    return sheet.figure


def draw_bar(page: Page, axes: Axes, band: Band, width: float, label: str) -> None:
    """Draw a bar from zero, with its number behind it."""
    axes.barh(band.middle, width, page.preset.bar, color=ONE)
    place = width + GAP * axes.get_xlim()[1]
    axes.text(place, band.middle, label, va="center", size=page.preset.small_size, color=INK)


def sort_levels(counts: Counts) -> tuple[Level, ...]:
    """Return the options in the chart's order: sorted if several can be chosen, other last."""
    if not counts.multiple:
        return counts.levels
    return tuple(sorted(counts.levels, key=lambda level: (level.code == OTHER, -level.count)))


def describe_base(n: int, missing: Mapping[str, int], *, per_cent: bool) -> str:
    """Return what the axis counts, out of how many, and what the others did."""
    words = (
        _("% of the {n} who answered; {blanks}")
        if per_cent
        else _("people, of {n} who answered; {blanks}")
    )
    return words.format(n=n, blanks=describe_blanks(missing))


def label_bar(count: int, n: int, *, per_cent: bool) -> str:
    """Return what stands behind a bar: the share with the count, or the count alone."""
    return f"{show_percent(count, n)} ({count})" if per_cent else str(count)
