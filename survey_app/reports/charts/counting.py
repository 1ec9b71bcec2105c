"""What is counted of a source, all at once, before its charts are drawn."""

from dataclasses import dataclass, replace

from survey_app.reports.coverage import Interview, collect_interviews, keep_interviewed
from survey_app.reports.dataset import Layout
from survey_app.reports.flow import Course, Flow
from survey_app.reports.group_counts import GroupCounts
from survey_app.reports.harmonising import harmonise, lay_out
from survey_app.reports.panels import Panels
from survey_app.reports.responses import Context, ResponseRow, Source
from survey_app.reports.summaries import Pool, pool_summaries


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was counted of a source, from which its charts are drawn."""

    layout: Layout
    pools: tuple[Pool, ...]
    interviews: tuple[Interview, ...]
    flows: tuple[Flow, ...]
    panels: tuple[Panels, ...] = ()


def count_charts(source: Source, context: Context) -> Counted:
    """Count a source, reading its responses once; raise ReportError."""
    source = harmonise(source)
    layout = lay_out(source)
    course, interviewed = Course(), list[ResponseRow]()
    course.expect(source.interviews())
    responses = keep_interviewed(course.watch(source.responses()), interviewed)
    groups = GroupCounts(grouping=context.grouping, layout=layout) if context.grouping else None
    pools = pool_summaries(layout, groups.watch(responses) if groups else responses)
    return Counted(
        layout=layout,
        pools=pools,
        interviews=collect_interviews(replace(source, responses=lambda: iter(interviewed))),
        flows=course.flows(),
        panels=groups.panels(context.language) if groups else (),
    )
