"""No hidden number can be worked out, however it is tried: by solver, by counting, by the rule."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.disclosure.cells import find_widths, hide_groups, hide_rows, is_small
from tests.disclosure.solving import Block, Row, find_intervals, list_blocks

LEAST = 5


def hide_small(table: Sequence[Row], least: int) -> frozenset[int]:
    """What primary suppression alone would hide."""
    return frozenset(n for n, row in enumerate(table) if sum(row) and is_small(row, least))


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    """Counts of two to five groups in two to six columns, with many small ones."""
    width = draw(st.integers(2, 6))
    count = st.one_of(st.integers(0, 6), st.integers(0, 40))
    return draw(st.lists(st.tuples(*[count] * width), min_size=2, max_size=5))


@given(table=tables(), least=st.integers(2, 8))
@settings(max_examples=60, deadline=None)
def test_a_solver_finds_that_every_hidden_cell_may_be_as_many_numbers_as_is_promised(
    table: list[Row], least: int
) -> None:
    hidden = sorted(hide_rows([table], least))
    baseline = find_widths(table, range(len(table)))
    intervals = find_intervals(Block.of([table[place] for place in hidden]))
    for row, place in enumerate(hidden):
        for column, baseline_width in enumerate(baseline[place]):
            low, high = intervals[row, column]
            assert low <= table[place][column] <= high
            assert high - low >= min(least - 1, baseline_width)


@given(table=tables(), least=st.integers(2, 8))
@settings(max_examples=60, deadline=None)
def test_every_row_that_is_shown_has_no_small_count(table: list[Row], least: int) -> None:
    hidden = hide_rows([table], least)
    shown = [row for place, row in enumerate(table) if place not in hidden]
    assert all(count == 0 or count >= least for row in shown for count in row)


def test_primary_suppression_alone_is_undone_by_the_same_solver() -> None:
    """The control: where rows with a small count are all that is hidden, the solver finds some."""
    random = Random(6)
    cells = recovered = safe = 0
    for _number in range(24):
        table = [tuple(random.choice((0, 1, 6, 9, 14)) for _ in range(4)) for _ in range(4)]
        for rule in (hide_small, lambda each, least: hide_rows([each], least)):
            places = sorted(rule(table, LEAST))
            found = find_intervals(Block.of([table[place] for place in places]))
            possible = find_widths(table, range(len(table)))
            known = sum(
                low == high and possible[places[row]][column] > 0
                for (row, column), (low, high) in found.items()
            )
            if rule is hide_small:
                cells, recovered = cells + len(found), recovered + known
            else:
                safe += known
    assert cells > 50
    assert recovered > 5
    assert safe == 0


@pytest.mark.parametrize("least", [3, 5])
def test_knowing_the_rule_does_not_help_either(least: int) -> None:
    """Of all tables with these sums, those on which the rule would hide the same still differ."""
    random = Random(4)
    tried = 0
    for _number in range(40):
        table = [tuple(random.choice((0, 0, 1, 2, 3, 5, 6)) for _ in range(3)) for _ in range(3)]
        hidden = hide_rows([table], least)
        if not hidden or any(sum(row) < least for row in table):
            continue
        places = sorted(hidden)
        block = Block.of([table[place] for place in places])
        every = list(list_blocks(block))
        alike = [each for each in every if hide_rows([_fill(table, places, each)], least) == hidden]
        for row, column in block.cells:
            if len({each[row][column] for each in every}) > 1:
                tried += 1
                assert len({each[row][column] for each in alike}) > 1
    assert tried > 50


def _fill(table: Sequence[Row], places: Sequence[int], rows: Sequence[Row]) -> list[Row]:
    filled = list(table)
    for place, row in zip(places, rows, strict=True):
        filled[place] = row
    return filled


@given(table=tables())
@settings(max_examples=60, deadline=None)
def test_the_bounds_are_those_that_counting_every_table_finds(table: list[Row]) -> None:
    small = [tuple(min(count, 3) for count in row[:3]) for row in table[:3]]
    widths = find_widths(small, range(len(small)))
    every = list(list_blocks(Block.of(small)))
    for row, found in enumerate(widths):
        for column, width in enumerate(found):
            values = {each[row][column] for each in every}
            assert max(values) - min(values) == width
            assert len(values) == width + 1, "no number between them is impossible"


@pytest.mark.parametrize(
    ("people", "others", "hidden"),
    [
        ((20, 10, 5), 0, set()),
        ((20, 10, 4), 0, {1, 2}),
        ((20, 10, 4), 1, {2}),
        ((20, 3, 2), 0, {1, 2}),
        ((20, 3, 0), 0, {0, 1, 2}),
        ((20, 10, 0), 0, {2}),
        ((20, 10), 4, {1}),
        ((20, 10), 7, set()),
        ((4, 4), 0, {0, 1}),
        ((), 3, set()),
    ],
)
def test_groups_that_are_too_small_are_hidden_with_as_many_as_it_takes(
    people: tuple[int, ...], others: int, hidden: set[int]
) -> None:
    assert hide_groups(people, others, LEAST) == hidden


@given(people=st.lists(st.integers(0, 12), max_size=6), others=st.integers(0, 8))
def test_who_is_in_no_group_that_is_shown_is_nobody_or_enough(
    people: list[int], others: int
) -> None:
    hidden = hide_groups(people, others, LEAST)
    rest = others + sum(people[place] for place in hidden)
    everybody_hidden = len(hidden) == len(people)
    assert rest == 0 or rest >= LEAST or everybody_hidden
    assert all(people[place] >= LEAST for place in set(range(len(people))) - hidden)


def test_where_all_of_a_group_answered_the_same_that_is_hidden() -> None:
    assert hide_rows([[(12, 0), (6, 7), (8, 9)]], LEAST) >= {0}


def test_rows_of_nobody_are_shown_and_a_table_without_small_counts_is_shown_whole() -> None:
    assert hide_rows([[(0, 0), (6, 7), (8, 9)]], LEAST) == set()


def test_a_row_is_hidden_in_every_table_of_a_question() -> None:
    first = [(10, 10), (10, 10), (10, 10)]
    second = [(10, 10), (18, 2), (10, 10)]
    assert 1 in hide_rows([first, second], LEAST)


def test_switched_off_nothing_but_unanimous_groups_is_small() -> None:
    assert not is_small((1, 2), 1)
