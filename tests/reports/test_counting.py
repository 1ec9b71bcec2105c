"""One reading counts who answered what when, every cell, and between what values they lie."""

from datetime import date

import pytest

from survey_app.definition.shapes import Answer, Answers, Json
from survey_app.reports.counting import BATCH, CellCounts
from survey_app.reports.responses import ResponseRow
from tests.reports.sheets.tables import count, lay_out, make_instrument, make_response

ITEMS = """
      - {key: years, type: decimal, text: How long?}
      - {key: met, type: date, text: When?}
      - {key: effect, type: likert, text: The effect?, scale: extent}
      - {key: mood, type: likert, text: Mood?, scale: mood}
      - {key: topics, type: select_multiple, text: Which?, options: {a: A}}
      - {key: order, type: rank, text: In order?, options: {x: X, y: Y}}
      - {key: code, type: select_one, text: Which?, options: {1: One, 2: Two}}
"""
LAYOUT = lay_out(make_instrument("1.0.0", ITEMS), make_instrument("1.1.0", ITEMS))


def find_ranges(counts: CellCounts) -> dict[str, object]:
    return {LAYOUT.columns[place].name: found for place, found in counts.ranges.items()}


def respond(number: int, **answers: Json | Answers) -> ResponseRow:
    return make_response("1.0.0", number, answers=answers)


def test_numbers_days_points_and_places_lie_between_the_lowest_and_the_highest() -> None:
    counts = count(
        LAYOUT,
        [
            respond(1, years=3, met="2014-09-01", effect="2", mood="low", order=["y", "x"]),
            respond(2, years=-1.5, met="2011-01-31", effect="1", topics=["a"], code="2"),
            respond(3, years={"": Answer(reason="refused")}),
        ],
    )
    assert find_ranges(counts) == {
        "years": (-1.5, 3),
        "met": (date(2011, 1, 31), date(2014, 9, 1)),
        "effect": (1, 2),
        "order__x": (2, 2),
        "order__y": (1, 1),
    }


def test_what_an_older_version_held_of_another_type_lies_nowhere() -> None:
    newer = make_instrument("2.0.0", ITEMS, ("years, type: decimal", "years, type: date"))
    responses = [
        make_response("1.0.0", 1, years=7),
        make_response("2.0.0", 2, years="2014-09-01"),
    ]
    counts = count(lay_out(LAYOUT.instruments[0], LAYOUT.instruments[1], newer), responses)
    assert counts.cells[0] == {None: 2}
    assert find_ranges(counts) == {"years": (date(2014, 9, 1), date(2014, 9, 1))}


def test_where_nobody_answered_there_is_no_range() -> None:
    assert count(LAYOUT, []).ranges == {}
    assert count(LAYOUT, [respond(1), make_response("1.0.0", state="withdrawn")]).ranges == {}


@pytest.mark.parametrize("number", [BATCH - 1, BATCH, BATCH + 1, 2 * BATCH + 7])
def test_batches_change_no_number(number: int) -> None:
    counts = count(LAYOUT, [respond(each, years=each) for each in range(number)])
    assert counts.responses == number
    assert counts.cells[0] == {None: number}
    assert counts.cells[1] == {"not_reached": number}
    assert find_ranges(counts) == {"years": (0, number - 1)}


def test_responses_are_counted_by_version_delivery_and_state() -> None:
    counts = count(
        LAYOUT,
        [
            make_response("1.0.0", 1, started="2026-11-22T08:00:00.000Z"),
            make_response("1.0.0", 2, started="2026-11-20"),
            make_response("1.0.0", 3, started="2026-12-01", delivery="interviewer"),
            make_response("1.1.0", 4, state="in_progress"),
            make_response("1.1.0", 5, state="withdrawn"),
        ],
    )
    older, newer = counts.versions["1.0.0"], counts.versions["1.1.0"]
    assert older.states == {("self", "submitted"): 2, ("interviewer", "submitted"): 1}
    assert (older.first, older.last, older.days_alone) == ("2026-11-20", "2026-12-01", 2)
    assert newer.states == {("self", "in_progress"): 1, ("self", "withdrawn"): 1}
    assert (counts.responses, counts.in_progress, counts.withdrawn) == (5, 1, 1)
    assert counts.days_alone == 2
