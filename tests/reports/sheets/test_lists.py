"""Lists gives every option its share of respondents and of mentions, by its own versions."""

from typing import Any

import pytest

from survey_app.definition.shapes import Answer
from survey_app.reports.responses import ResponseRow
from survey_app.reports.sheets.lists import make_lists_sheet
from survey_app.reports.statistics.proportions import compute_wilson
from survey_app.reports.summaries import pool_summaries
from tests.reports.sheets.tables import lay_out, make_instrument, make_response, pick, read_rows

ITEMS = """
      - {key: topics, type: select_multiple, text: "*Which?*", options: {a: A, b: B}, other: Else}
      - {key: good, type: select_one, text: Good?, options: {y: Yes, n: No}}
      - {key: years, type: integer, text: How long?}
"""
FIRST = make_instrument("1.0.0", ITEMS)
SECOND = make_instrument("1.1.0", ITEMS, ("a: A, b: B", "b: Bee, c: C"))
THIRD = make_instrument("2.0.0", ITEMS)
UNANSWERED = {"": Answer(reason="unanswered")}
NOT_RELEVANT = {"": Answer(reason="not_relevant")}


def make_rows(*responses: ResponseRow) -> list[dict[str, Any]]:
    layout = lay_out(FIRST, SECOND, THIRD)
    return read_rows(make_lists_sheet(pool_summaries(layout, responses), "en"))


def test_shares_are_of_respondents_and_of_mentions() -> None:
    rows = make_rows(
        make_response("1.0.0", 1, topics=["a", "b"], good="y"),
        make_response("1.0.0", 2, topics=["a", "other"], good="y"),
        make_response("1.0.0", 3, topics=["a"], good="n"),
        make_response("1.0.0", 4, topics=UNANSWERED, good=NOT_RELEVANT),
        make_response("1.0.0", 5, state="withdrawn"),
    )
    names = ("item", "option", "count", "n", "percent", "mentions", "percent_of_mentions")
    assert pick(rows, *names) == [
        ("topics", "a", 3, 3, 100.0, 5, 60.0),
        ("topics", "b", 1, 3, 33.3, 5, 20.0),
        ("topics", "other", 1, 3, 33.3, 5, 20.0),
        ("good", "y", 2, 3, 66.7, None, None),
        ("good", "n", 1, 3, 33.3, None, None),
    ]
    assert pick(rows, "no_answer", "not_asked") == [(1, 0)] * 3 + [(0, 1)] * 2
    assert pick(rows, "question", "label", "choice")[2:4] == [
        ("Which?", "Else", "several"),
        ("Good?", "Yes", "one"),
    ]
    assert {(row["versions"], row["delivery"]) for row in rows} == {("1.0.0", "self")}


@pytest.mark.parametrize("count", [0, 1, 7, 11])
def test_the_interval_is_wilsons(count: int) -> None:
    answers = [["a", "b"]] * count + [["b"]] * (11 - count)
    rows = make_rows(
        *(make_response("1.0.0", place, topics=[*each]) for place, each in enumerate(answers))
    )
    lower, upper = compute_wilson(count, 11)
    assert pick(rows, "count", "percent_from", "percent_to")[0] == (
        count,
        round(100 * lower, 1),
        round(100 * upper, 1),
    )


def test_the_base_of_an_option_are_the_versions_that_offer_it() -> None:
    rows = make_rows(
        make_response("1.0.0", 1, topics=["a"]),
        make_response("1.0.0", 2, topics=["b"]),
        make_response("1.1.0", 3, topics=["b", "c"]),
        make_response("1.1.0", 4, topics=UNANSWERED),
    )
    names = ("option", "label", "versions", "count", "n", "percent", "mentions", "no_answer")
    assert pick(rows, *names)[:4] == [
        ("b", "Bee", "1.1.0, 1.0.0", 2, 3, 66.7, 4, 1),
        ("c", "C", "1.1.0", 1, 1, 100.0, 2, 1),
        ("other", "Else", "1.1.0, 1.0.0", 0, 3, 0.0, 4, 1),
        ("a", "A", "1.0.0", 1, 2, 50.0, 2, 0),
    ]


def test_major_versions_and_deliveries_stay_apart() -> None:
    rows = make_rows(
        make_response("1.0.0", 1, good="y"),
        make_response("2.0.0", 2, good="n"),
        make_response("2.0.0", 3, good="n", delivery="interviewer"),
    )
    good = [row for row in rows if row["option"] == "n"]
    assert pick(good, "versions", "delivery", "count", "n") == [
        ("2.0.0", "self", 1, 1),
        ("1.0.0", "self", 0, 1),
        ("2.0.0", "interviewer", 1, 1),
    ]


def test_what_was_asked_as_probes_has_no_rows() -> None:
    rows = make_rows(make_response("1.0.0", 1, delivery="interviewer", good="y"))
    assert {row["item"] for row in rows} == {"good"}


def test_without_answers_there_are_counts_of_nothing_and_no_shares() -> None:
    numbers = ("count", "n", "percent", "percent_from", "percent_to", "percent_of_mentions")
    nothing = (0, 0, None, None, None, None)
    assert set(pick(make_rows(), *numbers)) == {nothing}
    silent = make_rows(make_response("1.0.0", 1, topics=UNANSWERED, good=UNANSWERED))
    assert set(pick(silent, *numbers)) == {nothing}
    assert {row["no_answer"] for row in silent} == {1}
    assert {row["mentions"] for row in silent} == {0, None}
