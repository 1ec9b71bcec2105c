"""Which figure is drawn of what was planned, by its shape."""

from typing import assert_never

from matplotlib.figure import Figure

from survey_app.definition.shapes import Counts, Grid, Numbers, Summary, Texts
from survey_app.reports.charts.bars import draw_counts
from survey_app.reports.charts.caption import Origin
from survey_app.reports.charts.flow import draw_flow
from survey_app.reports.charts.grids import draw_grid
from survey_app.reports.charts.matrix import draw_matrix
from survey_app.reports.charts.numbers import draw_numbers
from survey_app.reports.charts.panels import draw_panels
from survey_app.reports.charts.planned import Plan
from survey_app.reports.charts.probes import draw_probes
from survey_app.reports.coverage import TopicCoverage
from survey_app.reports.matrices import Matrix
from survey_app.reports.panels import Panels
from survey_app.reports.presets import Preset


def draw_figure(plan: Plan, preset: Preset) -> Figure:
    """Return a chart as it was planned."""
    drawn, origin = plan.drawn, plan.origin
    match drawn:
        case Panels():
            return draw_panels(drawn, origin, preset)
        case TopicCoverage():
            return draw_probes(drawn, origin, preset)
        case Matrix():
            return draw_matrix(drawn, origin, preset)
        case tuple():
            return draw_flow(drawn, origin, preset)
        case _:
            return draw_summary(drawn, origin, preset)


def draw_summary(summary: Summary, origin: Origin, preset: Preset) -> Figure:
    """Return the chart of a summary; texts have none, of which ValueError tells."""
    match summary:
        case Grid():
            return draw_grid(summary, origin, preset)
        case Counts():
            return draw_counts(summary, origin, preset)
        case Numbers():
            return draw_numbers(summary, origin, preset)
        case Texts():
            raise ValueError(f"'{summary.item}' asks for texts, of which there is no chart.")
        case _:
            assert_never(summary)
