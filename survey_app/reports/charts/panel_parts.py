"""What panels of batteries and of lists have in common."""

from matplotlib.axes import Axes

from survey_app.definition.shapes import Counts, GridRow
from survey_app.reports.charts.caption import Origin, make_caption
from survey_app.reports.charts.page import Page
from survey_app.reports.charts.segments import write_nothing
from survey_app.reports.palette import RULE
from survey_app.reports.panels import explain_hidden_row, is_hidden, say_hidden
from survey_app.reports.statistics.results import LEAST_IN_GROUP
from survey_app.translations import gettext as _

Told = tuple[Origin, tuple[str, ...]]
"""What the caption tells: where the numbers come from, and what is not shown."""


def interleave(heads: list[str], names: list[str]) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return each head followed by all names, and the places of the heads."""
    labels = tuple(label for head in heads for label in (head, *names))
    return labels, frozenset(range(0, len(labels), len(names) + 1))


def caption_panels(
    told: Told, counted: list[GridRow] | list[Counts], remark: str = "", protected: int = 0
) -> str:
    """Return the caption, with what is not shown of those who were counted."""
    origin, remarks = told
    why = explain_hidden_row(protected) if protected else _say_why_hidden()
    hidden = why if any(is_hidden(each.n) for each in counted) else ""
    return make_caption(origin, " · ".join(each for each in (*remarks, remark, hidden) if each))


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
