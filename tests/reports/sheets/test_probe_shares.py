"""Probe shares counts what became of each probe, over the interviews that could ask it."""

from typing import Any

import pytest

from survey_app.reports.coverage import STATES, Interview
from survey_app.reports.responses import MarkRow
from survey_app.reports.sheets.probe_shares import make_probe_shares_sheet
from survey_app.reports.statistics.proportions import compute_wilson
from tests.reports.sheets.tables import make_instrument, make_response, pick, read_rows

ITEMS = """
      - {key: skills, type: open_question, text: "*Which* skills?", probes: {a: A, b: B}}
"""
FIRST = make_instrument("1.0.0", ITEMS)
SECOND = make_instrument("1.1.0", ITEMS, ("a: A, b: B", "b: Bee, c: C"))


def hold(number: int, version: str = "1.0.0", **states: str) -> Interview:
    """An interview with the states of its probes."""
    marks = {
        ("skills", probe): MarkRow(
            response=f"r{number}",
            instrument="mentors",
            version=version,
            item="skills",
            probe=probe,
            state=state,
        )
        for probe, state in states.items()
    }
    response = make_response(version, number, delivery="interviewer")
    return Interview(response=response, marks=marks)


def make_rows(*interviews: Interview) -> list[dict[str, Any]]:
    return read_rows(make_probe_shares_sheet((SECOND, FIRST), interviews, "en"))


def test_a_probe_is_counted_where_its_version_has_it_in_the_words_of_the_newest() -> None:
    rows = make_rows(hold(1, a="raised_unprompted"), hold(2, "1.1.0", b="refused"), hold(3))
    assert pick(rows, "probe", "label", "interviews", "not_reached") == [
        ("b", "Bee", 3, 2),
        ("c", "C", 1, 1),
        ("a", "A", 2, 1),
    ]
    for row in rows:
        assert sum(row[state] for state in STATES) == row["interviews"]


def test_raised_is_a_share_of_the_interviews_in_which_the_probe_came_up() -> None:
    states = [
        *("raised_unprompted", "raised_unprompted", "raised_after_probe", "asked_and_denied"),
        *("dont_know", "refused", "not_asked", "not_applicable", "not_reached"),
    ]
    rows = make_rows(*(hold(number, a=state) for number, state in enumerate(states)))
    [row] = [each for each in rows if each["probe"] == "a"]
    assert (row["interviews"], row["covered"], row["raised"]) == (9, 6, 3)
    lower, upper = (round(100 * end, 1) for end in compute_wilson(3, 6))
    assert (row["raised_percent"], row["raised_from"], row["raised_to"]) == (50, lower, upper)
    assert row["unprompted_percent"] == pytest.approx(66.7)


def test_of_nothing_there_is_no_share() -> None:
    for rows in (make_rows(), make_rows(hold(1, a="not_asked"))):
        [row] = [each for each in rows if each["probe"] == "a"]
        assert (row["covered"], row["raised"]) == (0, 0)
        assert row["raised_percent"] is row["raised_from"] is row["unprompted_percent"] is None


def test_who_denied_leaves_a_share_of_raised_that_is_nought_and_no_share_of_unprompted() -> None:
    [row] = [each for each in make_rows(hold(1, a="asked_and_denied")) if each["probe"] == "a"]
    assert (row["raised_percent"], row["unprompted_percent"]) == (0, None)
