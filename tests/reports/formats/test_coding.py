"""Codes as numbers that stay the same when versions are added."""

import pytest

from survey_app.reports.formats.coding import Coding


@pytest.mark.parametrize(
    ("versions", "numbers"),
    [
        ([["1", "2", "3"]], {"1": 1, "2": 2, "3": 3}),
        ([["0", "10"]], {"0": 0, "10": 10}),
        ([["yes", "no"]], {"yes": 1, "no": 2}),
        ([["yes", "no"], ["maybe", "yes", "no"]], {"yes": 1, "no": 2, "maybe": 3}),
        ([["a", "1"]], {"1": 1, "a": 2}),
        ([["1", "2"], ["1", "2", "other"], ["1", "2", "3", "other"]], None),
        ([["007", "7"]], {"7": 7, "007": 8}),
        ([["123456789012"]], {"123456789012": 1}),
        ([], {}),
    ],
)
def test_the_numbers_of_codes(versions: list[list[str]], numbers: dict[str, int] | None) -> None:
    expected = numbers if numbers is not None else {"1": 1, "2": 2, "other": 3, "3": 4}
    assert Coding(versions).numbers == expected


def test_a_code_that_no_version_lists_gets_the_next_number() -> None:
    coding = Coding([["yes", "no"]])
    assert [coding.find(code) for code in ("lost", "no", "lost")] == [3, 2, 3]
