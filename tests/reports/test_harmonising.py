"""A renamed question is one question in every sheet, and each sheet says what it was called."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from survey_app.reports.charts.counting import count_charts
from survey_app.reports.harmonising import harmonise, lay_out
from survey_app.reports.json_file import write_json_file
from survey_app.reports.progress import Meter, ignore
from survey_app.reports.responses import (
    Context,
    InterviewRow,
    ItemMarkRow,
    MarkRow,
    NoteRow,
    ResponseRow,
    Source,
    Visit,
)
from survey_app.reports.tables import COUNTING_PASSES, count_tables
from tests.reports.sheets.tables import make_instrument, make_response, pick, read_rows

ITEMS = """
      - {key: topics, type: select_multiple, text: Which?, options: {a: A, b: B}, other: Else}
      - {key: effect, type: likert_grid, text: How much?, scale: extent, rows: {r: The row}}
      - {key: talk, type: open_question, text: Tell me., probes: {p: The probe}}
      - {key: last, type: text, text: "Anything else?", relevant: "selected(${topics}, 'a')"}
"""
FIRST = make_instrument("1.0.0", ITEMS)
SECOND = make_instrument(
    "1.1.0",
    ITEMS,
    ("key: topics,", "key: themes, renamed_from: topics,"),
    ("${topics}", "${themes}"),
    ("key: effect,", "key: change, renamed_from: effect,"),
    ("key: talk,", "key: story, renamed_from: talk,"),
    ("Which?", "Which ones?"),
)
THIRD = make_instrument(
    "1.2.0",
    ITEMS,
    ("key: topics,", "key: subjects, renamed_from: themes,"),
    ("${topics}", "${subjects}"),
    ("key: effect,", "key: change,"),
    ("key: talk,", "key: story,"),
)
ALL = (SECOND, FIRST, THIRD)
CONTEXT = Context(study="Study", exported="2026-11-26T12:00:00.000Z")
RESPONSES = (
    make_response("1.0.0", 1, topics=["a"], last="old"),
    make_response("1.1.0", 2, themes=["a", "b"]),
    make_response("1.2.0", 3, subjects=["b"]),
)


def make_source(*responses: ResponseRow, **more: Any) -> Source:
    given = responses or RESPONSES
    return Source(instruments=ALL, responses=lambda: iter(given), **more)


def read(source: Source, name: str) -> list[dict[str, Any]]:
    tables = count_tables(source, CONTEXT, Meter(ignore), COUNTING_PASSES)
    return read_rows(next(each for each in tables.make_sheets() if each.name == name))


def test_the_data_have_one_set_of_columns_under_the_newest_key() -> None:
    rows = read(make_source(), "Data")
    assert pick(rows, "version", "subjects__a", "subjects__b") == [
        ("1.0.0", 1, 0),
        ("1.1.0", 1, 1),
        ("1.2.0", 0, 1),
    ]
    assert not {name for name in rows[0] if name.startswith(("topics", "themes", "effect"))}


def test_the_codebook_says_what_a_column_was_called_and_every_wording() -> None:
    rows = {row["column"]: row for row in read(make_source(), "Codebook")}
    assert rows["subjects__a"]["called"] == "called themes__a in 1.1.0\ncalled topics__a in 1.0.0"
    assert rows["change__r"]["called"] == "called effect__r in 1.0.0"
    assert rows["last"]["called"] is None
    assert rows["subjects__a"]["versions"] == "1.2.0, 1.1.0, 1.0.0"
    assert "1.1.0: Which ones? – A" in rows["subjects__a"]["wordings"]
    assert rows["last"]["condition"] == "selected(${subjects}, 'a')"


def test_the_crosswalk_shows_every_name_and_no_change_where_only_the_name_is_new() -> None:
    rows = {row["column"]: row for row in read(make_source(), "Crosswalk")}
    assert [rows["subjects__a"][version] for version in ("1.0.0", "1.1.0", "1.2.0")] == [
        "first version, called topics__a",
        "reworded, renamed, called themes__a",
        "reworded, renamed, called subjects__a",
    ]
    assert [rows["change__r"][version] for version in ("1.0.0", "1.1.0", "1.2.0")] == [
        "first version, called effect__r",
        "renamed, called change__r",
        "called change__r",
    ]
    assert [rows["last"][version] for version in ("1.1.0", "1.2.0")] == ["same", "same"]
    assert rows["subjects__a"]["counted_together"] == "1.0.0, 1.1.0, 1.2.0"


def test_versions_names_what_was_renamed_and_counts_it_as_neither_new_nor_retired() -> None:
    rows = {row["version"]: row for row in read(make_source(), "Versions")}
    assert rows["1.2.0"]["columns_renamed"] == "\n".join(
        f"subjects__{end} = themes__{end}" for end in ("a", "b", "other", "other_text")
    )
    assert rows["1.2.0"]["n_columns_renamed"] == 4
    assert (rows["1.2.0"]["columns_added"], rows["1.2.0"]["columns_retired"]) == (None, None)


def test_long_has_the_name_of_then_beside_the_column_of_now() -> None:
    rows = [row for row in read(make_source(), "Long") if row["option"] == "a"]
    assert pick(rows, "version", "item", "column", "code") == [
        ("1.0.0", "topics", "subjects__a", 1),
        ("1.1.0", "themes", "subjects__a", 1),
        ("1.2.0", "subjects", "subjects__a", 0),
    ]


def test_lists_and_charts_count_all_versions_of_a_renamed_question() -> None:
    rows = [row for row in read(make_source(), "Lists") if row["item"] == "subjects"]
    assert pick(rows, "option", "count", "n", "versions")[:2] == [
        ("a", 2, 3, "1.2.0, 1.1.0, 1.0.0"),
        ("b", 2, 3, "1.2.0, 1.1.0, 1.0.0"),
    ]
    (pool,) = count_charts(make_source(), CONTEXT).pools
    (found,) = [each for each in pool.summaries if each.item == "subjects"]
    assert found.n == 3  # type: ignore[union-attr]  # a list has one


def test_marks_and_notes_belong_to_the_renamed_question() -> None:
    interviewed = replace(make_response("1.0.0", 1, delivery="interviewer"), interview="i1")
    about: Any = {"response": "r1", "instrument": "mentors", "version": "1.0.0", "item": "talk"}
    source = harmonise(
        make_source(
            interviewed,
            marks=lambda: iter([MarkRow(**about, probe="p", state="raised_unprompted")]),
            item_marks=lambda: iter([ItemMarkRow(**about, state="", phase="probing")]),
            notes=lambda: iter(
                [NoteRow(id="n", stream="s", kind="note", text="T", created="", **about)]
            ),
        )
    )
    found: list[Any] = [*source.marks(), *source.item_marks(), *source.notes()]
    assert {each.item for each in found} == {"story"}
    shares = {row["item"]: row for row in read(source, "Probe shares")}
    assert shares["story"]["raised_unprompted"] == 1


def test_times_are_found_under_the_name_of_then() -> None:
    interviewed = replace(
        make_response("1.0.0", 1, delivery="interviewer"), source="console", interview="i1"
    )
    interview = InterviewRow(
        id="i1", participant="P", interviewer="eva", source="console", language="en",
        started="2026-11-22T08:00:00.000Z", finished=None, elapsed_ms=60_000, pauses=0,
        planned_minutes=None, held="", consent=None, recording_permitted=None, recorded_ms=None,
        outcome=None, outcome_text="", call_back="", is_test=False,
        visits=(Visit(response="r1", item="talk", at=0),),
    )  # fmt: skip
    source = make_source(interviewed, interviews=lambda: iter([interview]))
    (row,) = read(source, "Timings")
    assert row["minutes__main"] == 1.0


def test_the_json_file_says_what_each_version_calls_its_questions(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    write_json_file(make_source(), CONTEXT, path)
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["names"] == {
        "1.0.0": {"topics": "subjects", "effect": "change", "talk": "story"},
        "1.1.0": {"themes": "subjects"},
    }
    assert [each["values"].get("subjects__a") for each in written["responses"]] == [1, 1, 0]
    definitions = {each["version"]: each for each in written["instruments"]}
    assert definitions["1.0.0"]["sections"][0]["items"][0]["key"] == "topics"


def test_what_is_harmonised_is_not_harmonised_again() -> None:
    source = harmonise(make_source())
    assert harmonise(source) is source
    layout = lay_out(source)
    assert layout.lineage.list_names("subjects") == {"1.0.0": "topics", "1.1.0": "themes"}


@pytest.mark.parametrize("chosen", [(FIRST, THIRD), (FIRST,), (THIRD, FIRST)])
def test_a_column_has_one_name_whichever_versions_are_chosen(chosen: tuple[Any, ...]) -> None:
    source = Source(instruments=chosen, responses=lambda: iter(()), known=ALL)
    assert "subjects__a" in [column.name for column in lay_out(harmonise(source)).columns]
