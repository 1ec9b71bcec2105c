"""A chart that is to be drawn."""

from dataclasses import dataclass

from survey_app.definition.shapes import Summary
from survey_app.reports.charts.caption import Origin
from survey_app.reports.coverage import TopicCoverage
from survey_app.reports.flow import Flow
from survey_app.reports.matrices import Matrix
from survey_app.reports.panels import Panels

FLOW = "recruitment-flow"
"""The key of the flow's chart; no item has such a key, since there is a hyphen in it."""

Drawn = Summary | Panels | TopicCoverage | Matrix | tuple[Flow, ...]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A chart to be drawn: its key, its title, its numbers in words, and what it is drawn from."""

    key: str
    title: str
    alt: str
    drawn: Drawn
    origin: Origin
