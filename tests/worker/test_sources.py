"""What the store keeps of interviews, as the exports take it."""

import pytest

from survey_app.reports.responses import BreakOff, InterviewRow
from survey_app.storage.store import Store
from survey_app.worker.sources import adapt_interview
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
