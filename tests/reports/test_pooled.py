"""What was decided on versions changes every number that is counted, and nothing of the data."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from survey_app.definition.instrument import Instrument
from survey_app.definition.pooling import Pooling, PoolingRule
from survey_app.reports.charts.counting import count_charts
from survey_app.reports.charts.plans import plan_charts
from survey_app.reports.grouping import make_grouping
from survey_app.reports.presets import Style
from survey_app.reports.progress import Meter, ignore
from survey_app.reports.responses import Context, ResponseRow, Source
from survey_app.reports.tables import COUNTING_PASSES, count_tables
from survey_app.reports.workbook import write_workbook
from survey_app.spreadsheets.sheet import Sheet
from tests.definition.pooling.versions import apart, back, together
from tests.reports.sheets.tables import make_instrument, make_response, pick, read_rows

ITEMS = """
      - {key: again, type: likert, text: Again?, scale: extent}
      - {key: once, type: likert, text: Once?, scale: extent}
      - {key: good, type: select_one, text: Good?, options: {y: Yes, n: No}}
      - {key: years, type: integer, text: How long?}
analysis:
  scales:
    both: {items: [again, once]}
"""
FIVE = "points: {1: not at all, 2: little, 3: somewhat, 4: much, 5: very much}"
THREE = "points: {1: not at all, 2: somewhat, 3: very much}"
FIRST = make_instrument("1.0.0", ITEMS)
PATCH = make_instrument("1.0.1", ITEMS)
SAME = make_instrument("2.0.0", ITEMS)
LONGER = make_instrument("2.0.0", ITEMS, (THREE, FIVE))
OTHER = make_instrument("2.0.0", ITEMS, ("y: Yes, n: No", "yes: Yes, no: No, m: Maybe"))
BOTH = ("1.0.0", "2.0.0")
CONTEXT = Context(study="Study", exported="2026-11-26T12:00:00.000Z")


def respond(version: str, number: int, *, delivery: str = "self", **given: Any) -> ResponseRow:
    values = {"again": "1", "once": "3", "good": "y", "years": number, **given}
    return make_response(version, number, delivery=delivery, answers=values)


def make_source(
    newer: Instrument, rules: Sequence[PoolingRule], responses: Sequence[ResponseRow]
) -> Source:
    return Source(
        instruments=(FIRST, newer),
        responses=lambda: iter(responses),
        pooling=Pooling(tuple(rules)),
    )


def make_sheets(source: Source, context: Context = CONTEXT) -> dict[str, Sheet]:
    tables = count_tables(source, context, Meter(ignore), COUNTING_PASSES)
    return {sheet.name: sheet for sheet in tables.make_sheets()}


def read(source: Source, name: str) -> list[dict[str, Any]]:
    return read_rows(make_sheets(source)[name])


ASKED = [respond("1.0.0", 1), respond("1.0.0", 2), respond("2.0.0", 3)]


def test_versions_that_are_counted_together_have_one_row_for_each_question() -> None:
    together_ = make_source(SAME, [together(*BOTH)], ASKED)
    assert pick(read(together_, "Likert"), "item", "versions", "n") == [
        ("again", "2.0.0, 1.0.0", 3),
        ("once", "2.0.0, 1.0.0", 3),
    ]
    assert pick(read(together_, "Lists"), "option", "versions", "count") == [
        ("y", "2.0.0, 1.0.0", 3),
        ("n", "2.0.0, 1.0.0", 0),
    ]
    assert pick(read(make_source(SAME, [], ASKED), "Likert"), "item", "versions", "n") == [
        ("again", "2.0.0", 1),
        ("once", "2.0.0", 1),
        ("again", "1.0.0", 2),
        ("once", "1.0.0", 2),
    ]


def test_versions_of_one_first_number_can_be_kept_apart() -> None:
    source = replace(
        make_source(SAME, [apart("1.0.0", "1.0.1")], [respond("1.0.0", 1), respond("1.0.1", 2)]),
        instruments=(FIRST, PATCH),
    )
    assert [row["versions"] for row in read(source, "Likert")] == ["1.0.1"] * 2 + ["1.0.0"] * 2


def test_one_question_is_counted_for_itself_where_that_was_decided() -> None:
    source = make_source(SAME, [together(*BOTH, item="once")], ASKED)
    assert pick(read(source, "Likert"), "item", "versions", "n") == [
        ("once", "2.0.0, 1.0.0", 3),
        ("again", "2.0.0", 1),
        ("again", "1.0.0", 2),
    ]


def test_a_crosswalk_counts_older_points_as_newer_ones_and_leaves_the_data() -> None:
    rules = [together(*BOTH, item="again", _2="3", _3="5")]
    asked = [respond("1.0.0", 1, again="3"), respond("2.0.0", 2, again="4")]
    source = make_source(LONGER, rules, asked)
    row = next(row for row in read(source, "Likert") if row["item"] == "again")
    assert row["versions"] == "2.0.0, 1.0.0"
    assert [row[f"count_{place}"] for place in range(1, 6)] == [0, 0, 0, 1, 1]
    assert row["scale"].count("\n") == 4
    assert [each["again"] for each in read(source, "Data")] == [3, 4]
    assert [each["again"] for each in read(source, "Labels")] == ["very much", "much"]
    long = [row for row in read(source, "Long") if row["item"] == "again"]
    assert pick(long, "code", "label") == [(3, "very much"), (4, "much")]


def test_a_crosswalk_counts_older_options_as_newer_ones_of_whose_versions_each_row_is() -> None:
    rules = [together(*BOTH, item="good", _y="yes", _n="no")]
    asked = [respond("1.0.0", 1), respond("1.0.0", 2, good="n"), respond("2.0.0", 3, good="yes")]
    rows = read(make_source(OTHER, rules, asked), "Lists")
    assert pick(rows, "option", "label", "versions", "count", "n") == [
        ("yes", "Yes", "2.0.0, 1.0.0", 2, 3),
        ("no", "No", "2.0.0, 1.0.0", 1, 3),
        ("m", "Maybe", "2.0.0", 0, 1),
    ]


def test_a_scale_is_pooled_where_all_of_its_items_are() -> None:
    many = [respond("1.0.0", n, again=str(n % 3 + 1), once=str(n % 2 + 1)) for n in range(9)]
    many += [respond("2.0.0", n, again=str(n % 2 + 1), once=str(n % 3 + 1)) for n in range(9)]

    def versions(*rules: PoolingRule) -> set[tuple[str, int]]:
        rows = read(make_source(SAME, rules, many), "Scales")
        return {(row["versions"], row["score_n"]) for row in rows if row["item"] is None}

    assert versions() == {("2.0.0", 9), ("1.0.0", 9)}
    assert versions(together(*BOTH, item="again")) == {("2.0.0", 9), ("1.0.0", 9)}
    assert versions(together(*BOTH)) == {("2.0.0, 1.0.0", 18)}
    both = [together(*BOTH, item="again"), together(*BOTH, item="once")]
    assert versions(*both) == {("2.0.0, 1.0.0", 18)}


def test_a_scales_scores_are_of_the_newer_points() -> None:
    codes = {"_2": "3", "_3": "5"}
    rules = [together(*BOTH, item=item, **codes) for item in ("again", "once")]
    asked = [respond("1.0.0", n, again="3", once="3") for n in range(5)]
    (row, *_items) = read(make_source(LONGER, rules, asked), "Scales")
    assert (row["score_mean"], row["score_n"]) == (5.0, 5)


def test_groups_are_compared_over_the_versions_that_are_pooled() -> None:
    asked = [
        respond(BOTH[n % 2], n, good="yn"[n % 3 // 2], again=str(n % 3 + 1)) for n in range(24)
    ]
    context = replace(CONTEXT, grouping=make_grouping("good", (FIRST, SAME)))

    def count(*rules: PoolingRule) -> set[tuple[str, str]]:
        sheet = make_sheets(make_source(SAME, rules, asked), context)["Groups"]
        return {(row["item"], row["versions"]) for row in read_rows(sheet) if row["item"]}

    assert count() == {(item, version) for item in ("again", "once") for version in BOTH}
    assert count(together(*BOTH, item="once")) == {
        ("again", "1.0.0"),
        ("again", "2.0.0"),
        ("once", "2.0.0, 1.0.0"),
    }


@pytest.mark.parametrize(
    ("rules", "keys"),
    [
        ([], ["again-self-2", "again-self-1"]),
        ([together(*BOTH)], ["again"]),
        ([together(*BOTH, item="once")], ["again-self-2", "again-self-1"]),
        ([together(*BOTH, item="again")], ["again-self-2"]),
        ([apart("1.0.0", "1.0.1")], ["again-self-2", "again-self-1"]),
    ],
)
def test_charts_are_drawn_of_what_is_counted_together(
    rules: list[PoolingRule], keys: list[str]
) -> None:
    counted = count_charts(make_source(SAME, rules, ASKED), CONTEXT)
    plans = list(plan_charts(counted, CONTEXT, Style()))
    assert len({plan.key for plan in plans}) == len(plans)
    found = [plan.key for plan in plans if plan.key.startswith("again")]
    assert found == keys


def test_charts_of_groups_stand_side_by_side_over_pooled_versions_and_by_their_crosswalk() -> None:
    rules = [together(*BOTH, item="again", _2="3", _3="5")]
    asked = [respond("1.0.0", n, good="y") for n in range(6)]
    asked += [respond("2.0.0", n, good="n") for n in range(6)]
    context = replace(CONTEXT, grouping=make_grouping("good", (FIRST, LONGER)))
    panels = count_charts(make_source(LONGER, rules, asked), context).panels
    (again,) = [each for each in panels if each.key.startswith("again")]
    assert [name for name, _answers in again.groups] == ["Yes", "No"]
    assert again.remarks == ()
    assert len([each for each in panels if each.key.startswith("once")]) == 2


def test_the_crosswalk_says_what_was_decided_by_whom_and_when() -> None:
    rule = replace(
        together(*BOTH, item="again", reason="Checked with the authors.", _1="2"),
        by="eva",
        at="2026-11-26T12:00:00.000Z",
    )
    rows = read(make_source(SAME, [rule], ASKED), "Crosswalk")
    assert pick(rows, "column", "pooled", "counted_together", "why") == [
        (
            *("again", "pooled", "1.0.0, 2.0.0"),
            "Checked with the authors. (eva, 2026-11-26): counted 1 as 2",
        ),
        *(
            (
                *(column, "kept apart", "1.0.0; 2.0.0"),
                "the first numbers differ: some meaning changed",
            )
            for column in ("once", "good", "years")
        ),
    ]


def write(folder: Path, name: str, rules: Sequence[PoolingRule]) -> bytes:
    path = folder / name
    write_workbook(make_source(SAME, rules, ASKED), CONTEXT, path)
    return path.read_bytes()


def test_the_same_data_and_rules_give_the_same_bytes_and_other_rules_others(tmp_path: Path) -> None:
    rules = [together(*BOTH)]
    first = write(tmp_path, "first.xlsx", rules)
    assert write(tmp_path, "second.xlsx", rules) == first
    assert write(tmp_path, "third.xlsx", []) != first


def test_read_me_tells_every_rule_that_stands(tmp_path: Path) -> None:
    rules = [
        together(*BOTH, reason="It is the same."),
        apart("1.0.0", "1.0.1"),
        back("1.0.0", "1.0.1"),
    ]
    write(tmp_path, "book.xlsx", rules)
    rows = list(
        openpyxl.load_workbook(tmp_path / "book.xlsx")["Read me"].iter_rows(values_only=True)
    )
    told = {row[0]: row[1] for row in rows}
    assert told["counted together"] == "2.0.0, 1.0.0"
    assert [row[1] for row in rows if row[0] == "pooling rule"] == [
        "1.0.0 and 2.0.0 are counted together: It is the same."
    ]


def test_without_responses_there_is_an_empty_row_for_each_question_of_the_newest_version() -> None:
    rows = read(make_source(SAME, [together(*BOTH, item="once")], []), "Likert")
    assert pick(rows, "item", "versions", "n") == [("again", "2.0.0", 0), ("once", "2.0.0", 0)]
