"""Groups side by side: a panel for each row or option, with one bar a group on the same axis."""

from dataclasses import replace

from matplotlib.figure import Figure

from survey_app.definition.shapes import Counts, Grid, GridRow, Level
from survey_app.reports.charts.axis import draw_zero, set_ticks
from survey_app.reports.charts.bars import draw_bar, label_bar, sort_levels
from survey_app.reports.charts.caption import Origin, make_caption
from survey_app.reports.charts.grids import (
    BASE,
    head_columns,
    label_row,
    list_numbers,
    make_bars,
    make_legend,
    say_rounded,
)
from survey_app.reports.charts.lettering import measure
from survey_app.reports.charts.page import Page, fit_page
from survey_app.reports.charts.segments import SMALL_BASE, draw_segments, write_nothing
from survey_app.reports.charts.sheet import Sheet
from survey_app.reports.descriptions import count_not_asked, count_silent
from survey_app.reports.panels import Panels, is_hidden
from survey_app.reports.presets import Preset
from survey_app.reports.statistics.results import LEAST_IN_GROUP
from survey_app.reports.wording import say
from survey_app.translations import gettext as _


def draw_panels(panels: Panels, origin: Origin, preset: Preset) -> Figure:
    """Return the chart of a battery or a list in groups; who are too few have no bar."""
    whole = panels.whole
    if isinstance(whole, Grid):
        grids = [(name, each) for name, each in panels.groups if isinstance(each, Grid)]
        return _draw_grids(whole, grids, (origin, panels.remarks), preset)
    lists = [(name, each) for name, each in panels.groups if isinstance(each, Counts)]
    return _draw_lists(whole, lists, (origin, panels.remarks), preset)


Told = tuple[Origin, tuple[str, ...]]
"""What the caption tells: where the numbers come from, and what is not shown."""


def _draw_grids(whole: Grid, groups: list[tuple[str, Grid]], told: Told, preset: Preset) -> Figure:
    language = told[0].context.language
    rows = [grid.rows[place] for place in range(len(whole.rows)) for _name, grid in groups]
    # Of those who are hidden nothing is drawn, so nothing may be made of their numbers either.
    drawn = replace(whole, rows=tuple(_hide(row) for row in rows))
    bars = make_bars(drawn)
    heads = [label_row(whole, row, language) for row in whole.rows]
    labels, places = _interleave(heads, [name for name, _grid in groups])

    def make_page(preset: Preset) -> Page:
        return Page(
            preset=preset,
            title=say(whole.text, language),
            caption=_make_caption(told, rows, say_rounded() if bars.per_cent else ""),
            labels=labels,
            heads=places,
            legend=make_legend(whole, language),
            columns=head_columns(whole),
        )

    page = fit_page(preset, make_page)
    sheet = Sheet(page)
    sheet.write_rows()
    axes = sheet.add_axes(*bars.limits)
    set_ticks(axes, per_cent=bars.per_cent)
    for row, band, segments, start in zip(rows, page.rows, bars.rows, bars.starts, strict=True):
        if is_hidden(row.n):
            write_nothing(page, axes, (sum(bars.limits) / 2, band.middle), _say_hidden())
            continue
        numbers = list_numbers(whole, row, per_cent=bars.per_cent)
        sheet.write_end(band, *numbers, quiet=2, bold=0 if len(numbers) > len(BASE) else None)
        draw_segments(page, axes, band.middle, segments, start=start)
    if whole.direction == "bipolar":
        draw_zero(page, axes)
    sheet.write_headings()
    sheet.write_axis(_("% of those who answered") if bars.per_cent else _("people"))
    return sheet.figure


def _draw_lists(
    whole: Counts, groups: list[tuple[str, Counts]], told: Told, preset: Preset
) -> Figure:
    language = told[0].context.language
    levels = sort_levels(_add_up(whole, groups))
    shown = [counts.n for _name, counts in groups if not is_hidden(counts.n)]
    most = max(shown, default=0)
    per_cent = most >= SMALL_BASE
    counts = [(group, _find(group, level)) for level in levels for _name, group in groups]
    words = [label_bar(count, group.n, per_cent=per_cent) for group, count in counts]
    heads = [say(level.text, language) for level in levels]
    labels, places = _interleave(heads, [name for name, _counts in groups])

    def make_page(preset: Preset) -> Page:
        return Page(
            preset=preset,
            title=say(whole.text, language),
            caption=_make_caption(told, [group for _name, group in groups]),
            labels=labels,
            heads=places,
            columns=(_("n"), _("no answer"), _("not asked")),
            room=max(words, key=measure),
        )

    page = fit_page(preset, make_page)
    sheet = Sheet(page)
    sheet.write_rows()
    axes = sheet.add_axes(0, 100 if per_cent else max(most, 1))
    set_ticks(axes, per_cent=per_cent)
    for (group, count), band, label in zip(counts, page.rows, words, strict=True):
        if is_hidden(group.n):
            write_nothing(page, axes, (axes.get_xlim()[1] / 2, band.middle), _say_hidden())
            continue
        missing = group.missing
        numbers = (group.n, count_silent(missing), count_not_asked(missing))
        sheet.write_end(band, *map(str, numbers), quiet=2)
        draw_bar(page, axes, band, 100 * count / group.n if per_cent else count, label)
    sheet.write_headings()
    sheet.write_axis(_("% of those who answered") if per_cent else _("people"))
    return sheet.figure


def _interleave(heads: list[str], names: list[str]) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return each head followed by all names, and the places of the heads."""
    labels = tuple(label for head in heads for label in (head, *names))
    return labels, frozenset(range(0, len(labels), len(names) + 1))


def _make_caption(told: Told, counted: list[GridRow] | list[Counts], remark: str = "") -> str:
    origin, remarks = told
    hidden = _say_why_hidden() if any(is_hidden(each.n) for each in counted) else ""
    return make_caption(origin, " · ".join(each for each in (*remarks, remark, hidden) if each))


def _say_hidden() -> str:
    return _("fewer than {least}").format(least=LEAST_IN_GROUP)


def _say_why_hidden() -> str:
    return _("groups in which fewer than {least} answered are not shown").format(
        least=LEAST_IN_GROUP
    )


def _hide(row: GridRow) -> GridRow:
    return replace(row, counts=(0,) * len(row.counts), n=0) if is_hidden(row.n) else row


def _add_up(whole: Counts, groups: list[tuple[str, Counts]]) -> Counts:
    """Return the list with what the groups that are shown chose in all, by which it is sorted."""
    shown = [counts for _name, counts in groups if not is_hidden(counts.n)]
    levels = tuple(
        replace(level, count=sum(_find(counts, level) for counts in shown))
        for level in whole.levels
    )
    return replace(whole, levels=levels)


def _find(counts: Counts, level: Level) -> int:
    return next(each.count for each in counts.levels if each.code == level.code)
