"""Covariances of items, listwise and pairwise, read once."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.reports.statistics.covariances import BATCH, compute_covariances
from survey_app.reports.statistics.missing import Treatment
from tests.reports.statistics.data import Rows

ANSWER = st.one_of(st.none(), st.integers(1, 5).map(float))
ROWS = st.lists(st.lists(ANSWER, min_size=3, max_size=3), max_size=30)
ITEMS = ("a", "b", "c")


@settings(deadline=None)
@given(ROWS)
def test_listwise_is_numpys_covariance_of_complete_rows(rows: Rows) -> None:
    found = compute_covariances(ITEMS, rows)
    complete = [row for row in rows if None not in row]
    assert (found.n, found.left_out) == (len(complete), len(rows) - len(complete))
    if found.n > 1:
        expected = np.cov(np.array(complete, dtype=float), rowvar=False)
        assert np.array(found.matrix) == pytest.approx(expected, abs=1e-9)


@settings(deadline=None)
@given(ROWS)
def test_pairwise_is_each_pairs_covariance_over_those_who_answered_both(rows: Rows) -> None:
    found = compute_covariances(ITEMS, rows, Treatment.PAIRWISE)
    for i in range(3):
        for j in range(3):
            both = [(row[i], row[j]) for row in rows if row[i] is not None and row[j] is not None]
            assert found.pairs[i][j] == len(both)
            if len(both) > 1:
                expected = np.cov(np.array(both, dtype=float), rowvar=False)[0, 1]
                assert found.matrix[i][j] == pytest.approx(expected, abs=1e-9)
    answered = [row for row in rows if any(value is not None for value in row)]
    assert (found.n, found.left_out) == (len(answered), len(rows) - len(answered))


@pytest.mark.parametrize("treatment", [Treatment.LISTWISE, Treatment.PAIRWISE])
def test_batches_and_large_numbers_change_nothing(treatment: Treatment) -> None:
    random = np.random.default_rng(1)
    values = random.integers(1, 6, size=(2 * BATCH + 7, 3)) + 1e8

    def read() -> Iterator[list[float]]:
        yield from (list(map(float, row)) for row in values)

    found = compute_covariances(ITEMS, read(), treatment)
    expected = np.cov(values - 1e8, rowvar=False)
    assert np.array(found.matrix) == pytest.approx(expected, abs=1e-9)
    assert found.n == len(values)


def test_what_everyone_answered_alike_varies_by_exactly_nought() -> None:
    found = compute_covariances(("a", "b"), [[0.1, 1], [0.1, 2], [0.1, 4]] * 7)
    assert (found.matrix[0], found.matrix[1][0]) == ((0, 0), 0)


def test_a_pair_that_hardly_anyone_answered_is_named() -> None:
    rows: Rows = [[1, 2, None], [2, None, 3], [3, None, 4], [4, 1, 1], [5, 2, None]]
    found = compute_covariances(ITEMS, rows, Treatment.PAIRWISE)
    assert found.explain_thin_pair() == "Fewer than two answered both b and c."
    assert found.fewest == 1
    alone = compute_covariances(("a", "b"), [[1, None], [2, 3], [4, None]], Treatment.PAIRWISE)
    assert alone.explain_thin_pair() == "Fewer than two answered both a and b."
    nobody = compute_covariances(("a", "b"), [[None, 3], [1, 2]], Treatment.PAIRWISE)
    assert nobody.explain_thin_pair() == "Fewer than two answered a."
    assert compute_covariances(("a", "b"), [[1, 3], [1, 2]]).explain_thin_pair() == ""


def test_there_is_no_covariance_of_one_item_at_a_time() -> None:
    with pytest.raises(ValueError, match="listwise or pairwise"):
        compute_covariances(ITEMS, [], Treatment.AVAILABLE)
