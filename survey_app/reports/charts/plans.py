"""Which charts there are, and from what each is drawn."""

from collections.abc import Iterator

from survey_app.definition.pooling import name_group
from survey_app.definition.shapes import Grid, Summary, Texts
from survey_app.reports.charts.caption import Origin, make_base
from survey_app.reports.charts.counting import Counted
from survey_app.reports.charts.flow import title_flow
from survey_app.reports.charts.panel_plans import plan_panels
from survey_app.reports.charts.planned import FLOW, Plan
from survey_app.reports.charts.probe_plans import plan_probes
from survey_app.reports.descriptions import alt_text
from survey_app.reports.flow_words import describe_flow
from survey_app.reports.likert import sort_by_top
from survey_app.reports.presets import Style
from survey_app.reports.responses import INTERVIEWER, Context
from survey_app.reports.summaries import Pool
from survey_app.reports.wording import say
from survey_app.translations import ngettext


def plan_charts(counted: Counted, context: Context, style: Style) -> Iterator[Plan]:
    """Yield the charts in their order: the flow, the answers, the groups, the probes."""
    yield _plan_flow(counted, context)
    for pool in counted.pools:
        yield from _plan_pool(pool, counted, context, style)
    for panels in counted.panels:
        yield from plan_panels(panels, context, style)
    if counted.interviews:
        yield from plan_probes(counted, context, style)


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
                key=f"{summary.item}{_name_pool(counted, pool, summary.item)}",
                title=say(summary.text, context.language),
                alt=alt_text(drawn, context.language),
                drawn=drawn,
                origin=origin,
            )


def _name_pool(counted: Counted, pool: Pool, item: str) -> str:
    """Return what tells a chart from that of the same question in another pool."""
    if len(counted.pools) == 1:
        return ""
    division = counted.layout.divide(item)
    group = division.find_group(pool.instruments[0].version)
    return f"-{pool.delivery}-{name_group(division.groups, group)}"


def _sort(summary: Summary, style: Style) -> Summary:
    return sort_by_top(summary) if style.by_top and isinstance(summary, Grid) else summary
