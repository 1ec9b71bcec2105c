"""The sheet Marks: every mark with its times, and what holds for whole questions."""

from collections.abc import Iterator

import pytest

from survey_app.reports.coverage import collect_interviews
from survey_app.reports.moments import show_time
from survey_app.reports.responses import ItemMarkRow, MarkRow, Source, Turn
from survey_app.reports.sheets.marks import HEADERS, make_marks_sheet
from survey_app.spreadsheets.sheet import Value
from tests.reports.sample import VERSIONS, make_response

NAMES = [header.name for header in HEADERS]


def make_mark(probe: str, *, item: str = "skills", **more: object) -> MarkRow:
    place = {"response": "r1", "instrument": "mentors", "version": "1.1.0", "state": "refused"}
    return MarkRow(**place | {"item": item, "probe": probe} | more)  # type: ignore[arg-type]


def make_item_mark(item: str = "skills", **more: object) -> ItemMarkRow:
    place = {"response": "r1", "instrument": "mentors", "version": "1.1.0", "state": "refused"}
    return ItemMarkRow(**place | {"item": item} | more)  # type: ignore[arg-type]


def read_rows(marks: list[MarkRow], items: list[ItemMarkRow]) -> Iterator[dict[str, Value]]:
    response = make_response(1, delivery="interviewer")
    source = Source(
        instruments=VERSIONS,
        responses=lambda: iter([response]),
        marks=lambda: iter(marks),
        item_marks=lambda: iter(items),
    )
    sheet = make_marks_sheet(VERSIONS, collect_interviews(source), "en")
    for row in sheet.rows():
        yield dict(zip(NAMES, row, strict=True))


def test_a_mark_comes_out_whole() -> None:
    mark = make_mark(
        "scholar",
        state="raised_after_probe",
        phase="probing",
        at_ms=3_665_400,
        changed_ms=3_700_000,
        recorded_ms=65_000,
        participant="P1",
        interview="i1",
        example="given",
        flags=("quote", "come_back"),
        text="=her own words",
        reason="",
    )
    (row,) = read_rows([mark], [])
    expected = {
        "response": "r1",
        "participant": "P1",
        "interview": "i1",
        "version": "1.1.0",
        "item": "skills",
        "probe": "scholar",
        "label": "scholar",
        "state": "raised_after_probe",
        "state_label": "raised after the probe",
        "phase": "probing",
        "at": "61:05",
        "at_ms": 3_665_400,
        "changed": "61:40",
        "changed_ms": 3_700_000,
        "in_recording": "60:00",
        "example": "given",
        "flags": "quote, come_back",
        "text": "=her own words",
        "reason": None,
    }
    assert {name: row[name] for name in expected} == expected


def test_a_question_comes_out_with_its_turns() -> None:
    turns = (Turn(phase="probing", at=61_000), Turn(phase="free", at=None))
    item = make_item_mark(
        state="not_asked", turns=turns, at_ms=1_000, reason="no time", flags=("minimal_answer",)
    )
    (row,) = read_rows([], [item])
    expected = {
        "probe": None,
        "label": "Which skills?",
        "state": "not_asked",
        "phase": "free",
        "phase_turns": "probing 1:01; free",
        "at": "0:01",
        "in_recording": None,
        "example": None,
        "flags": "minimal_answer",
        "reason": "no time",
    }
    assert {name: row[name] for name in expected} == expected


def test_a_question_of_which_nothing_holds_has_no_state() -> None:
    (row,) = read_rows([], [make_item_mark(state="not_reached", phase="probing")])
    assert (row["state"], row["state_label"], row["phase"]) == (None, None, "probing")


def test_what_was_keyed_in_from_paper_has_no_times() -> None:
    (row,) = read_rows([make_mark("scholar", recorded_ms=5)], [])
    assert {row[name] for name in ("at", "at_ms", "changed", "changed_ms", "in_recording")} == {
        None
    }


def test_the_rows_stand_in_the_order_of_the_instrument() -> None:
    marks = [
        make_mark("other:1", text="patience"),
        make_mark("leader"),
        make_mark("scholar"),
        make_mark("money", item="topics"),
    ]
    items = [make_item_mark(), make_item_mark("years"), make_item_mark("topics")]
    rows = list(read_rows(marks, items))
    assert [(row["item"], row["probe"]) for row in rows] == [
        ("years", None),
        ("topics", None),
        ("topics", "money"),
        ("skills", None),
        ("skills", "scholar"),
        ("skills", "leader"),
        ("skills", "other:1"),
    ]
    assert (rows[-1]["label"], rows[-1]["text"]) == (None, "patience")


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [(None, None), (0, "0:00"), (999, "0:00"), (60_000, "1:00"), (7_384_000, "123:04")],
)
def test_a_time_is_minutes_and_seconds(milliseconds: int | None, words: str | None) -> None:
    assert show_time(milliseconds) == words


def test_what_came_before_the_recording_is_below_nought() -> None:
    (row,) = read_rows([make_mark("scholar", at_ms=5_000, recorded_ms=65_000)], [])
    assert row["in_recording"] == "-1:00"
