"""Crosswalk says of every column what each version made of it."""

from survey_app.reports.sheets.crosswalk import make_crosswalk_sheet
from tests.reports.sheets.tables import lay_out, make_instrument, pick, read_rows

ITEMS = """
      - {key: years, type: integer, text: How long?, maximum: 60}
      - {key: good, type: select_one, text: Good?, options: {y: Yes, n: No}}
      - {key: topics, type: select_multiple, text: Which?, options: {a: A, b: B}}
"""
FIRST = make_instrument("1.0.0", ITEMS)
SECOND = make_instrument(
    "1.1.0",
    ITEMS,
    ("How long?, maximum: 60", "For how long?, maximum: 70"),
    ("n: No", "n: No, m: Maybe"),
    ("a: A, b: B", "b: B, c: C"),
)
THIRD = make_instrument("2.0.0", ITEMS)
PER_VERSION = ("column", "1.0.0", "1.1.0", "2.0.0")


def test_each_version_is_compared_with_the_one_before() -> None:
    rows = read_rows(make_crosswalk_sheet(lay_out(THIRD, SECOND, FIRST), "en"))
    assert pick(rows, *PER_VERSION) == [
        (
            *("years", "first version", "reworded, asked differently"),
            "reworded, asked differently",
        ),
        ("good", "first version", "options changed", "options changed"),
        ("topics__a", "first version", "not in this version", "added"),
        ("topics__b", "first version", "options changed", "options changed"),
        ("topics__c", "not in this version", "added", "not in this version"),
    ]


def test_what_is_counted_together_is_said_with_why() -> None:
    rows = read_rows(make_crosswalk_sheet(lay_out(THIRD, SECOND, FIRST), "en"))
    assert pick(rows, "column", "pooled", "counted_together") == [
        ("years", "kept apart", "1.0.0, 1.1.0; 2.0.0"),
        ("good", "kept apart", "1.0.0, 1.1.0; 2.0.0"),
        ("topics__a", "kept apart", "1.0.0; 2.0.0"),
        ("topics__b", "kept apart", "1.0.0, 1.1.0; 2.0.0"),
        ("topics__c", "one version", "1.1.0"),
    ]
    two = read_rows(make_crosswalk_sheet(lay_out(SECOND, FIRST), "en"))
    assert pick(two, "pooled", "counted_together")[0] == ("pooled", "1.0.0, 1.1.0")
    assert len({row["why"] for row in (*rows, *two)}) == 3


def test_a_version_that_changes_nothing_is_the_same_throughout() -> None:
    rows = read_rows(make_crosswalk_sheet(lay_out(FIRST, make_instrument("1.0.1", ITEMS)), "en"))
    assert {row["1.0.1"] for row in rows} == {"same"}


def test_one_version_has_nothing_before_it() -> None:
    rows = read_rows(make_crosswalk_sheet(lay_out(FIRST), "en"))
    assert {(row["1.0.0"], row["pooled"]) for row in rows} == {("first version", "one version")}
    assert pick(rows, "question", "label")[-1] == ("Which?", "B")
