"""Charts in words hold every number."""

import pytest

from survey_app.definition.shapes import Counts, Level, Numbers, Summary, Texts
from survey_app.definition.text import Text
from survey_app.reports.coverage import ProbeCoverage, TopicCoverage
from survey_app.reports.descriptions import (
    alt_text,
    describe_blanks,
    probe_alt_text,
    show_number,
    show_percent,
)

QUESTION = Text.plain("A *question*?")
LEVELS = (
    Level(code="a", text=Text.plain("Ethics"), count=2),
    Level(code="b", text=Text.plain("Money"), count=0),
)


@pytest.mark.parametrize(
    ("summary", "words"),
    [
        (
            Counts(
                item="i", text=QUESTION, levels=LEVELS, n=3, multiple=True, missing={"refused": 1}
            ),
            "A question? Ethics 2 (67%), Money 0 (0%); n = 3, 1 gave no answer.",
        ),
        (
            Numbers(
                item="i",
                text=QUESTION,
                n=2,
                minimum=1,
                lower_quartile=1.25,
                median=1.5,
                upper_quartile=1.75,
                maximum=2,
                mean=1.5,
                missing={},
            ),
            (
                "A question? Lowest 1, lower quartile 1.25, median 1.50, upper quartile 1.75, "
                "highest 2, mean 1.50; n = 2, 0 gave no answer."
            ),
        ),
        (Texts(item="i", text=QUESTION, n=4, missing={}), "A question? 4 wrote something."),
    ],
)
def test_a_summary_is_told_in_words(summary: Summary, words: str) -> None:
    assert alt_text(summary, "en") == words


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({}, "0 gave no answer"),
        ({"unanswered": 2, "refused": 1, "dont_know": 1}, "4 gave no answer"),
        ({"unanswered": 3, "not_relevant": 1}, "3 gave no answer, 1 was not asked"),
        (
            {"not_relevant": 25, "not_reached": 1, "not_in_this_version": 4, "asked_as_probes": 2},
            "0 gave no answer, 32 were not asked",
        ),
    ],
)
def test_who_was_not_asked_did_not_fail_to_answer(missing: dict[str, int], words: str) -> None:
    assert describe_blanks(missing) == words


def test_a_probe_is_told_by_what_became_of_it() -> None:
    counts = {"raised_unprompted": 2, "asked_and_denied": 0, "not_reached": 1}
    probes = (
        ProbeCoverage(probe="a", text=Text.plain("scholar"), counts=counts, base=3),
        ProbeCoverage(probe="b", text=Text.plain("leader"), counts={}, base=0),
    )
    topic = TopicCoverage(item="i", text=QUESTION, probes=probes)
    assert probe_alt_text(topic, "en") == (
        "A question? scholar: raised unprompted 2, not reached 1. leader: no interviews."
    )


@pytest.mark.parametrize(
    ("number", "shown"), [(None, "–"), (3.0, "3"), (2.5, "2.50"), (-1, "-1"), (0.126, "0.13")]
)
def test_a_number_is_as_short_as_it_can_be(number: float | None, shown: str) -> None:
    assert show_number(number) == shown


@pytest.mark.parametrize(
    ("count", "n", "shown"),
    [(1, 8, "13%"), (3, 8, "38%"), (1, 3, "33%"), (0, 5, "0%"), (0, 0, "–")],
)
def test_a_share_is_rounded_half_up(count: int, n: int, shown: str) -> None:
    assert show_percent(count, n) == shown
