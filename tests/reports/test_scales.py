"""The sheet Scales: published values, who counts, and a sentence where there is no number."""

from collections.abc import Sequence
from typing import Any

import pytest

from survey_app.definition.instrument import Instrument
from survey_app.reports.dataset import make_layout
from survey_app.reports.responses import ResponseRow
from survey_app.reports.scale_values import ScaleValues
from tests.reports.statistics.data import ATTITUDE, ATTITUDE_ITEMS
from tests.reports.tabled import define, make_sheets, read, respond

ANALYSIS = """
analysis:
  scales:
    attitude: {{items: [{items}]{more}}}
"""


def make_attitude(items: Sequence[str] = ATTITUDE_ITEMS, more: str = "") -> Instrument:
    lines = [
        f"{{key: {item}, type: range, start: 0, end: 100, text: The {item}.}}"
        for item in ATTITUDE_ITEMS
    ]
    return define(lines, ANALYSIS.format(items=", ".join(items), more=more))


def answer_all(rows: Sequence[Sequence[float | None]], **changes: Any) -> list[ResponseRow]:
    return [
        respond(number, dict(zip(ATTITUDE_ITEMS, row, strict=True)), **changes)
        for number, row in enumerate(rows)
    ]


def read_scales(instrument: Instrument, responses: Sequence[ResponseRow]) -> list[dict[str, Any]]:
    return read(make_sheets([instrument], responses)["Scales"])


def test_the_published_reliability_of_attitude_stands_on_the_sheet() -> None:
    scale, *items = read_scales(make_attitude(), answer_all(ATTITUDE))
    published = {
        "scale": "attitude",
        "item": None,
        "items": 7,
        "n": 30,
        "left_out": 0,
        "alpha_from": 0.739,
        "alpha_to": 0.916,
        "alpha": 0.843,
        "alpha_standardised": 0.839,
        "mean_correlation": 0.427,
        "omega": 0.856,
    }
    assert {name: scale[name] for name in published} == published
    assert [row["item_rest"] for row in items] == [0.671, 0.742, 0.561, 0.714, 0.786, 0.265, 0.461]
    dropped = [0.810, 0.797, 0.828, 0.803, 0.795, 0.864, 0.840]
    assert [row["alpha_if_dropped"] for row in items] == dropped
    assert [row["item"] for row in items] == list(ATTITUDE_ITEMS)
    assert items[0]["label"] == "The rating."


def test_a_score_is_told_by_its_mean_spread_and_quartiles_with_the_rule_and_the_methods() -> None:
    more = ", score: sum, missing: half"
    scale, *_items = read_scales(make_attitude(ATTITUDE_ITEMS[:3], more), answer_all(ATTITUDE))
    sums = [sum(each for each in row[:3] if each is not None) for row in ATTITUDE]
    assert (scale["score_n"], scale["score_mean"]) == (30, pytest.approx(sum(sums) / 30, abs=0.005))
    # R: quantile(rowSums(attitude[, 1:3]))
    spread = ("score_lower_quartile", "score_median", "score_upper_quartile")
    ordered = sorted(sums)
    median = (ordered[14] + ordered[15]) / 2
    assert scale["score_median"] == median
    assert scale["score_lower_quartile"] < median < scale["score_upper_quartile"]
    assert all(scale[name] is not None for name in spread)
    assert scale["score_rule"] == "a score where at least half of the items were answered"
    assert "Feldt’s interval" in scale["method"]
    assert "only those who answered every item count" in scale["method"]
    assert "quartiles of type 7" in scale["method"]


def test_of_few_the_interval_is_to_be_read_first() -> None:
    scale = read_scales(make_attitude(), answer_all(ATTITUDE[:11]))[0]
    names = list(scale)
    assert names.index("alpha_from") < names.index("alpha_to") < names.index("alpha")
    assert "With n = 11 read the interval before the value." in scale["remark"]
    assert (
        "read the interval" not in read_scales(make_attitude(), answer_all(ATTITUDE))[0]["remark"]
    )


def test_who_left_an_item_out_is_counted_and_has_no_part_in_alpha() -> None:
    holes: list[list[float | None]] = [[*row[:6], None] for row in ATTITUDE[:4]]
    responses = answer_all([*holes, *ATTITUDE[4:]])
    scale = read_scales(make_attitude(), responses)[0]
    whole = read_scales(make_attitude(), answer_all(ATTITUDE[4:]))[0]
    assert (scale["n"], scale["left_out"]) == (26, 4)
    assert scale["alpha"] == whole["alpha"]
    assert (scale["score_n"], whole["score_n"]) == (26, 26)


def test_a_reversed_item_is_turned_by_the_bounds_of_the_instrument() -> None:
    turned: list[list[float | None]] = [
        [100 - each if place == 1 and each is not None else each for place, each in enumerate(row)]
        for row in ATTITUDE
    ]
    reversed_ = make_attitude(more=", reverse: [complaints]")
    scale, *items = read_scales(reversed_, answer_all(turned))
    assert (scale["alpha"], scale["reversed"]) == (0.843, "complaints")
    assert [row["reversed"] for row in items[:3]] == [None, "reversed", None]
    forgotten = read_scales(make_attitude(), answer_all(turned))[0]
    assert "as an item does that is to be reversed: complaints" in forgotten["remark"]


SAME = [[50.0] * 7] * 12
SENTENCES = [
    ([], "Fewer than 5 answered every item, too few to tell its reliability."),
    (ATTITUDE[:1], "Fewer than 5 answered every item"),
    (ATTITUDE[:4], "Fewer than 5 answered every item"),
    (SAME, "Everyone answered alike, so there is no variance to share."),
]


@pytest.mark.parametrize(("rows", "sentence"), SENTENCES)
def test_where_nothing_can_be_told_a_sentence_stands_and_no_number(
    rows: list[list[float | None]], sentence: str
) -> None:
    scale, *items = read_scales(make_attitude(), answer_all(rows))
    names = ("alpha_from", "alpha_to", "alpha", "alpha_standardised", "mean_correlation", "omega")
    assert [scale[name] for name in names] == [None] * 6
    assert sentence in scale["remark"]
    assert [(row["item_rest"], row["alpha_if_dropped"]) for row in items] == [(None, None)] * 7
    assert scale["n"] == len(rows)


def test_of_two_items_the_correlation_is_told_and_no_alpha() -> None:
    scale = read_scales(make_attitude(ATTITUDE_ITEMS[:2]), answer_all(ATTITUDE))[0]
    assert (scale["alpha"], scale["omega"], scale["mean_correlation"]) == (None, None, 0.825)
    assert "Reliability needs at least three items" in scale["remark"]


def test_the_withdrawn_do_not_count() -> None:
    gone = [respond(99 + number, {}, state="withdrawn") for number in range(9)]
    scale = read_scales(make_attitude(), [*answer_all(ATTITUDE), *gone])[0]
    assert (scale["n"], scale["left_out"], scale["alpha"]) == (30, 0, 0.843)


def test_a_definition_without_scales_says_what_to_write() -> None:
    instrument = define(["{key: years, type: integer, text: Years?}"])
    (row,) = read_scales(instrument, [respond(0, {"years": 3})])
    assert "analysis: {scales: {a_name: {items: [first_item" in row["about"]


def make_battery(version: str, rows: str, reverse: str = "") -> Instrument:
    analysis = f"analysis: {{scales: {{effect: {{items: [teaching]{reverse}}}}}}}"
    items = f"{{key: teaching, type: likert_grid, text: Effects, scale: extent, rows: {{{rows}}}}}"
    return define([items], analysis, version)


def answer_battery(number: int, codes: str, version: str, delivery: str = "self") -> ResponseRow:
    values = {row: code for row, code in zip("abc", codes, strict=False) if code != "-"}
    return respond(number, {"teaching": values}, version=version, delivery=delivery)


CODES = ["123", "234", "345", "221", "332", "443", "554", "111", "555", "212"]


def test_versions_are_pooled_and_a_retired_item_leaves_the_scale() -> None:
    older = make_battery("1.0.0", "a: One, b: Two, c: Three, d: Four")
    newer = make_battery("1.1.0", "a: One, b: Two, c: Three")
    mixed = [
        answer_battery(number, codes, "1.1.0" if number % 2 else "1.0.0")
        for number, codes in enumerate(CODES)
    ]
    alone = [answer_battery(number, codes, "1.1.0") for number, codes in enumerate(CODES)]
    (pooled, *_rest), (single, *_rest) = (
        read(make_sheets([older, newer], responses)["Scales"]) for responses in (mixed, alone)
    )
    assert (pooled["versions"], single["versions"]) == ("1.1.0, 1.0.0", "1.1.0")
    assert pooled["alpha"] == single["alpha"] is not None
    assert (pooled["n"], pooled["items"]) == (10, 3)


def test_an_item_that_an_older_version_did_not_have_leaves_its_people_out() -> None:
    older = make_battery("1.0.0", "a: One, b: Two")
    newer = make_battery("1.1.0", "a: One, b: Two, c: Three")
    responses = [answer_battery(number, codes, "1.1.0") for number, codes in enumerate(CODES)]
    responses += [answer_battery(90 + number, "12", "1.0.0") for number in range(3)]
    scale = read(make_sheets([older, newer], responses)["Scales"])[0]
    assert (scale["n"], scale["left_out"]) == (10, 3)


def test_the_two_deliveries_and_major_versions_are_never_pooled() -> None:
    versions = [make_battery(version, "a: One, b: Two, c: Three") for version in ("1.0.0", "2.0.0")]
    responses = [
        answer_battery(number, codes, version, delivery)
        for version in ("1.0.0", "2.0.0")
        for delivery in ("self", "interviewer")
        for number, codes in enumerate(CODES)
    ]
    rows = read(make_sheets(versions, responses)["Scales"])
    found = [(row["delivery"], row["versions"], row["n"]) for row in rows if row["items"]]
    assert found == [
        ("self", "2.0.0", 10),
        ("self", "1.0.0", 10),
        ("interviewer", "2.0.0", 10),
        ("interviewer", "1.0.0", 10),
    ]


def test_what_interviewers_asked_as_probes_makes_no_scale() -> None:
    battery = make_battery("1.0.0", "a: One, b: Two, c: Three")
    responses = [answer_battery(number, codes, "1.0.0") for number, codes in enumerate(CODES)]
    responses.append(respond(99, {}, delivery="interviewer"))
    rows = read(make_sheets([battery], responses)["Scales"])
    assert {row["delivery"] for row in rows} == {"self"}


@pytest.mark.parametrize(
    ("item", "size"),
    [
        ("type: range, start: 0, end: 100", 4),
        ("type: range, start: 0, end: 100000000", 8),
        ("type: range, start: 0, end: 1, step: 0.1", 8),
    ],
)
def test_an_answer_takes_four_bytes_where_they_hold_it_exactly(item: str, size: int) -> None:
    lines = [f"{{key: {key}, {item}, text: Which?}}" for key in "abc"]
    instrument = define(lines, "analysis: {scales: {three: {items: [a, b, c]}}}")
    values = ScaleValues(make_layout([instrument]))
    assert len(list(values.watch(respond(number, {"a": 1, "b": 0}) for number in range(7)))) == 7
    (pool,) = values.take_pools()
    assert (len(pool.numbers), pool.numbers.itemsize) == (7 * 3, size)
    assert not pool.is_empty


def test_nothing_is_kept_where_no_scale_is_declared() -> None:
    layout = make_layout([define(["{key: years, type: integer, text: Years?}"])])
    values = ScaleValues(layout)
    assert len(list(values.watch(respond(number, {"years": 1}) for number in range(3)))) == 3
    assert values.take_pools() == ()
