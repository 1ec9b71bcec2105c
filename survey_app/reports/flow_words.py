"""The flow of a study in words."""

from collections.abc import Iterable

from survey_app.reports.flow import BROKEN_OFF, Flow
from survey_app.reports.responses import IN_PROGRESS, INTERVIEWER, WITHDRAWN
from survey_app.translations import gettext as _


def describe_flow(flows: Iterable[Flow]) -> str:
    """Return the numbers of flows in words."""
    parts = []
    for flow in flows:
        stages = [_("begun {n}"), _("submitted {n}")]
        numbers = [flow.begun, flow.submitted, *flow.out.values()]
        words = [*stages, *(f"{words} {{n}}" for words in name_ways_out(flow).values())]
        told = ", ".join(each.format(n=n) for each, n in zip(words, numbers, strict=True))
        parts.append(f"{name_delivery(flow.delivery)}: {told}.")
    return " ".join(parts)


def name_delivery(delivery: str) -> str:
    """Return who filled it in."""
    return _("Asked in interviews") if delivery == INTERVIEWER else _("Filled in by participants")


def name_ways_out(flow: Flow) -> dict[str, str]:
    """Return the words of what became of those that were not submitted."""
    words = {
        IN_PROGRESS: _("in progress"),
        BROKEN_OFF: _("broken off"),
        WITHDRAWN: _("withdrawn"),
    }
    return {way: words[way] for way in flow.out}
