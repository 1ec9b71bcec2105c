"""The framework matrix: notes by interview and question, and why there are none."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from survey_app.definition.shapes import Answer
from survey_app.reports.responses import ItemMarkRow, MarkRow, ResponseRow, Source
from survey_app.reports.workbook import write_workbook
from survey_app.spreadsheets.sheet import Muted
from tests.reports.interviewed import (
    COSTS,
    GUIDE,
    SKILLS,
    interview,
    make_interview_sheets,
    mark,
    mark_whole,
    note,
)
from tests.reports.sample import CONTEXT
from tests.reports.tabled import define, read


def test_the_first_row_under_the_keys_holds_what_was_read_aloud() -> None:
    sheet = make_interview_sheets([interview(1)])["Framework"]
    names = [header.name for header in sheet.headers]
    assert names[:7] == [
        *("participant", "interview_started", "version", "state", "skills", "costs", "years"),
    ]
    first = read(sheet)[0]
    assert (first["skills"], first["costs"]) == ("Which skills?", "What did it cost?")
    assert (sheet.freeze, sheet.filter) == ("B3", False)


def test_a_cell_holds_the_notes_of_a_question_those_added_later_last_and_quotes_marked() -> None:
    notes = [
        note(1, "Later.", added="after", created="2026-11-21T00:00:00.000Z"),
        note(1, "It was fun", kind="quote", created="2026-11-22T20:15:00.000Z"),
        note(1, "First.\nSecond line.", created="2026-11-22T20:14:00.000Z"),
        note(1, "On a probe.", probe="leader", created="2026-11-22T20:16:00.000Z"),
        note(1, "Seen.", kind="observer", created="2026-11-22T20:17:00.000Z"),
        note(1, "Free.", probe="other:1", created="2026-11-22T20:18:00.000Z"),
        note(1, "  ", created="2026-11-22T20:19:00.000Z"),
        note(2, "Another’s."),
    ]
    marks = [mark(1, "other:1", "raised_unprompted", "patience")]
    sheet = make_interview_sheets([interview(1), interview(2)], marks, notes=notes)["Framework"]
    _words, first, second = read(sheet)
    assert first["skills"] == (
        "Note: First.\nSecond line.\n"
        "Quote: “It was fun”\n"
        "Note on “a leader”: On a probe.\n"
        "Observer: Seen.\n"
        "Note on “patience”: Free.\n"
        "Note, added after: Later."
    )
    assert (second["participant"], second["skills"]) == ("P02", "Note: Another’s.")


GAPS: list[tuple[list[MarkRow], list[ItemMarkRow], str]] = [
    ([], [], "not reached"),
    ([], [mark_whole(1, "skills", "refused")], "refused"),
    ([], [mark_whole(1, "skills", "not_asked", "out of time")], "not asked: out of time"),
    ([], [mark_whole(1, "skills", "dont_know")], "don’t know"),
    ([], [mark_whole(1, "skills", "not_reached")], "asked, no note"),
    ([mark(1, "leader", "asked_and_denied")], [], "asked, no note"),
    ([mark(1, "leader", "not_reached")], [], "not reached"),
    ([mark(1, "time", "raised_unprompted", item="costs")], [], "not reached"),
]


@pytest.mark.parametrize(("marks", "wholes", "words"), GAPS)
def test_where_there_is_no_note_grey_says_why(
    marks: list[MarkRow], wholes: list[ItemMarkRow], words: str
) -> None:
    sheet = make_interview_sheets([interview(1)], marks, wholes)["Framework"]
    _words, row = sheet.rows()
    assert row[4] == Muted(words)


def test_a_closed_question_that_was_answered_was_asked_and_one_that_did_not_arise_says_so() -> None:
    answered = interview(1, answers={"years": {"": Answer(value=3)}})
    skipped = interview(2, answers={"years": {"": Answer(reason="not_relevant")}})
    rows = read(make_interview_sheets([answered, skipped])["Framework"])[1:]
    assert [row["years"] for row in rows] == ["asked, no note", "not relevant"]


def test_a_question_of_another_version_says_so_and_a_retired_one_stands_last() -> None:
    newer = define([COSTS], version="1.1.0")
    older = define([SKILLS, COSTS])
    interviews = [interview(1), interview(2, version="1.1.0")]
    sheet = make_interview_sheets(interviews, instruments=(older, newer))["Framework"]
    assert [header.name for header in sheet.headers][4:6] == ["costs", "skills"]
    rows = read(sheet)[1:]
    assert [row["skills"] for row in rows] == ["not reached", "not in this version"]


def test_notes_on_no_question_stand_at_the_end() -> None:
    notes = [
        note(1, "Of all.", item=None, response=None, kind="summary"),
        note(1, "Of this instrument.", item=None),
        note(1, "At the end.", item="thanks"),
    ]
    row = read(make_interview_sheets([interview(1)], notes=notes)["Framework"])[1]
    assert row["whole_interview"].split("\n") == [
        "Note on “thanks”: At the end.",
        "Contact summary: Of all.",
        "Note: Of this instrument.",
    ]


@pytest.mark.parametrize(
    "responses",
    [[], [interview(1, state="withdrawn")], [interview(1, delivery="self")]],
    ids=["none", "withdrawn", "form"],
)
def test_without_interviews_a_sentence_says_so(responses: list[ResponseRow]) -> None:
    sheets = make_interview_sheets(responses, notes=[note(1, "Gone.")])
    for name in ("Framework", "Saturation"):
        (row,) = read(sheets[name])
        assert row["about"] == "There is no interview among these responses."


def test_a_very_long_note_is_whole_in_the_file(tmp_path: Path) -> None:
    text = "so long " * 9_000
    source = Source(
        instruments=(GUIDE,),
        responses=lambda: iter([interview(1)]),
        notes=lambda: iter([note(1, text)]),
    )
    write_workbook(source, replace(CONTEXT, filter=""), tmp_path / "book.xlsx")
    page = load_workbook(tmp_path / "book.xlsx")["Framework"]
    header, _words, row = page.iter_rows(values_only=True)
    parts = [
        str(value)
        for name, value in zip(header, row, strict=True)
        if str(name).startswith("skills") and value
    ]
    assert "".join(parts) == f"Note: {text}"
