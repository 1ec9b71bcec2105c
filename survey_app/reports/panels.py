"""A question in each of the groups that are compared, side by side."""

from dataclasses import dataclass, replace

from survey_app.definition.instrument import Instrument
from survey_app.definition.shapes import Counts, Grid
from survey_app.reports.descriptions import describe_base, list_options, list_shares
from survey_app.reports.statistics.results import LEAST_IN_GROUP
from survey_app.reports.wording import say
from survey_app.translations import gettext as _

Compared = Grid | Counts
"""A battery, or a list."""


@dataclass(frozen=True, kw_only=True)
class Panels:
    """A question in groups, which are pairs of words and answers.

    All have the rows and points, or the options, of `whole`, which itself counts nobody. `key`
    tells it from the same question in another delivery or main version; `remarks` are sentences on
    what is not in it. `protected` is the least count that is shown where the groups might tell who
    answered, and 0 elsewhere; what is hidden then has been taken out of the numbers, and `people`
    are those in each group that is shown.
    """

    key: str
    whole: Compared
    groups: tuple[tuple[str, Compared], ...]
    instruments: tuple[Instrument, ...]
    delivery: str
    responses: int
    remarks: tuple[str, ...]
    protected: int = 0
    people: tuple[int, ...] = ()


def is_hidden(n: int) -> bool:
    """Whether so few answered in a group that nothing is shown of them."""
    return n < LEAST_IN_GROUP


def split_panels(panels: Panels, most: int) -> tuple[Panels, ...]:
    """Return panels in parts of at most so many bars, each with one row or option at least."""
    size = max(1, most // len(panels.groups))
    count = len(panels.whole.rows if isinstance(panels.whole, Grid) else panels.whole.levels)
    parts = -(-count // size)
    size = -(-count // parts)
    return tuple(
        replace(
            panels,
            whole=_cut(panels.whole, start, start + size),
            groups=tuple((name, _cut(each, start, start + size)) for name, each in panels.groups),
        )
        for start in range(0, count, size)
    )


def say_hidden(protected: int) -> str:
    """Return what stands in the place of what is not shown."""
    if protected:
        return _("hidden")
    return _("fewer than {least}").format(least=LEAST_IN_GROUP)


def explain_hidden_row(protected: int) -> str:
    """Say why nothing of a group's answers is shown, where that might tell who answered."""
    return _(
        "Hidden: in it a count is under {least}, or it would tell of everybody in a group, or give "
        "away what is hidden."
    ).format(least=protected)


def describe_panels(panels: Panels, language: str) -> str:
    """Return the question, and every number that is shown of each group in words."""
    parts = [say(panels.whole.text, language)]
    for name, summary in panels.groups:
        parts.append(f"{name}: {_describe_group(summary, panels.protected, language)}")
    return " ".join(parts)


def _cut(summary: Compared, start: int, end: int) -> Compared:
    if isinstance(summary, Grid):
        return replace(summary, rows=summary.rows[start:end])
    return replace(summary, levels=summary.levels[start:end])


def _describe_group(summary: Compared, protected: int, language: str) -> str:
    hidden = _("fewer than {least} answered, not shown.").format(least=LEAST_IN_GROUP)
    if protected:
        hidden = explain_hidden_row(protected)
    if isinstance(summary, Counts):
        told = f"{list_options(summary, language)}; {describe_base(summary.n, summary.missing)}"
        return hidden if is_hidden(summary.n) else told
    parts = []
    for row in summary.rows:
        label = "" if row.text == summary.text else f"{say(row.text, language)}: "
        told = f"{list_shares(summary, row, language)}; {describe_base(row.n, row.missing)}"
        parts.append(label + (hidden if is_hidden(row.n) else told))
    return " ".join(parts)
