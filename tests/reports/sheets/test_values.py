"""Values lists every code as Data holds it, and every reason for a blank."""

from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answer
from survey_app.reports.dataset import make_cells
from survey_app.reports.sheets.values import make_values_sheet
from tests.reports.sheets.tables import lay_out, make_instrument, make_response, pick, read_rows

ITEMS = """
      - {key: why, type: text, text: Why?}
      - {key: good, type: select_one, text: Good?, options: {y: Yes, n: "*No*"}, other: Else}
      - {key: topics, type: select_multiple, text: Which?, options: {a: A, b: B}}
      - {key: effect, type: likert_grid, text: Effect, scale: extent, rows: {one: 1, two: 2}}
      - {key: mood, type: likert, text: Mood?, scale: mood}
      - {key: order, type: rank, text: In order?, options: {x: X, y: Y}}
"""
OLD = make_instrument("1.0.0", ITEMS)
NEW = make_instrument("1.1.0", ITEMS, ("{y: Yes, n: ", "{m: Maybe, n: "), ("somewhat", "a bit"))


def test_every_code_has_a_row_in_the_instruments_order_and_texts_have_none() -> None:
    rows = read_rows(make_values_sheet(lay_out(OLD), "en"))
    columns = ("column", "item", "code", "label", "order", "kind", "is_missing", "versions")
    assert pick(rows, *columns)[: -len(Reason)] == [
        ("good", "good", "y", "Yes", 1, "value", 0, "1.0.0"),
        ("good", "good", "n", "No", 2, "value", 0, "1.0.0"),
        ("good", "good", "other", "Else", 3, "value", 0, "1.0.0"),
        ("topics__a", "topics", 0, "not chosen", 1, "value", 0, "1.0.0"),
        ("topics__a", "topics", 1, "chosen", 2, "value", 0, "1.0.0"),
        ("topics__b", "topics", 0, "not chosen", 1, "value", 0, "1.0.0"),
        ("topics__b", "topics", 1, "chosen", 2, "value", 0, "1.0.0"),
        ("effect__one", "effect", 1, "not at all", 1, "value", 0, "1.0.0"),
        ("effect__one", "effect", 2, "somewhat", 2, "value", 0, "1.0.0"),
        ("effect__one", "effect", 3, "very much", 3, "value", 0, "1.0.0"),
        ("effect__two", "effect", 1, "not at all", 1, "value", 0, "1.0.0"),
        ("effect__two", "effect", 2, "somewhat", 2, "value", 0, "1.0.0"),
        ("effect__two", "effect", 3, "very much", 3, "value", 0, "1.0.0"),
        ("mood", "mood", "low", "low", 1, "value", 0, "1.0.0"),
        ("mood", "mood", "high", "high", 2, "value", 0, "1.0.0"),
    ]


def test_the_reasons_stand_once_at_the_end_and_in_no_column() -> None:
    rows = read_rows(make_values_sheet(lay_out(OLD, NEW), "en"))[-len(Reason) :]
    assert [row["code"] for row in rows] == [str(reason) for reason in Reason]
    assert {row["column"] for row in rows} == {None}
    assert {(row["kind"], row["is_missing"]) for row in rows} == {("reason", 1)}
    assert rows[0]["label"] == "not answered"
    assert rows[0]["versions"] == "1.1.0, 1.0.0"


def test_codes_are_what_data_holds_for_them() -> None:
    rows = read_rows(make_values_sheet(lay_out(OLD), "en"))
    listed = {(row["column"], row["code"]) for row in rows}
    layout = lay_out(OLD)
    grid = {"one": Answer(value="3"), "two": Answer(reason="refused")}
    response = make_response("1.0.0", good="other", topics=["b"], mood="high", effect=grid)
    cells = make_cells(layout, response, "en")
    held = {
        (column.name, cell.value) if cell.reason is None else (None, cell.reason)
        for column, cell in zip(layout.columns, cells, strict=True)
        if column.kind in {"code", "flag"}
    }
    assert held == {
        ("good", "other"),
        ("topics__a", 0),
        ("topics__b", 1),
        ("effect__one", 3),
        (None, "refused"),
        ("mood", "high"),
    }
    assert held <= listed


def test_versions_say_who_offers_a_code_and_a_retired_one_stands_last() -> None:
    rows = read_rows(make_values_sheet(lay_out(OLD, NEW), "en"))
    good = [row for row in rows if row["column"] == "good"]
    assert pick(good, "code", "order", "versions") == [
        ("m", 1, "1.1.0"),
        ("n", 2, "1.1.0, 1.0.0"),
        ("other", 3, "1.1.0, 1.0.0"),
        ("y", 4, "1.0.0"),
    ]


def test_a_code_of_a_column_that_held_something_else_is_what_it_was() -> None:
    newer = make_instrument(
        "2.0.0", ITEMS, ("good, type: select_one", "topics__a, type: select_one"),
        ("topics, type: select_multiple", "themes, type: select_multiple"),
    )  # fmt: skip
    rows = read_rows(make_values_sheet(lay_out(OLD, newer), "en"))
    found = [(row["code"], row["versions"]) for row in rows if row["column"] == "topics__a"]
    assert found == [
        ("y", "2.0.0"),
        ("n", "2.0.0"),
        ("other", "2.0.0"),
        (0, "1.0.0"),
        (1, "1.0.0"),
    ]


def test_a_reworded_code_has_one_row_with_the_words_of_each_version() -> None:
    rows = read_rows(make_values_sheet(lay_out(OLD, NEW), "en"))
    one = [row for row in rows if row["column"] == "effect__one"]
    assert pick(one, "code", "label", "wordings") == [
        (1, "not at all", None),
        (2, "a bit", "1.1.0: a bit\n1.0.0: somewhat"),
        (3, "very much", None),
    ]
