"""The sheet Groups of groups that might tell who answered, from what the charts by group show.

Both are of one making, so that what one of them hides the other does not tell.
"""

from collections.abc import Iterable, Iterator

from survey_app.definition.shapes import Grid
from survey_app.reports.group_answers import GroupAnswers
from survey_app.reports.groups import ComparedPool, adjust
from survey_app.reports.item_comparisons import PAIR, ItemComparison, test_groups
from survey_app.reports.line_words import LineWords
from survey_app.reports.panels import Panels
from survey_app.reports.statistics.tallies import Tally
from survey_app.translations import gettext as _


def list_protected(panels: Iterable[Panels]) -> tuple[ComparedPool, ...]:
    """Return the items on scales of panels, in a pool for each delivery and its versions."""
    places: dict[tuple[str, tuple[str, ...]], list[Panels]] = {}
    for each in panels:
        if isinstance(each.whole, Grid):
            versions = tuple(instrument.version for instrument in each.instruments)
            places.setdefault((each.delivery, versions), []).append(each)
    return tuple(
        _make_pool(delivery, versions, found) for (delivery, versions), found in places.items()
    )


def _make_pool(delivery: str, versions: tuple[str, ...], panels: list[Panels]) -> ComparedPool:
    first = panels[0]
    names = [name for name, _grid in first.groups]
    return ComparedPool(
        delivery=delivery,
        versions=versions,
        people=tuple(zip(names, first.people, strict=True)),
        outside={},
        items=adjust([item for each in panels for item in _list_items(each)]),
        protected=first.protected,
        rest=first.responses - sum(first.people),
    )


def _list_items(panels: Panels) -> Iterator[ItemComparison]:
    assert isinstance(panels.whole, Grid)
    for place, row in enumerate(panels.whole.rows):
        words = LineWords(
            question=panels.whole.text,
            hint=None,
            text=None if row.text == panels.whole.text else row.text,
            levels=panels.whole.levels,
            direction=panels.whole.direction,
        )
        groups = tuple(_answer(name, grid, place) for name, grid in panels.groups)
        shown = [group for group in groups if group.tally.n]
        test = test_groups(shown) if len(shown) >= PAIR else None
        yield ItemComparison(
            line=(panels.whole.item, row.row if words.text else ""),
            words=words,
            groups=groups,
            test=test,
            too_small=(),
            why_none=test.basis.why_none if test else _("Fewer than two groups are shown here."),
        )


def _answer(name: str, grid: object, place: int) -> GroupAnswers:
    assert isinstance(grid, Grid)
    row = grid.rows[place]
    return GroupAnswers(
        code=name,
        name=name,
        tally=Tally(
            counts={float(point): count for point, count in enumerate(row.counts, 1)},
            left_out=sum(row.missing.values()),
        ),
        points=len(grid.levels),
        hidden=not row.n and not row.missing,
    )
