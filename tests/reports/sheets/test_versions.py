"""Versions says of each version what it is, what came in, and what is new in it."""

from datetime import date, datetime

from survey_app.reports.responses import Publishing
from survey_app.reports.sheets.versions import make_versions_sheet
from tests.reports.sheets.tables import (
    count,
    lay_out,
    make_instrument,
    make_response,
    pick,
    read_rows,
)

ITEMS = """
      - {key: years, type: integer, text: How long?, maximum: 60}
      - {key: good, type: select_one, text: Good?, options: {y: Yes, n: No}}
      - {key: topics, type: select_multiple, text: Which?, options: {a: A, b: B}}
"""
FIRST = make_instrument("1.0.0", ITEMS)
SECOND = make_instrument("1.0.1", ITEMS, ("How long?", "For how long?"))
THIRD = make_instrument(
    "1.10.0",
    ITEMS,
    ("How long?, maximum: 60", "For how long?, maximum: 70"),
    ("n: No", "n: No, m: Maybe"),
    ("a: A, b: B", "b: B, c: C"),
    ("- {key: years", "- {key: why, type: text, text: Why?}\n      - {key: years"),
)
CHANGES = (
    *("columns_added", "columns_retired", "columns_reworded", "columns_asked_differently"),
    *("options_added", "options_retired"),
)


def test_each_version_stands_beside_the_one_before_it() -> None:
    layout = lay_out(THIRD, FIRST, SECOND)
    rows = read_rows(make_versions_sheet(layout, count(layout, []), {}))
    assert pick(rows, "version", "compared_with", *CHANGES) == [
        ("1.0.0", None, None, None, None, None, None, None),
        ("1.0.1", "1.0.0", None, None, "years", None, None, None),
        (
            *("1.10.0", "1.0.1", "why\ntopics__c", "topics__a", None, "years (maximum)"),
            *("good = m\ntopics = c", "topics = a"),
        ),
    ]
    assert pick(rows, *(f"n_{name}" for name in CHANGES)) == [
        (None, None, None, None, None, None),
        (0, 0, 1, 0, 0, 0),
        (2, 1, 0, 1, 2, 1),
    ]


def test_a_version_says_what_it_is() -> None:
    layout = lay_out(FIRST, SECOND)
    published = {
        "1.0.0": Publishing(
            at="2026-09-01T10:00:00.000Z", note="As said.", retired="2026-10-01T10:00:00.000Z"
        ),
        "9.9.9": Publishing(at="2026-09-02T10:00:00.000Z"),
    }
    first, second = read_rows(make_versions_sheet(layout, count(layout, []), published))
    assert first["published"] == datetime(2026, 9, 1, 10)  # noqa: DTZ001
    assert first["retired"] == datetime(2026, 10, 1, 10)  # noqa: DTZ001
    assert (second["published"], second["retired"]) == (None, None)
    assert (first["changes"], second["changes"]) == ("As said.", "What 1.0.1 changed")
    assert first["languages"] == "en"
    assert first["fingerprint"] == FIRST.fingerprint != second["fingerprint"]


def test_responses_are_counted_by_delivery_and_state_with_their_days() -> None:
    layout = lay_out(FIRST, SECOND)
    counts = count(
        layout,
        [
            make_response("1.0.0", 1, started="2026-11-22T08:00:00.000Z"),
            make_response("1.0.0", 2, started="2026-11-20"),
            make_response("1.0.0", 3, state="withdrawn", started="2026-11-30"),
            make_response("1.0.0", 4, delivery="interviewer", state="in_progress"),
        ],
    )
    first, second = read_rows(make_versions_sheet(layout, counts, {}))
    names = (
        *("responses", "self_submitted", "self_in_progress", "self_withdrawn"),
        *("interviewer_submitted", "interviewer_in_progress", "interviewer_withdrawn"),
        *("first_day", "last_day"),
    )
    assert pick([first, second], *names) == [
        (4, 2, 0, 1, 0, 1, 0, date(2026, 11, 20), date(2026, 11, 30)),
        (0, 0, 0, 0, 0, 0, 0, None, None),
    ]


def test_a_version_that_changes_nothing_says_so_in_zeros() -> None:
    layout = lay_out(FIRST, make_instrument("1.0.1", ITEMS))
    (_first, second) = read_rows(make_versions_sheet(layout, count(layout, []), {}))
    assert {second[f"n_{name}"] for name in CHANGES} == {0}
    assert {second[name] for name in CHANGES} == {None}
