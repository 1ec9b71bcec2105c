"""Columns are found by their names; what is missing, unknown or doubled is told."""

import pytest

from survey_app.imports.columns import match_columns
from survey_app.spreadsheets.sheet import Muted
from tests.imports.scenes import EVERYTHING

COLUMNS = EVERYTHING.columns


def test_columns_come_in_any_order_and_spelling() -> None:
    matching = match_columns(["Again", "STATE", "line"], COLUMNS)
    assert matching.places == {"again": (0,), "state": (1,), "line": (2,)}
    assert (matching.unknown, matching.problems) == ((), ())


def test_columns_of_the_version_that_are_missing_are_named() -> None:
    names = [column.name for column in COLUMNS]
    assert match_columns(names[1:], COLUMNS).missing == ("rewarding",)
    assert match_columns(names, COLUMNS).missing == ()


def test_columns_that_the_version_does_not_have_are_named_and_blank_names_are_not() -> None:
    assert match_columns(["line", "", "lines", "what (3)"], COLUMNS).unknown == (
        *("lines", "what (3)"),
    )


def test_a_text_that_was_split_is_joined_again() -> None:
    header = [
        "line",
        "what",
        "what (2)",
        "topics__other_text",
        "topics__other_text (2)",
        "what (3)",
    ]
    matching = match_columns(header, COLUMNS)
    assert (matching.places["what"], matching.unknown) == ((1, 2, 5), ())
    row = matching.pick(["a", "one ", "two ", None, None, "three"])
    assert row == {"line": "a", "what": "one two three"}
    assert matching.pick(["a", Muted("refused")]) == {"line": "a", "what": Muted("refused")}


@pytest.mark.parametrize("header", [["what (2)"], ["years", "years (2)"], ["what", "what (1)"]])
def test_only_texts_go_on_and_only_in_their_order(header: list[str]) -> None:
    assert match_columns(header, COLUMNS).unknown == (header[-1],)


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        (
            ["line", "Line"],
            "Two columns are called Line. Take one away, or give it another name.",
        ),
        (
            ["state", "Which is it?"],
            (
                "None of its columns belongs to this version. The first row must hold the names of "
                "the columns, as in the sheet Data of an export."
            ),
        ),
        (
            [],
            (
                "None of its columns belongs to this version. The first row must hold the names of "
                "the columns, as in the sheet Data of an export."
            ),
        ),
    ],
)
def test_a_header_that_cannot_be_meant_is_a_problem(header: list[str], sentence: str) -> None:
    assert match_columns(header, COLUMNS).problems == (sentence,)
