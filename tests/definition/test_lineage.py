"""A question is one, whatever each version calls it, as long as nothing says otherwise."""

from itertools import permutations

import pytest

from survey_app.definition.instrument import Instrument
from survey_app.definition.lineage import NO_LINEAGE, Lineage, rename_items, trace
from survey_app.definition.loader import load

HEAD = """
format: 1
name: mentors
version: {version}
title: Mentors
source: ours
licence: ours
changes: What {version} changed
sections:
  - key: main
    title: All
    items:
{items}
{analysis}
"""
TYPES = {
    "text": "type: text",
    "number": "type: integer",
    "one": "type: select_one, options: {y: Yes, n: No}",
    "several": "type: select_multiple, options: {y: Yes, n: No}, other: Other",
}


def make(version: str, *items: str, analysis: str = "") -> Instrument:
    """A version of items, each as `key`, `key<-old` or `key:type`, and both."""
    lines = []
    for item in items:
        name, _colon, kind = item.partition(":")
        key, _arrow, old = name.partition("<-")
        renamed = f", renamed_from: {old}" if old else ""
        lines.append(f"      - {{key: {key}, text: {key}?, {TYPES[kind or 'text']}{renamed}}}")
    text = HEAD.format(version=version, items="\n".join(lines), analysis=analysis)
    return load(text.encode(), "test.yaml")


def show(*instruments: Instrument) -> dict[str, str]:
    """The newest keys by `version key`."""
    return {f"{version} {key}": new for (version, key), new in trace(instruments).newest.items()}


@pytest.mark.parametrize(
    ("versions", "newest"),
    [
        ({"1.0.0": ["a"], "2.0.0": ["a"]}, {}),
        ({"1.0.0": ["a"], "2.0.0": ["b<-a"]}, {"1.0.0 a": "b"}),
        (
            {"1.0.0": ["a"], "2.0.0": ["b<-a"], "3.0.0": ["c<-b"]},
            {"1.0.0 a": "c", "2.0.0 b": "c"},
        ),
        ({"1.0.0": ["a"], "2.0.0": ["b<-a"], "2.1.0": ["b<-a"]}, {"1.0.0 a": "b"}),
        ({"1.0.0": ["a"], "1.1.0": ["z"], "2.0.0": ["b<-a"]}, {"1.0.0 a": "b"}),
        ({"1.0.0": ["a"], "2.0.0": ["b<-a"], "3.0.0": ["a<-b"]}, {"2.0.0 b": "a"}),
        ({"1.0.0": ["a"], "2.0.0": ["b<-a"], "2.1.0": ["b", "a"]}, {"1.0.0 a": "b"}),
        ({"1.0.0": ["a", "b"], "2.0.0": ["b<-a"]}, {}),
        ({"1.0.0": ["a:number"], "2.0.0": ["b<-a:text"]}, {}),
        ({"1.0.0": ["z"], "2.0.0": ["b<-a"]}, {}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_a_question_is_followed_from_name_to_name(
    versions: dict[str, list[str]], newest: dict[str, str]
) -> None:
    made = [make(version, *items) for version, items in versions.items()]
    assert all(show(*order) == newest for order in permutations(made))


def test_a_name_is_found_in_both_directions() -> None:
    lineage = trace([make("1.0.0", "a", "k"), make("2.0.0", "b<-a", "k")])
    assert (lineage.find_newest("1.0.0", "a"), lineage.find_asked("1.0.0", "b")) == ("b", "a")
    assert (lineage.find_newest("2.0.0", "b"), lineage.find_asked("2.0.0", "b")) == ("b", "b")
    assert lineage.list_names("b") == {"1.0.0": "a"}
    assert [lineage.find_any(key) for key in ("a", "b", "k")] == ["b", "b", "k"]


def test_a_key_that_came_back_as_another_question_is_not_the_renamed_one() -> None:
    lineage = trace([make("1.0.0", "a"), make("2.0.0", "b<-a"), make("2.1.0", "b", "a")])
    assert lineage.find_newest("2.1.0", "a") == "a"


def test_a_version_whose_questions_are_renamed_says_the_same_in_other_columns() -> None:
    older, newer = make("1.0.0", "a:several", "k"), make("2.0.0", "b<-a:several", "k")
    renamed = rename_items(older, trace([older, newer]))
    assert list(renamed.columns_by_name) == list(newer.columns_by_name)
    assert [str(column.text) for column in renamed.columns] == [
        str(column.text) for column in older.columns
    ]
    assert (renamed.fingerprint, renamed.definition) == (older.fingerprint, older.definition)


def test_what_renames_nothing_is_the_same_version() -> None:
    instrument = make("1.0.0", "a")
    assert rename_items(instrument, NO_LINEAGE) is instrument


def test_conditions_read_the_renamed_question_and_keep_their_text() -> None:
    text = HEAD.format(version="1.0.0", items="{items}", analysis="")
    items = """
      - {key: a, text: A?, type: select_one, options: {y: Yes, n: No}}
      - {key: k, text: K?, type: text, relevant: "${a} = 'y'"}
"""
    older = load(text.replace("{items}", items).encode(), "test.yaml")
    renamed = rename_items(older, Lineage({("1.0.0", "a"): "b"}))
    condition = renamed.items_by_key["k"].relevant
    assert condition is not None
    assert condition.text == "${a} = 'y'"
    assert {reference.item for reference in condition.reads} == {"b"}
    assert condition.evaluate({"b": "y"})
    assert not condition.evaluate({"a": "y"})


def test_scales_and_quasi_identifiers_name_the_renamed_columns() -> None:
    analysis = """
analysis:
  quasi_identifiers: [a]
  scales:
    sum: {items: [a, k], reverse: [a]}
"""
    bounded = HEAD.format(
        version="1.0.0",
        items="".join(
            f"      - {{key: {key}, text: T, type: range, start: 0, end: 5}}\n"
            for key in ("a", "k")
        ),
        analysis=analysis,
    )
    older = load(bounded.encode(), "test.yaml")
    renamed = rename_items(older, Lineage({("1.0.0", "a"): "b"})).analysis
    assert renamed.quasi_identifiers == ("b",)
    (scale,) = renamed.scales
    assert (scale.items, scale.reverse, set(scale.bounds)) == (("b", "k"), ("b",), {"b", "k"})


def test_where_a_column_would_get_a_name_that_is_taken_each_version_keeps_its_own() -> None:
    older = make("1.0.0", "a:several", "b__y")
    assert show(older, make("2.0.0", "b<-a:several")) == {}


def test_where_a_name_would_be_too_long_each_version_keeps_its_own() -> None:
    newest = "b" * 29
    older = make("1.0.0", "a:several")
    text = HEAD.format(
        version="2.0.0",
        items=(
            f"      - {{key: {newest}, text: B?, renamed_from: a, type: select_multiple,"
            " options: {y: Yes}}"
        ),
        analysis="",
    )
    assert show(older, load(text.encode(), "test.yaml")) == {}
