"""What panels of batteries and of lists have in common."""

from survey_app.definition.shapes import Counts, GridRow
from survey_app.reports.charts.caption import Origin, make_caption
from survey_app.reports.panels import is_hidden
from survey_app.reports.statistics.results import LEAST_IN_GROUP
from survey_app.translations import gettext as _

Told = tuple[Origin, tuple[str, ...]]
"""What the caption tells: where the numbers come from, and what is not shown."""


def interleave(heads: list[str], names: list[str]) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return each head followed by all names, and the places of the heads."""
    labels = tuple(label for head in heads for label in (head, *names))
    return labels, frozenset(range(0, len(labels), len(names) + 1))


def caption_panels(told: Told, counted: list[GridRow] | list[Counts], remark: str = "") -> str:
    """Return the caption, with what is not shown of those who were counted."""
    origin, remarks = told
    hidden = _say_why_hidden() if any(is_hidden(each.n) for each in counted) else ""
    return make_caption(origin, " · ".join(each for each in (*remarks, remark, hidden) if each))


def say_hidden() -> str:
    """Return what stands in the place of a bar that is not shown."""
    return _("fewer than {least}").format(least=LEAST_IN_GROUP)


def _say_why_hidden() -> str:
    return _("groups in which fewer than {least} answered are not shown").format(
        least=LEAST_IN_GROUP
    )
