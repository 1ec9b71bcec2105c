"""Groups by a question that might tell who answered: what of them is shown, and what is hidden.

What is hidden is taken out of the numbers here, so that nothing that is made of them can show it:
neither a bar nor its label, nor the words for who cannot see it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Counts, Grid, GridRow
from survey_app.disclosure.cells import Row, hide_groups, hide_rows
from survey_app.reports.comparison import Protection
from survey_app.reports.likeness import clear_counts
from survey_app.reports.panels import Compared

OTHERS = ""
"""Stands for everybody who is in no group, in the place of a group's code."""
FEWEST_GROUPS = 2
Asked = Mapping[str, Compared]
"""How a question was answered, by group; those of which nobody was asked it are not there."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The groups that are shown at all, in their order, and how many people the rest are.

    `sizes` are the people in every group, the others among them.
    """

    codes: tuple[str, ...]
    rest: int
    sizes: Mapping[str, int]


def choose_groups(sizes: Mapping[str, int], protection: Protection) -> Shown:
    """Return which groups are shown; none where there are too few people or only one group."""
    codes = [code for code in sizes if code != OTHERS]
    people = [sizes[code] for code in codes]
    hidden = hide_groups(people, sizes.get(OTHERS, 0), protection.least)
    shown = tuple(code for place, code in enumerate(codes) if place not in hidden)
    total = sum(sizes.values())
    if total < protection.fewest or len(shown) < FEWEST_GROUPS:
        shown = ()
    rest = total - sum(sizes[code] for code in shown)
    return Shown(codes=shown, rest=rest, sizes=sizes)


def protect(whole: Compared, asked: Asked, shown: Shown, least: int) -> dict[str, Compared]:
    """Return the answers of the groups that are shown, without the numbers that are hidden.

    `whole` has the rows and points, or the options, and counts nobody. A hidden row counts nobody
    either. Those who were in a group and not asked count as not in their version.
    """
    if isinstance(whole, Counts):
        return _protect_list(whole, asked, shown, least)
    rows = [_protect_row(place, whole, asked, shown, least) for place in range(len(whole.rows))]
    return {
        code: replace(whole, rows=tuple(row[number] for row in rows))
        for number, code in enumerate(shown.codes)
    }


def _protect_row(
    place: int, whole: Grid, asked: Asked, shown: Shown, least: int
) -> tuple[GridRow, ...]:
    """Return one row of a battery in every group."""
    empty = whole.rows[place]
    found = {
        code: replace(
            empty,
            counts=each.rows[place].counts,
            n=each.rows[place].n,
            missing=each.rows[place].missing,
        )
        for code, each in asked.items()
        if isinstance(each, Grid)
    }
    complete = {
        code: replace(row, missing=_complete(row.n, row.missing, size))
        for code, size in shown.sizes.items()
        for row in [found.get(code, empty)]
    }
    table = _tabulate({code: (row.counts, row.missing) for code, row in complete.items()}, shown)
    hidden = hide_rows([table], least)
    return tuple(
        empty if number in hidden else complete[code] for number, code in enumerate(shown.codes)
    )


def _protect_list(whole: Counts, asked: Asked, shown: Shown, least: int) -> dict[str, Compared]:
    """Return a list in every group, hidden as a whole; each option may be told by itself."""
    empty = clear_counts(whole)
    assert isinstance(empty, Counts)
    complete: dict[str, Counts] = {}
    for code, size in shown.sizes.items():
        found = asked.get(code, empty)
        assert isinstance(found, Counts)
        complete[code] = replace(found, missing=_complete(found.n, found.missing, size))
    hidden = hide_rows(list(_list_tables(whole, complete, shown)), least)
    return {
        code: empty if number in hidden else complete[code]
        for number, code in enumerate(shown.codes)
    }


def _list_tables(
    whole: Counts, groups: Mapping[str, Counts], shown: Shown
) -> Iterator[tuple[Row, ...]]:
    """Yield one table of all options, or where several may be chosen one for each option."""
    counts = {
        code: {level.code: level.count for level in each.levels} for code, each in groups.items()
    }
    if not whole.multiple:
        levels = [level.code for level in whole.levels]
        yield _tabulate(
            {
                code: ([counts[code].get(level, 0) for level in levels], each.missing)
                for code, each in groups.items()
            },
            shown,
        )
        return
    for level in whole.levels:
        chosen = {code: counts[code].get(level.code, 0) for code in groups}
        yield _tabulate(
            {
                code: ((chosen[code], each.n - chosen[code]), each.missing)
                for code, each in groups.items()
            },
            shown,
        )


def _tabulate(
    groups: Mapping[str, tuple[Sequence[int], Mapping[str, int]]], shown: Shown
) -> tuple[Row, ...]:
    """Return a row for each group that is shown and one for everybody else.

    The columns are the answers, and every reason for a blank.
    """
    reasons = sorted({reason for _counts, missing in groups.values() for reason in missing})
    rows = {
        code: [*counts, *(missing.get(reason, 0) for reason in reasons)]
        for code, (counts, missing) in groups.items()
    }
    others = [row for code, row in rows.items() if code not in shown.codes]
    width = len(next(iter(rows.values())))
    rest = [sum(row[column] for row in others) for column in range(width)]
    return (*(tuple(rows[code]) for code in shown.codes), tuple(rest))


def _complete(n: int, missing: Mapping[str, int], size: int) -> dict[str, int]:
    """Return the blanks of all of a group, also of those whose version did not ask."""
    counted = Counter(missing)
    counted[Reason.NOT_IN_THIS_VERSION] += size - n - counted.total()
    return dict(+counted)
