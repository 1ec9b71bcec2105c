"""Probes by participant as a heat map: each state has a tint and a sign that tell it alike."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from survey_app.reports.charts.caption import Origin, make_caption
from survey_app.reports.charts.lettering import measure
from survey_app.reports.charts.page import Band, Page, fit_page
from survey_app.reports.charts.segments import write_nothing, write_over
from survey_app.reports.charts.sheet import Sheet
from survey_app.reports.coverage import describe_state
from survey_app.reports.matrices import Matrix, MatrixRow
from survey_app.reports.palette import QUIET, RULE, SEQUENTIAL, UNKNOWN, pick_label
from survey_app.reports.presets import Preset
from survey_app.reports.wording import say
from survey_app.translations import gettext as _

PALE = "#ececec"
WHITE = "#ffffff"
LOOKS = {
    "raised_unprompted": (SEQUENTIAL[3], "●"),
    "raised_after_probe": (SEQUENTIAL[1], "◐"),
    "asked_and_denied": (SEQUENTIAL[0], "○"),
    "dont_know": (UNKNOWN, "?"),
    "refused": (UNKNOWN, "!"),
    "not_asked": (PALE, "–"),
    "not_applicable": (WHITE, "×"),
    "not_reached": (WHITE, "·"),
}
"""The tint and the sign of each state."""

CELL = 1.8
"""The least width of a cell, in heights of its letters."""

LONGEST_NAME = 14


def count_columns(preset: Preset) -> int:
    """Return how many participants stand side by side on a page."""
    page = Page(preset=preset, title="", caption="")
    return int((page.bar_right - page.bar_left) / (CELL * preset.em))


def draw_matrix(matrix: Matrix, origin: Origin, preset: Preset) -> Figure:
    """Return the heat map of a question's probes."""
    language = origin.context.language
    names = [cut_name(name) for name in matrix.names]
    warning = _("one column a participant: look whom it shows before you publish it")
    remark = f"{matrix.part} · {warning}" if matrix.part else warning

    def make_page(preset: Preset) -> Page:
        longest = max((measure(name, preset.small_size) for name in names), default=0)
        return Page(
            preset=preset,
            title=say(matrix.text, language),
            caption=make_caption(origin, remark),
            labels=tuple(say(row.text, language) for row in matrix.rows),
            legend=[(colour, describe_state(state)) for state, (colour, _sign) in LOOKS.items()],
            overhead=longest + 0.6 * preset.em,
            has_axis=False,
        )

    page = fit_page(preset, make_page)
    sheet = Sheet(page, signs=tuple(sign for _colour, sign in LOOKS.values()))
    sheet.write_rows()
    across = max(count_columns(page.preset), len(names))
    axes = sheet.add_axes(0, across)
    axes.set_xticks([])
    _write_names(sheet, names, across)
    for row, band in zip(matrix.rows, page.bands, strict=True):
        _draw_cells(page, axes, band, row)
    if not names:
        write_nothing(page, axes, (across / 2, page.body / 2), _("no interviews"))
    return sheet.figure


def _write_names(sheet: Sheet, names: list[str], across: int) -> None:
    """Write the participants' names over their columns, from below upwards."""
    page = sheet.page
    width = (page.bar_right - page.bar_left) / across
    for place, name in enumerate(names):
        sheet.write(
            page.bar_left + (place + 0.5) * width,
            page.top - 0.2 * page.preset.em,
            name,
            size=page.preset.small_size,
            align="center",
            vertical="bottom",
            turned=True,
        )


def cut_name(name: str) -> str:
    """Return a participant's name as long as a column's head may be."""
    # What tells participants apart stands mostly at the end, such as site-a-007.
    half = (LONGEST_NAME - 1) // 2
    return name if len(name) <= LONGEST_NAME else f"{name[:half]}…{name[half + 1 - LONGEST_NAME :]}"


def _draw_cells(page: Page, axes: Axes, band: Band, row: MatrixRow) -> None:
    for place, state in enumerate(row.states):
        if state is None:
            continue
        colour, sign = LOOKS[state]
        axes.barh(
            *(band.middle, 0.94),
            page.preset.bar,
            left=place + 0.03,
            color=colour,
            edgecolor=RULE,
            linewidth=0.4,
        )
        ink = QUIET if colour == WHITE else pick_label(colour)
        write_over(page, axes, (place + 0.5, band.middle), sign, ink)
