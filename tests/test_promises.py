"""Every promise names tests that are there, and says truly what came of them."""

import json
from pathlib import Path

import pytest

from survey_app.promises import (
    NOT_RUN,
    TESTS,
    Promise,
    Result,
    list_promises,
    read_results,
)
from tests.proofs import is_there

PASSED = Result(outcome="passed", day="2026-11-26")


def test_promises_are_numbered_without_a_gap() -> None:
    assert [each.number for each in list_promises()] == [*range(1, 35)]


@pytest.mark.parametrize("test", sorted({test for tests in TESTS.values() for test in tests}))
def test_the_tests_that_prove_promises_are_there(test: str) -> None:
    assert is_there(test)


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ({}, NOT_RUN),
        ({"a": PASSED}, NOT_RUN),
        ({"a": PASSED, "b": PASSED}, PASSED),
        ({"a": PASSED, "b": Result(outcome="passed", day="2026-11-25")}, Result(outcome="passed", day="2026-11-25")),
        ({"a": Result(outcome="failed", day="2026-11-20"), "b": PASSED}, Result(outcome="failed", day="2026-11-20")),
        ({"a": Result(outcome="skipped", day="2026-11-20"), "b": PASSED}, Result(outcome="skipped", day="2026-11-20")),
    ],
)  # fmt: skip
def test_a_promise_is_as_good_as_the_worst_of_its_tests(
    results: dict[str, Result], expected: Result
) -> None:
    promise = Promise(number=1, sentence="It holds.", tests=("a", "b"))
    assert promise.judge(results) == expected


def test_a_promise_without_a_test_is_not_proven() -> None:
    assert Promise(number=1, sentence="It holds.").judge({"a": PASSED}) == NOT_RUN


def test_what_the_suite_left_is_read(tmp_path: Path) -> None:
    file = tmp_path / "promises.json"
    assert read_results(file) == {}
    file.write_text(json.dumps({"a": {"outcome": "passed", "day": "2026-11-26"}}))
    assert read_results(file) == {"a": PASSED}


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"a": 1}', '{"a": {"outcome": "fine", "day": ""}}']
)
def test_another_file_is_told_from_it(tmp_path: Path, text: str) -> None:
    file = tmp_path / "promises.json"
    file.write_text(text)
    with pytest.raises(ValueError, match="holds no results of our tests"):
        read_results(file)
