"""What stands below every chart: where it comes from and how many it counts."""

from dataclasses import dataclass

from survey_app.definition.instrument import Instrument
from survey_app.reports.responses import INTERVIEWER, Context
from survey_app.reports.wording import say
from survey_app.translations import gettext as _

DATE_LENGTH = len("2026-11-22")


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a chart's numbers come from: versions newest first, and the base in words."""

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
    """Return study, instrument, versions, base, filter and the data's date in one sentence each."""
    context = origin.context
    versions = ", ".join(each.version for each in origin.instruments)
    asked = _("asked in interviews") if origin.delivery == INTERVIEWER else _("filled in")
    parts = [
        context.study,
        f"{say(origin.instruments[0].title, context.language)} {versions}, {asked}",
        origin.base,
        _("filter: {filter}").format(filter=context.filter) if context.filter else "",
        (context.newest or "")[:DATE_LENGTH],
        remark,
    ]
    return " · ".join(part for part in parts if part)
