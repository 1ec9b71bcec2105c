"""Timings says how long each response took whose times are known."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from survey_app.reports.dataset import make_layout
from survey_app.reports.responses import InterviewRow, ResponseRow, Source, Visit
from survey_app.reports.sheets.timings import LEADING, make_timings_sheet
from survey_app.reports.timings import Timings
from survey_app.spreadsheets.sheet import Sheet
from tests.reports.sample import VERSIONS, make_interview, make_response
from tests.reports.sheets.tables import pick, read_rows


def make_sheet(responses: Iterable[ResponseRow], *interviews: InterviewRow) -> Sheet:
    kept = [*responses]
    source = Source(
        instruments=VERSIONS,
        responses=lambda: iter(kept),
        interviews=lambda: iter(interviews),
    )
    timings = Timings()
    assert [*timings.watch(source.responses())] == kept
    return make_timings_sheet(make_layout(VERSIONS), source, timings)


def time(
    number: int = 1,
    started: str = "2026-11-22T08:00:00.000Z",
    submitted: str | None = "2026-11-22T08:12:30.000Z",
    **changes: Any,
) -> ResponseRow:
    return replace(make_response(number), started=started, submitted=submitted, **changes)


@pytest.mark.parametrize(
    ("response", "minutes"),
    [
        (time(), 12.5),
        (time(submitted="2026-11-24T08:00:00.000Z"), 2880),
        (time(submitted="2026-11-22T08:00:00.000Z"), 0),
        (time(source="console"), 12.5),
        (time(source="paper"), None),
        (time(source="import"), None),
        (time(source="simulated"), None),
        (time(submitted=None, state="in_progress"), None),
    ],
)
def test_minutes_are_from_start_to_sending_where_a_clock_ran(
    response: ResponseRow, minutes: float | None
) -> None:
    (row,) = read_rows(make_sheet([response]))
    assert row["minutes"] == minutes
    assert row["started"] == datetime(2026, 11, 22, 8)  # noqa: DTZ001


def test_a_row_says_whose_it_is() -> None:
    responses = [time(1, participant='P"1,\n'), time(2, participant=None, state="in_progress")]
    rows = read_rows(make_sheet(responses))
    names = ("response", "participant", "version", "delivery", "source", "state", "interview")
    assert pick(rows, *names) == [
        ("r1", 'P"1,\n', "1.1.0", "self", "web", "submitted", None),
        ("r2", None, "1.0.0", "self", "web", "in_progress", None),
    ]


def test_what_is_anonymous_or_withdrawn_is_left_out() -> None:
    responses = [
        time(1, started="2026-11-22", submitted="2026-11-22"),
        time(2, state="withdrawn"),
        time(3),
    ]
    assert pick(read_rows(make_sheet(responses)), "response") == [("r3",)]


def test_without_times_the_sheet_has_its_headers_alone() -> None:
    sheet = make_sheet([time(1, started="2026-11-22", submitted="2026-11-22")])
    assert (sheet.headers, read_rows(sheet)) == (LEADING, [])
    assert read_rows(make_sheet([])) == []


def test_the_same_rows_can_be_read_again() -> None:
    sheet = make_sheet(time(number) for number in range(300))
    assert read_rows(sheet) == read_rows(sheet)
    assert [row["response"] for row in read_rows(sheet)] == [f"r{each}" for each in range(300)]


def test_an_interview_has_its_length_and_the_minutes_of_its_sections() -> None:
    visits = (
        Visit(response="r3", item="years", at=60_000),
        Visit(response="r3", item="topics", at=150_000),
    )
    interview = replace(make_interview(3), elapsed_ms=600_000, visits=visits)
    asked = time(3, delivery="interviewer", source="console", interview="i3")
    other = time(5, delivery="interviewer", source="console", interview="i5")
    sheet = make_sheet([asked, other, time(7)], interview, make_interview(5))
    names = ("interview", "interview_minutes", "pauses", "minutes__about", "minutes__effects")
    assert pick(read_rows(sheet), *names) == [
        ("i3", 10, 1, 1.5, 7.5),
        ("i5", 61.1, 1, None, None),
        (None, None, None, None, None),
    ]


def test_interviews_without_times_of_questions_add_no_columns() -> None:
    visit = Visit(response="r3", item="years", at=None)
    untimed = replace(make_interview(3), visits=(visit,), elapsed_ms=None)
    asked = time(3, delivery="interviewer", source="paper", interview="i3")
    sheet = make_sheet([asked], untimed)
    assert sheet.headers == LEADING
    assert pick(read_rows(sheet), "interview_minutes", "minutes") == [(None, None)]
