"""How long an interview stayed with each section."""

from dataclasses import replace

import pytest

from survey_app.reports.responses import Visit
from survey_app.reports.section_times import measure_sections
from tests.reports.sample import VERSIONS, make_interview

MINUTE = 60_000


def measure(*visits: tuple[str, str, int | None], elapsed: int | None = 10) -> dict[str, float]:
    """Return the minutes of the sample's sections; visits are response, item and minute."""
    interview = replace(
        make_interview(1),
        elapsed_ms=None if elapsed is None else elapsed * MINUTE,
        visits=tuple(
            Visit(response=response, item=item, at=None if at is None else at * MINUTE)
            for response, item, at in visits
        ),
    )
    found = measure_sections(VERSIONS[0], "r1", interview)
    return {section: spent / MINUTE for section, spent in found.items()}


@pytest.mark.parametrize(
    ("visits", "about", "effects"),
    [
        ([("r1", "years", 0)], 10, 0),
        ([("r1", "years", 1), ("r1", "topics", 4)], 3, 6),
        ([("r1", "years", 1), ("r1", "topics", 4), ("r1", "met", 6)], 7, 2),
        ([("r1", "topics", 4), ("r1", "years", 1)], 3, 6),
        ([("r1", "years", 1), ("other", "years", 4), ("r1", "topics", 9)], 3, 1),
        ([("r1", "years", 1), ("r1", "", 4)], 3, 0),
        ([("r1", "years", 1), ("", "", 4), ("r1", "topics", 5)], 3, 5),
        ([("r1", "years", 1), ("r1", "unknown", 4)], 9, 0),
        ([("r1", "years", 1), ("r1", "topics", None)], 9, 0),
        ([("r1", "years", 2), ("r1", "topics", 30)], 28, 0),
    ],
)
def test_from_one_question_to_the_next_the_time_is_that_of_its_section(
    visits: list[tuple[str, str, int | None]], about: float, effects: float
) -> None:
    assert measure(*visits) == {"about": about, "effects": effects}


@pytest.mark.parametrize(
    "visits", [[], [("r1", "years", None)], [("other", "years", 3)], [("r1", "", 3)]]
)
def test_without_times_of_its_own_no_section_has_any(
    visits: list[tuple[str, str, int | None]],
) -> None:
    assert measure(*visits) == {}


def test_where_no_clock_ran_no_section_has_a_time() -> None:
    assert measure(("r1", "years", 0), elapsed=None) == {}
