"""What an author is told: one line each, in order, with nothing that a terminal would obey."""

import pytest

from survey_app.definition.problems import DefinitionError, Problem
from survey_app.definition.quoting import list_words, quote, shorten


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem("a/1.0.0.yaml", 4, "sleep", "mend it"), "a/1.0.0.yaml:4: sleep: mend it"),
        (Problem("a/1.0.0.yaml", 1, "", "mend it"), "a/1.0.0.yaml:1: mend it"),
        (Problem("database", 0, "sleep", "mend it"), "database: sleep: mend it"),
    ],
)
def test_a_problem_is_one_line(problem: Problem, line: str) -> None:
    assert str(problem) == line


def test_an_error_tells_each_problem_once_in_the_order_of_lines() -> None:
    last, first = Problem("a", 10, "", "last"), Problem("a", 9, "", "first")

    error = DefinitionError([last, first, last])

    assert error.problems == [first, last]
    assert str(error) == "a:9: first\na:10: last"


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("words", "'words'"),
        ("", "''"),
        ("one\ntwo\x1b[31m", "'one\N{REPLACEMENT CHARACTER}two\N{REPLACEMENT CHARACTER}[31m'"),
        ("x" * 60, f"'{'x' * 60}'"),
        ("x" * 61, f"'{'x' * 59}…'"),
    ],
)
def test_words_of_a_file_are_quoted_on_one_line(words: str, quoted: str) -> None:
    assert quote(words) == quoted


def test_a_limit_can_be_longer() -> None:
    assert shorten("x" * 100, 100) == "x" * 100


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "nothing"),
        (["a"], "a"),
        (["a", "b"], "a or b"),
        (["a", "b", "c"], "a, b or c"),
        ([str(number) for number in range(30)], ("0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 "
         "or others")),
    ],
)  # fmt: skip
def test_words_are_listed_as_they_are_said(words: list[str], said: str) -> None:
    assert list_words(words) == said
