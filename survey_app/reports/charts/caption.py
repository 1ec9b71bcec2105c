"""What stands below every chart: where it comes from and how many it counts."""

from dataclasses import dataclass

from survey_app.definition.instrument import Instrument
from survey_app.reports.responses import INTERVIEWER, Context
from survey_app.reports.wording import say
from survey_app.translations import gettext as _

DATE_LENGTH = len("2026-11-22")


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a chart's numbers come from: versions newest first, and the base in words.

    `delivery` is empty where all are counted.
    """

    context: Context
    instruments: tuple[Instrument, ...]
    delivery: str
    base: str


def make_base(counted: str, in_progress: int) -> str:
    """Return what is counted, in words, and how many of it have not been sent yet."""
    if not in_progress:
        return counted
    return _("{counted}, of these {n} in progress").format(counted=counted, n=in_progress)


def make_caption(origin: Origin, remark: str = "") -> str:
    """Return study, instrument, versions, base, filter and the data's date, one after another.

    The date is that of the data and not that of the drawing, so that the same data have the same
    chart.
    """
    context = origin.context
    date = (context.newest or "")[:DATE_LENGTH]
    parts = [
        context.caution,
        context.study,
        _name_versions(origin),
        origin.base,
        _("filter: {filter}").format(filter=context.filter) if context.filter else "",
        _("data to {date}").format(date=date) if date else "",
        remark,
    ]
    return " · ".join(part for part in parts if part)


def _name_versions(origin: Origin) -> str:
    versions = ", ".join(each.version for each in origin.instruments)
    named = f"{say(origin.instruments[0].title, origin.context.language)} {versions}"
    if not origin.delivery:
        return named
    interviewed = origin.delivery == INTERVIEWER
    return f"{named}, {_('asked in interviews') if interviewed else _('filled in')}"
