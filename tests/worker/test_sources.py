"""What the store keeps of interviews, as the exports take it."""

from typing import Any

import pytest

from survey_app.reports.responses import BreakOff, InterviewRow, Visit
from survey_app.storage.store import Store
from survey_app.worker.sources import adapt_interview, adapt_visit
from tests.paper.interviews import begin, hold
from tests.storage.scenes import change


def read(store: Store) -> InterviewRow:
    with store.snapshot() as snapshot:
        (record,) = snapshot.interviews("ami", include_test=True)
    return adapt_interview(record)


def test_a_break_off_is_exported_after_the_interview_went_on(store: Store) -> None:
    interview = hold(store)
    went_on = [{"op": "clock", "action": "pause"}, {"op": "clock", "action": "resume"}]
    store.interviews.apply(interview, change(20, kind="console", base=99), went_on)
    row = read(store)
    assert (row.outcome, row.outcome_text) == (None, "")
    (broken,) = row.break_offs
    expected = BreakOff(at=broken.at, reason="the child woke up", call_back="Friday at 5, by phone")
    assert broken == expected


@pytest.mark.parametrize(
    ("more", "minutes", "pauses"),
    [({}, 55, 0), ({"pauses": "09:20-09:25 09:40-09:41", "by": "Ida Berg"}, 49, 2)],
)
def test_an_interview_on_paper_lasted_as_its_sheet_says(
    store: Store, more: dict[str, str], minutes: int, pauses: int
) -> None:
    begin(store, held={"day": "2026-05-04", "from": "09:10", "until": "10:05"} | more)
    row = read(store)
    assert (row.elapsed_ms, row.pauses) == (minutes * 60_000, pauses)
    assert (row.held, row.held_by) == ("2026-05-04 09:10 10:05", more.get("by", ""))
    assert row.break_offs == ()


@pytest.mark.parametrize(
    ("stored", "visit"),
    [
        ({"response": "r", "item": "hours", "at": 5}, Visit(response="r", item="hours", at=5)),
        ({"response": "r", "item": "hours"}, Visit(response="r", item="hours", at=None)),
        ({"response": None, "item": "", "at": 7}, Visit(response="", item="", at=7)),
    ],
)
def test_a_visit_is_taken_with_and_without_its_time(stored: dict[str, Any], visit: Visit) -> None:
    assert adapt_visit(stored) == visit


def test_an_interview_tells_where_the_interviewer_was(store: Store) -> None:
    interview = begin(store)
    state = store.interviews.find(interview)
    assert state is not None
    run = state.responses[0]
    went = [{"op": "place", "response": run.response, "item": "topics", "at": 90_000}]
    store.interviews.apply(interview, change(30, kind="console", base=99), went)
    assert Visit(response=run.response, item="topics", at=90_000) in read(store).visits
