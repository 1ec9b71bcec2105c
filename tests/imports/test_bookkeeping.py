"""What stands before the items is understood: whose response a row is, when, and whether."""

from datetime import date, datetime

import pytest

from survey_app.spreadsheets.table import ReadValue, Unusable
from tests.imports.scenes import EVERYTHING
from tests.imports.tables import check, check_cells, make_table, say

MOMENT = datetime(2026, 11, 22, 20, 14, 5, 123_000)  # noqa: DTZ001 - spreadsheets know no zone


def test_a_row_of_our_own_export_says_what_it_is() -> None:
    told = check_cells(
        response="r1",
        participant="P07",
        study="elsewhere",
        instrument="everything",
        version="1.0.0",
        delivery="self",
        source="web",
        language="fr",
        state="submitted",
        started=MOMENT,
        submitted="2026-11-22T21:14:05.123+01:00",
        is_test=1,
    ).bookkeeping
    assert (told.response, told.participant, told.language) == ("r1", "P07", "fr")
    assert (told.started, told.submitted) == ("2026-11-22T20:14:05.123Z",) * 2
    assert (told.is_test, told.skipped) == (True, None)


def test_a_row_that_says_nothing_of_itself_is_a_response_of_the_first_language() -> None:
    told = check_cells(line="x").bookkeeping
    assert (told.response, told.participant, told.language) == ("", None, "en")
    assert (told.started, told.submitted, told.is_test, told.skipped) == (None, None, False, None)


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (MOMENT, "2026-11-22T20:14:05.123Z"),
        (date(2026, 11, 22), "2026-11-22"),
        ("2026-11-22", "2026-11-22"),
        ("2026-11-22T20:14:05.123Z", "2026-11-22T20:14:05.123Z"),
        ("2026-11-22 20:14", "2026-11-22T20:14:00.000Z"),
        ("2026-11-22T23:30:00-05:00", "2026-11-23T04:30:00.000Z"),
    ],
)
def test_times_are_stored_as_precisely_as_they_are_known(value: ReadValue, stored: str) -> None:
    assert check_cells(submitted=value).bookkeeping.submitted == stored
    (anonymous,) = check(make_table(["submitted"], [value]), anonymous=True)
    assert anonymous.bookkeeping.submitted == stored[:10]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"state": "withdrawn"}, "withdrawn"),
        ({"state": "in_progress"}, "in_progress"),
        ({"delivery": "interviewer"}, "interviewer"),
        ({"delivery": "interviewer", "state": "withdrawn"}, "withdrawn"),
    ],
)
def test_what_was_not_sent_by_a_participant_is_skipped_whatever_it_holds(
    cells: dict[str, ReadValue], reason: str
) -> None:
    checked = check_cells(cells, rewarding="asked_as_probes", years="many")
    assert (checked.skipped, checked.problems) == (reason, ())


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (
            {"instrument": "ami-survey"},
            (
                "column instrument: This row is of “ami-survey”, and everything is imported. Take it "
                "out."
            ),
        ),
        (
            {"version": "1.1.0", "state": "withdrawn"},
            (
                "column version: This row was given on version 1.1.0, and 1.0.0 is imported. Put it "
                "into a file of its own and import that as everything@1.1.0."
            ),
        ),
        (
            {"delivery": "by post"},
            "column delivery: “by post” is no delivery. Write self, or leave the cell empty.",
        ),
        (
            {"state": "done"},
            "column state: “done” is no state. Write submitted, or leave the cell empty.",
        ),
        (
            {"language": "de"},
            "column language: The version is not written in “de”. Write one of en, fr.",
        ),
        (
            {"submitted": "yesterday"},
            (
                "column submitted: “yesterday” is no time. Write it in UTC as 2026-11-22T20:14:05Z, or "
                "the date alone."
            ),
        ),
        (
            {"started": 46348},
            (
                "column started: “46348” is no time. Write it in UTC as 2026-11-22T20:14:05Z, or the "
                "date alone."
            ),
        ),
        (
            {"is_test": "maybe"},
            "column is_test: Write 1 for a test response and 0 for a real one, not “maybe”.",
        ),
        (
            {"participant": "P" * 65},
            "column participant: A participant’s code has at most 64 characters. Shorten it.",
        ),
        (
            {"response": Unusable("=A1")},
            "column response: This is a formula or an error. Paste its value in its place.",
        ),
    ],
)
def test_what_a_row_says_wrongly_of_itself_is_said(
    cells: dict[str, ReadValue], sentence: str
) -> None:
    assert say(check_cells(cells)) == [f"sheet Data, row 2, {sentence}"]


def test_an_anonymous_study_takes_no_participant() -> None:
    (checked,) = check(make_table(["participant"], ["P07"]), EVERYTHING, anonymous=True)
    assert say(checked) == [
        (
            "sheet Data, row 2, column participant: The study is anonymous, so it keeps no "
            "participant. Empty this column."
        )
    ]
