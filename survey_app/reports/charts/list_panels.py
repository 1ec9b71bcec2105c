"""Lists in groups: a panel for each option, with one bar a group."""

from dataclasses import replace

from matplotlib.figure import Figure

from survey_app.definition.shapes import Counts, Level
from survey_app.reports.charts.axis import set_ticks
from survey_app.reports.charts.bars import draw_bar, label_bar, sort_levels
from survey_app.reports.charts.lettering import measure
from survey_app.reports.charts.page import Page, fit_page
from survey_app.reports.charts.panel_parts import Told, caption_panels, draw_hidden, interleave
from survey_app.reports.charts.segments import SMALL_BASE
from survey_app.reports.charts.sheet import Sheet
from survey_app.reports.descriptions import count_not_asked, count_silent
from survey_app.reports.panels import is_hidden
from survey_app.reports.presets import Preset
from survey_app.reports.wording import say
from survey_app.translations import gettext as _


def draw_lists(
    whole: Counts, groups: list[tuple[str, Counts]], told: Told, preset: Preset
) -> Figure:
    """Return the chart of a list in groups, the options chosen most by those shown first."""
    language = told.origin.context.language
    levels = sort_levels(_add_up(whole, groups))
    most = max((each.n for _name, each in groups if not is_hidden(each.n)), default=0)
    per_cent = most >= SMALL_BASE
    counts = [(group, _find(group, level)) for level in levels for _name, group in groups]
    words = [label_bar(count, group.n, per_cent=per_cent) for group, count in counts]
    heads = [say(level.text, language) for level in levels]
    labels, places = interleave(heads, [name for name, _counts in groups])

    def make_page(preset: Preset) -> Page:
        return Page(
            preset=preset,
            title=say(whole.text, language),
            caption=caption_panels(told, [group for _name, group in groups]),
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
            draw_hidden(page, axes, band.middle, told.protected)
            continue
        missing = group.missing
        numbers = (group.n, count_silent(missing), count_not_asked(missing))
        sheet.write_end(band, *map(str, numbers), quiet=2)
        draw_bar(page, axes, band, 100 * count / group.n if per_cent else count, label)
    sheet.write_headings()
    sheet.write_axis(_("% of those who answered") if per_cent else _("people"))
    return sheet.figure


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
