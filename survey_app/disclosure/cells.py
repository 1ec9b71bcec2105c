"""Which groups, and which rows of a table of groups, are hidden so that no small count is told.

A table has a row for each group and one for everybody else, and a column for each answer and each
reason for a blank. The sums of both are known to a reader: how many are in each group, and how many
gave each answer in all, which is printed elsewhere. A row is shown whole or not at all. What is
then known of a hidden cell is exactly what Fréchet's bounds say, between max(0, r + c - n) and
min(r, c), with its row's sum r, and its column's sum c and the sum n over the hidden rows: in a
block of which nothing but both sums is known, every whole number between them is possible (M.
Fréchet 1951; A. Dobra and S. E. Fienberg 2000, PNAS 97, 11885-11892). So no solver is needed.

This is primary and secondary suppression (L. Willenborg and T. de Waal 2001, Elements of
Statistical Disclosure Control, chapter 4; as in τ-ARGUS and sdcTable) with whole rows, the simplest
pattern whose safety can be proved on paper. Cells one by one would hide less and need a solver.
"""

from collections.abc import Iterator, Sequence

Row = Sequence[int]
"""The counts of a group, column by column."""


def hide_groups(people: Sequence[int], others: int, least: int) -> frozenset[int]:
    """Return the places of the groups that are not shown at all.

    Those with fewer than `least` people, and the smallest further ones until all that are hidden
    have, with the `others` who are in no group, `least` people together, or none. Of a hidden
    group, and of an option that nobody chose, a reader then knows that it has between none and so
    many people.
    """
    hidden = {place for place, count in enumerate(people) if count < least}
    by_size = sorted(set(range(len(people))) - hidden, key=lambda place: (people[place], place))
    total = others + sum(people[place] for place in hidden)
    for place in by_size:
        if total == 0 or total >= least:
            break
        hidden.add(place)
        total += people[place]
    return frozenset(hidden)


def hide_rows(tables: Sequence[Sequence[Row]], least: int) -> frozenset[int]:
    """Return the places of the rows that are hidden in all of some tables of the same groups.

    The tables are those of one question; each has the same number of rows, with the same people.
    Rows of nobody are never hidden, since they tell nothing. Rows are added, those of the fewest
    people first, until every hidden cell is safe (`is_safe`) in every table.
    """
    people = [sum(row) for row in tables[0]]
    hidden = {
        place
        for table in tables
        for place, row in enumerate(table)
        if people[place] and is_small(row, least)
    }
    others = [place for place, count in enumerate(people) if count and place not in hidden]
    for place in sorted(others, key=lambda each: (people[each], each)):
        if all(is_safe(table, hidden, least) for table in tables):
            break
        hidden.add(place)
    return frozenset(hidden)


def is_small(row: Row, least: int) -> bool:
    """Whether a row holds a count of 1 to `least` - 1, or all its people in one column.

    The latter tells of everybody in the group what they answered.
    """
    return any(0 < count < least for count in row) or max(row) == sum(row)


def is_safe(table: Sequence[Row], hidden: set[int], least: int) -> bool:
    """Whether each hidden cell can be any of `least` numbers.

    Or any of as many as it could be if no group's answers were shown at all, where the sums alone
    tell more: nothing that is hidden here could keep that back.
    """
    places = sorted(hidden)
    wanted = find_widths(table, range(len(table)))
    found = find_widths([table[place] for place in places], range(len(places)))
    return all(
        width >= min(least - 1, wanted[place][column])
        for place, row in zip(places, found, strict=True)
        for column, width in enumerate(row)
    )


def find_widths(table: Sequence[Row], places: Sequence[int]) -> list[list[int]]:
    """Return for each cell of some rows how far apart the least and the most it can be are.

    Of these rows nothing is known but the sums of rows and columns.
    """
    rows = [table[place] for place in places]
    columns = [sum(column) for column in zip(*rows, strict=True)]
    return [list(_find_row_widths(row, columns)) for row in rows]


def _find_row_widths(row: Row, columns: Sequence[int]) -> Iterator[int]:
    people, everybody = sum(row), sum(columns)
    for column in columns:
        yield min(people, column) - max(0, people + column - everybody)
