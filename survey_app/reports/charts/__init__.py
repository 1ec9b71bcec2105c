"""Charts of every summary, of probes and of the flow. The only room that knows matplotlib."""

from survey_app.reports.charts.drawing import Chart, draw_charts, draw_in_forms

__all__ = ["Chart", "draw_charts", "draw_in_forms"]
