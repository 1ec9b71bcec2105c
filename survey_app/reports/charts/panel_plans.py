"""Which charts there are of groups that are compared."""

from collections.abc import Iterator

from survey_app.reports.charts.caption import Origin
from survey_app.reports.charts.planned import Plan
from survey_app.reports.panels import Panels, describe_panels, split_panels
from survey_app.reports.presets import Style
from survey_app.reports.responses import Context
from survey_app.reports.wording import say
from survey_app.translations import gettext as _
from survey_app.translations import ngettext


def plan_panels(panels: Panels, context: Context, style: Style) -> Iterator[Plan]:
    """Yield the charts of one question in its groups, in parts where there are many bars."""
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
