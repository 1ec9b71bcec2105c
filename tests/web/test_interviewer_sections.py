"""How long each section took, how long was planned, and where the interviewer was last."""

from typing import Any

import pytest

from survey_app.definition.text import Text
from survey_app.web.interviewer.sections import (
    SectionTime,
    find_last_visit,
    plan_sections,
    time_sections,
)
from tests.web.interviewing import CLOSING, CLOSING_RESPONSE, GUIDE, TALK_RESPONSE, lay_out

MINUTE = 60_000
PLANNED = GUIDE.replace("title: Opening", "title: Opening\n    minutes: 20")
SHEET = lay_out()


def visit(item: str, at: Any, response: str = TALK_RESPONSE) -> dict[str, Any]:
    return {"response": response, "item": item, "at": at}


TO_THE_CLOSING = visit("anything", 12 * MINUTE, CLOSING_RESPONSE)


def spend(*visits: dict[str, Any], elapsed: int = 15 * MINUTE) -> list[tuple[float, bool]]:
    """Minutes in each section, and whether the interviewer is there."""
    times = time_sections(SHEET, visits, elapsed, None)
    return [(time.elapsed / MINUTE, time.current) for time in times]


def test_sections_are_named_by_run_and_key_in_the_order_of_the_sheet() -> None:
    first, second = time_sections(SHEET, [], 0, None)

    assert (first.key, first.title) == ("1.opening", Text.plain("Opening"))
    assert (second.key, second.title) == ("2.closing", Text.plain("End"))


def test_before_the_first_question_no_time_is_counted() -> None:
    assert spend() == [(0, False), (0, False)]
    assert spend(visit("topics", 5 * MINUTE)) == [(10, True), (0, False)]


def test_time_counts_for_the_question_visited_until_the_next_visit_or_now() -> None:
    assert spend(visit("topics", 0), visit("hours", 4 * MINUTE)) == [(15, True), (0, False)]
    assert spend(visit("topics", 0), TO_THE_CLOSING) == [(12, False), (3, True)]


def test_jumping_back_and_forth_adds_up() -> None:
    back = visit("topics", 14 * MINUTE)

    assert spend(visit("topics", 0), TO_THE_CLOSING, back) == [(13, True), (2, False)]


def test_a_visit_that_arrived_late_counts_from_when_it_was() -> None:
    assert spend(TO_THE_CLOSING, visit("topics", 0)) == [(12, False), (3, True)]


@pytest.mark.parametrize(
    "strange", [visit("topics", None), visit("none", 0), {}, visit("topics", 0, "0" * 32)]
)
def test_what_has_no_time_or_no_question_measures_nothing(strange: dict[str, Any]) -> None:
    assert spend(strange) == [(0, False), (0, False)]


def test_a_visit_after_what_the_clock_shows_takes_no_time_back() -> None:
    assert spend(visit("topics", 0), TO_THE_CLOSING, elapsed=MINUTE) == [(12, False), (0, True)]


def plan(planned_minutes: int | None, *sources: str) -> list[float | None]:
    times = time_sections(lay_out(*sources), [], 0, planned_minutes)
    return [None if time.planned is None else time.planned / MINUTE for time in times]


def test_without_any_plan_there_is_none() -> None:
    assert plan(None, GUIDE, CLOSING) == [None, None]


def test_the_authors_minutes_are_the_plan_where_the_interview_has_none() -> None:
    assert plan(None, PLANNED, CLOSING) == [20, None]


def test_a_plan_without_minutes_is_shared_by_the_number_of_questions() -> None:
    assert plan(16, GUIDE, CLOSING) == [14, 2]  # seven questions and one


def test_a_plan_is_shared_as_the_authors_minutes_are() -> None:
    ending = CLOSING.replace("title: End", "title: End\n    minutes: 10")

    assert plan(60, PLANNED, ending) == [40, 20]


def test_a_section_without_minutes_weighs_as_its_questions_do_in_the_others() -> None:
    assert plan(40, PLANNED, CLOSING) == [35, 5]


def test_all_shares_make_the_whole_plan() -> None:
    run = lay_out(PLANNED, CLOSING).runs
    parts = {str(number): run.parts[0] for number, run in enumerate(run)}

    assert sum(share or 0 for share in plan_sections(parts, 45).values()) == 45 * MINUTE


def test_the_words_are_minutes_and_seconds_and_over_is_later_than_planned() -> None:
    title = Text.plain("Opening")
    time = SectionTime(key="1.a", title=title, elapsed=61_500, planned=60_000, current=True)
    unplanned = SectionTime(key="1.a", title=title, elapsed=0, planned=None, current=False)

    assert (time.words, time.planned_words, time.is_over) == ("1:01", "1:00", True)
    assert (unplanned.words, unplanned.planned_words, unplanned.is_over) == ("0:00", "", False)


def test_the_last_visit_is_where_to_go_on() -> None:
    last = find_last_visit(SHEET, [visit("topics", 0), visit("hours", None), visit("none", 9)])

    assert last is not None
    assert last.place == "1.hours"
    assert find_last_visit(SHEET, []) is None
