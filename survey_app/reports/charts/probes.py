"""Probes: one bar for each, in interviews, by what became of it."""

from matplotlib.figure import Figure

from survey_app.reports.charts.axis import set_ticks
from survey_app.reports.charts.caption import Origin, make_caption
from survey_app.reports.charts.page import Page, fit_page
from survey_app.reports.charts.segments import draw_segments, make_segments, write_nothing
from survey_app.reports.charts.sheet import Sheet
from survey_app.reports.coverage import ProbeCoverage, TopicCoverage
from survey_app.reports.palette import NOT_ASKED, SEQUENTIAL, UNKNOWN
from survey_app.reports.presets import Preset
from survey_app.reports.wording import say
from survey_app.translations import gettext as _

PARTS = (
    (SEQUENTIAL[3], ("raised_unprompted",)),
    (SEQUENTIAL[1], ("raised_after_probe",)),
    (SEQUENTIAL[0], ("asked_and_denied",)),
    (UNKNOWN, ("dont_know", "refused")),
    (NOT_ASKED, ("not_asked", "not_reached")),
)
"""The parts of a bar: colour and the states that it counts; not applicable stands beside."""


def draw_probes(topic: TopicCoverage, origin: Origin, preset: Preset) -> Figure:
    """Return the chart of a question's probes."""
    language = origin.context.language
    colours = [colour for colour, _states in PARTS]

    def make_page(preset: Preset) -> Page:
        return Page(
            preset=preset,
            title=say(topic.text, language),
            caption=make_caption(origin),
            labels=tuple(say(probe.text, language) for probe in topic.probes),
            legend=list(zip(colours, name_parts(), strict=True)),
            columns=(_("n"), _("not applicable")),
        )

    page = fit_page(preset, make_page)
    sheet = Sheet(page)
    sheet.write_rows()
    whole = max(1, *(probe.base for probe in topic.probes))
    axes = sheet.add_axes(0, whole)
    set_ticks(axes, per_cent=False)
    for probe, band in zip(topic.probes, page.bands, strict=True):
        sheet.write_end(band, str(probe.base), str(probe.counts["not_applicable"]), quiet=1)
        segments = make_segments(count_parts(probe), colours, per_cent=False)
        draw_segments(page, axes, band.middle, segments)
        if probe.base == 0:
            write_nothing(page, axes, (whole / 2, band.middle), _("no interviews"))
    sheet.write_headings()
    sheet.write_axis(_("interviews"))
    return sheet.figure


def name_parts() -> tuple[str, ...]:
    """Return the parts of a bar in words, in their order."""
    return (
        _("raised unprompted"),
        _("raised after the probe"),
        _("asked and denied"),
        _("don’t know or refused"),
        _("not asked or not reached"),
    )


def count_parts(probe: ProbeCoverage) -> tuple[int, ...]:
    """Return how many interviews each part of a probe's bar counts."""
    return tuple(sum(probe.counts[state] for state in states) for _colour, states in PARTS)
