"""Which charts there are, and from what each is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from survey_app.definition.instrument import version_order
from survey_app.definition.shapes import Grid, Summary, Texts
from survey_app.reports.charts.caption import Origin, make_base
from survey_app.reports.charts.flow import title_flow
from survey_app.reports.charts.matrix import count_columns
from survey_app.reports.coverage import (
    Interview,
    TopicCoverage,
    collect_interviews,
    cover,
    keep_interviewed,
)
from survey_app.reports.dataset import Layout, make_layout
from survey_app.reports.descriptions import alt_text, probe_alt_text
from survey_app.reports.flow import Course, Flow, describe_flow
from survey_app.reports.group_counts import GroupCounts
from survey_app.reports.likert import sort_by_top
from survey_app.reports.matrices import Matrix, describe_matrix, make_matrices, split_matrix
from survey_app.reports.panels import Panels, describe_panels, split_panels
from survey_app.reports.presets import Style
from survey_app.reports.responses import (
    IN_PROGRESS,
    INTERVIEWER,
    Context,
    ResponseRow,
    Source,
)
from survey_app.reports.summaries import Pool, pool_summaries
from survey_app.reports.wording import say
from survey_app.translations import gettext as _
from survey_app.translations import ngettext

FLOW = "recruitment-flow"
"""The key of the flow's chart; no item has such a key, since there is a hyphen in it."""

Drawn = Summary | Panels | TopicCoverage | Matrix | tuple[Flow, ...]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What was counted of a source, from which its charts are drawn."""

    layout: Layout
    pools: tuple[Pool, ...]
    interviews: tuple[Interview, ...]
    flows: tuple[Flow, ...]
    panels: tuple[Panels, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A chart to be drawn: its key, its title, its numbers in words, and what it is drawn from."""

    key: str
    title: str
    alt: str
    drawn: Drawn
    origin: Origin


def count_charts(source: Source, context: Context) -> Counted:
    """Count a source, reading its responses once; raise ReportError."""
    layout = make_layout(source.instruments)
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


def plan_charts(counted: Counted, context: Context, style: Style) -> Iterator[Plan]:
    """Yield the charts in their order: the flow, the answers, the groups, the probes."""
    yield _plan_flow(counted, context)
    for pool in counted.pools:
        yield from _plan_pool(pool, counted, context, style)
    for panels in counted.panels:
        yield from _plan_panels(panels, context, style)
    if counted.interviews:
        yield from _plan_probes(counted, context, style)


def has_answers(summary: Summary) -> bool:
    """Whether anyone answered."""
    if isinstance(summary, Grid):
        return any(row.n for row in summary.rows)
    return summary.n > 0


def _plan_flow(counted: Counted, context: Context) -> Plan:
    begun = sum(flow.begun for flow in counted.flows)
    origin = Origin(
        context=context,
        instruments=counted.layout.instruments,
        delivery="",
        base=ngettext("{count} response", "{count} responses", begun),
    )
    alt = f"{title_flow()} {describe_flow(counted.flows)}"
    return Plan(key=FLOW, title=title_flow(), alt=alt, drawn=counted.flows, origin=origin)


def _plan_pool(pool: Pool, counted: Counted, context: Context, style: Style) -> Iterator[Plan]:
    major = version_order(pool.instruments[0].version)[0]
    suffix = "" if len(counted.pools) == 1 else f"-{pool.delivery}-{major}"
    words = ngettext("{count} response", "{count} responses", pool.responses)
    origin = Origin(
        context=context,
        instruments=pool.instruments,
        delivery=pool.delivery,
        base=make_base(words, pool.in_progress),
    )
    for summary in pool.summaries:
        # What was asked as probes has its own chart and would be empty here.
        shown = pool.delivery != INTERVIEWER or has_answers(summary)
        if shown and not isinstance(summary, Texts):
            drawn = _sort(summary, style)
            yield Plan(
                key=f"{summary.item}{suffix}",
                title=say(summary.text, context.language),
                alt=alt_text(drawn, context.language),
                drawn=drawn,
                origin=origin,
            )


def _sort(summary: Summary, style: Style) -> Summary:
    return sort_by_top(summary) if style.by_top and isinstance(summary, Grid) else summary


def _plan_panels(panels: Panels, context: Context, style: Style) -> Iterator[Plan]:
    origin = Origin(
        context=context,
        instruments=panels.instruments,
        delivery=panels.delivery,
        base=ngettext("{count} response", "{count} responses", panels.responses),
    )
    parts = split_panels(panels, style.preset.most_bars)
    for number, part in enumerate(parts, 1):
        title = say(part.whole.text, context.language)
        numbered = _("{title} (part {number} of {count})")
        several = len(parts) > 1
        yield Plan(
            key=f"groups-{part.key}" + (f"-part-{number}" if several else ""),
            title=numbered.format(title=title, number=number, count=len(parts))
            if several
            else title,
            alt=describe_panels(part, context.language),
            drawn=part,
            origin=origin,
        )


def _plan_probes(counted: Counted, context: Context, style: Style) -> Iterator[Plan]:
    interviews, language = counted.interviews, context.language
    words = ngettext("{count} interview", "{count} interviews", len(interviews))
    in_progress = sum(each.response.state == IN_PROGRESS for each in interviews)
    held = {each.response.version for each in interviews}
    origin = Origin(
        context=context,
        instruments=tuple(each for each in counted.layout.instruments if each.version in held),
        delivery=INTERVIEWER,
        base=make_base(words, in_progress),
    )
    for topic in cover(counted.layout.instruments, interviews):
        yield Plan(
            key=f"probes-{topic.item}",
            title=say(topic.text, language),
            alt=probe_alt_text(topic, language),
            drawn=topic,
            origin=origin,
        )
    for matrix in make_matrices(counted.layout.instruments, interviews):
        yield from _plan_matrix(matrix, origin, style)


def _plan_matrix(matrix: Matrix, origin: Origin, style: Style) -> Iterator[Plan]:
    language = origin.context.language
    parts = split_matrix(matrix, count_columns(style.preset))
    for number, part in enumerate(parts, 1):
        title = say(part.text, language)
        yield Plan(
            key=f"participants-{part.item}" + (f"-{number}" if len(parts) > 1 else ""),
            title=f"{title} ({part.part})" if part.part else title,
            alt=describe_matrix(part, language),
            drawn=part,
            origin=origin,
        )
