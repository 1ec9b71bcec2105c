"""Charts of every summary and of probe coverage. The only room that knows matplotlib."""

from survey_app.reports.charts.drawing import Chart, draw_charts

__all__ = ["Chart", "draw_charts"]
