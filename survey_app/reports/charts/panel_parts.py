"""What panels of batteries and of lists have in common."""

from dataclasses import dataclass

from matplotlib.axes import Axes

from survey_app.definition.shapes import Counts, GridRow
from survey_app.reports.charts.caption import Origin, make_caption
from survey_app.reports.charts.page import Page
from survey_app.reports.charts.segments import write_nothing
from survey_app.reports.palette import RULE
from survey_app.reports.panels import explain_hidden_row, is_hidden, say_hidden
from survey_app.reports.statistics.results import LEAST_IN_GROUP
from survey_app.translations import gettext as _


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the caption tells: where the numbers come from, and what is not shown.

    `protected` is that of `Panels`.
    """

    origin: Origin
    remarks: tuple[str, ...]
    protected: int


def interleave(heads: list[str], names: list[str]) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return each head followed by all names, and the places of the heads."""
    labels = tuple(label for head in heads for label in (head, *names))
    return labels, frozenset(range(0, len(labels), len(names) + 1))


def caption_panels(told: Told, counted: list[GridRow] | list[Counts], remark: str = "") -> str:
    """Return the caption, with what is not shown of those who were counted."""
    why = explain_hidden_row(told.protected) if told.protected else _say_why_hidden()
    hidden = why if any(is_hidden(each.n) for each in counted) else ""
    remarks = (*told.remarks, remark, hidden)
    return make_caption(told.origin, " · ".join(each for each in remarks if each))


def draw_hidden(page: Page, axes: Axes, middle: float, protected: int) -> None:
    """Write what stands in the place of a bar that is not shown.

    What is hidden so that it tells of nobody is hatched as well, over the whole width, whatever
    it would be: it is not to be taken for a bar of nothing.
    """
    low, high = axes.get_xlim()
    if protected:
        axes.barh(
            middle,
            high - low,
            page.preset.bar,
            left=low,
            color="white",
            edgecolor=RULE,
            hatch="////",
            linewidth=0.7,
        )
    write_nothing(page, axes, ((low + high) / 2, middle), say_hidden(protected))


def _say_why_hidden() -> str:
    return _("groups in which fewer than {least} answered are not shown").format(
        least=LEAST_IN_GROUP
    )
