"""The table of OWASP's ASVS says truly which tests prove what is kept, and why the rest is not."""

import re
from collections import Counter

import pytest

from tests.proofs import is_there
from tests.web.asvs import FILE, STATES, Requirement, count, read_asvs

ROWS = read_asvs()
APART = {9: (4, 3), 10: (5, 24), 17: (0, 7)}
"""Chapters that apply to nothing here, with how many requirements of levels 1 and 2 they have."""
WHOLE = {"1": 70, "2": 183}
"""How many requirements of each level the standard has."""
README = FILE.parents[2] / "README.md"


def test_each_requirement_has_one_row_in_the_order_of_the_standard() -> None:
    places = [row.place for row in ROWS]
    assert all(re.fullmatch(r"[1-9]\d*\.[1-9]\d*\.[1-9]\d*", row.number) for row in ROWS)
    assert places == sorted(set(places))


def test_none_of_levels_1_and_2_is_left_out() -> None:
    levels = Counter(row.level for row in ROWS)
    apart = [sum(numbers) for numbers in zip(*APART.values(), strict=True)]
    assert levels["1"] + apart[0] == WHOLE["1"]
    assert levels["2"] + apart[1] == WHOLE["2"]
    assert {row.place[0] for row in ROWS} == {*range(1, 17)} - {*APART}


@pytest.mark.parametrize("test", sorted({test for row in ROWS for test in row.tests}))
def test_the_tests_that_prove_it_are_there(test: str) -> None:
    assert is_there(test)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.number))
def test_what_is_kept_has_a_test_and_the_rest_a_reason(row: Requirement) -> None:
    assert row.state in STATES
    assert row.requirement.endswith(".")
    assert row.tests if row.state == "kept" else row.why.endswith(".")


def test_the_count_over_the_table_is_true() -> None:
    assert count(ROWS) in FILE.read_text("utf-8").splitlines()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("7.1.1", "since a conversation must not be cut off"),
        ("7.1.2", "as many sessions as it likes"),
        ("11.1.2", "`survey-data/people.key` (AES-256-GCM)"),
        ("14.1.2", "What is guarded how"),
        ("16.1.1", "are kept for 30 days"),
        ("16.2.3", "failures go to standard error"),
    ],
)
def test_what_is_to_be_written_down_stands_in_the_readme(number: str, words: str) -> None:
    assert words in README.read_text("utf-8")
    (row,) = [each for each in ROWS if each.number == number]
    assert row.state == "kept"


def test_a_test_that_is_not_there_is_found_out() -> None:
    assert not is_there("web/test_asvs.py::test_that_nobody_wrote")
    assert not is_there("web/test_that_nobody_wrote.py::test_a")
    assert not is_there("web/test_asvs.py::ROWS")
