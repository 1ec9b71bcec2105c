"""What became of each column from one version to the next."""

import pytest

from survey_app.definition.column_changes import compare_columns, compare_options
from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load
from tests.definition.definitions import HEAD

BEFORE = (
    HEAD
    + """\
      - {key: sleep, type: text, text: How do you sleep?, hint: Briefly, as_printed: Sleep}
      - {key: good, type: select_one, text: Was it good?, options: {yes: Yes, no: No}, other: Else}
      - {key: topics, type: select_multiple, text: Which?, options: {ethics: E, pay: P, none: N}}
      - {key: teaching, type: likert_grid, text: The effect, scale: extent, rows: {a: A, b: B}}
      - {key: sure, type: range, text: How sure?, start: 0, end: 10, relevant: "${good} = 'yes'"}
      - {key: order, type: rank, text: In order?, options: {x: X, y: Y}}
      - {key: thanks, type: note, text: Thank you}
"""
)
COLUMNS = (
    *("sleep", "good", "good__other_text", "topics__ethics", "topics__pay", "topics__none"),
    *("teaching__a", "teaching__b", "sure", "order__x", "order__y"),
)


def make(*changes: tuple[str, str], version: str = "1.0.0") -> Instrument:
    text = BEFORE.replace("version: 1.0.0", f"version: {version}")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return load(text.encode(), "file.yaml")


def find_changes(*changes: tuple[str, str]) -> dict[str, tuple[str, ...]]:
    """Return what changed, by column; what stays the same is left out."""
    found = compare_columns(make(), make(*changes, version="2.0.0"))
    return {each.column.name: each.changes for each in found if each.changes}


def test_a_version_that_changes_nothing_has_every_column_the_same() -> None:
    found = compare_columns(make(), make(version="1.0.1"))
    assert [each.column.name for each in found] == list(COLUMNS)
    assert {each.changes for each in found} == {()}


TOPICS = ("topics__ethics", "topics__pay", "topics__none")
TEACHING = ("teaching__a", "teaching__b")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("How do you sleep?", "How did you sleep?", {"sleep": ("reworded",)}),
        ("hint: Briefly", "hint: In short", {"sleep": ("reworded",)}),
        ("as_printed: Sleep", "as_printed: Sleeping", {}),
        ("Thank you", "Thanks", {}),
        ("hint: Briefly", "hint: Briefly, required: true", {"sleep": ("asked",)}),
        ("hint: Briefly", "hint: Briefly, max_length: 5", {"sleep": ("asked",)}),
        ("Yes,", "Yes!,", {"good": ("reworded",)}),
        ("other: Else", "other: Else then",
         {"good": ("reworded",), "good__other_text": ("reworded",)}),
        ("no: No}", "no: No, maybe: Maybe}",
         {"good": ("options",), "good__other_text": ("options",)}),
        (", other: Else", "",
         {"good": ("options",), "good__other_text": ("retired",)}),
        ("yes: Yes, no: No", "no: No, yes: Yes",
         {"good": ("options",), "good__other_text": ("options",)}),
        ("pay: P, ", "",
         {"topics__ethics": ("options",), "topics__none": ("options",), "topics__pay": ("retired",)}),
        ("pay: P", "pay: P, sex: S", dict.fromkeys(TOPICS, ("options",)) | {"topics__sex": ("added",)}),
        ("pay: P", "pay: Pay", {"topics__pay": ("reworded",)}),
        ("none: N}", "none: N}, exclusive: [none]", dict.fromkeys(TOPICS, ("asked",))),
        ("b: B", "b: Be", {"teaching__b": ("reworded",)}),
        ("b: B", "b: B, c: C", {"teaching__c": ("added",)}),
        ("The effect", "An effect", dict.fromkeys(TEACHING, ("reworded",))),
        ("1: not at all", "1: never", dict.fromkeys(TEACHING, ("reworded",))),
        ("1: not at all", "0: no, 1: not at all", dict.fromkeys(TEACHING, ("options",))),
        ("unipolar", "bipolar", dict.fromkeys(TEACHING, ("options",))),
        ("end: 10", "end: 20", {"sure": ("asked",)}),
        ("= 'yes'", "= 'no'", {"sure": ("asked",)}),
        ("type: range, text: How sure?, start: 0, end: 10,", "type: integer, text: Sure?,",
         {"sure": ("retyped", "reworded")}),
        ("{x: X, y: Y}", "{x: X, y: Y, z: Z}",
         {"order__x": ("options",), "order__y": ("options",), "order__z": ("added",)}),
    ],
)  # fmt: skip
def test_a_change_is_told_of_the_columns_that_it_touches(
    old: str, new: str, expected: dict[str, tuple[str, ...]]
) -> None:
    assert find_changes((old, new)) == expected


def test_several_changes_of_a_column_stand_in_the_order_of_their_weight() -> None:
    changed = find_changes(
        ("How sure?", "How sure are you?"), ("relevant: \"${good} = 'yes'\"", "required: true")
    )
    assert changed == {"sure": ("reworded", "asked")}


def test_the_fields_by_which_it_is_asked_differently_are_named() -> None:
    newer = make(("end: 10, relevant: \"${good} = 'yes'\"", "end: 20"), version="2.0.0")
    (sure,) = [each for each in compare_columns(make(), newer) if each.column.name == "sure"]
    assert set(sure.fields) == {"relevant", "end"}


def test_new_columns_stand_in_their_place_and_retired_ones_last() -> None:
    newer = make(("b: B", "c: C"), ("x: X", "w: W"), version="2.0.0")
    names = [each.column.name for each in compare_columns(make(), newer)]
    assert names[6:] == [
        *("teaching__a", "teaching__c", "sure", "order__w", "order__y"),
        *("teaching__b", "order__x"),
    ]


def test_options_that_came_and_went_are_named_with_their_item() -> None:
    newer = make(
        ("no: No}, other: Else", "no: No, maybe: Maybe}"),
        ("pay: P", "sex: S"),
        ("x: X", "w: W"),
        ("1: not at all", "0: no, 1: not at all"),
        version="2.0.0",
    )
    found = compare_options(make(), newer)
    assert found.added == (
        ("good", "maybe"),
        ("topics", "sex"),
        ("teaching", "0"),
        ("order", "w"),
    )
    assert found.retired == (("good", "other"), ("topics", "pay"), ("order", "x"))


def test_an_item_that_is_new_has_columns_and_no_options_that_came() -> None:
    newer = make(("key: topics", "key: themes"), version="2.0.0")
    assert compare_options(make(), newer).added == ()
    changes = {each.column.name: each.changes for each in compare_columns(make(), newer)}
    assert changes["themes__pay"] == ("added",)
    assert changes["topics__pay"] == ("retired",)


RENAMED = (("key: topics,", "key: themes, renamed_from: topics,"), ("pay: P, ", ""))


def test_the_columns_of_a_renamed_item_are_the_same_under_other_names() -> None:
    found = compare_columns(make(), make(*RENAMED))

    changed = {each.column.name: (each.older_name, each.changes) for each in found if each.changes}
    assert changed == {
        "themes__ethics": ("topics__ethics", ("options",)),
        "themes__none": ("topics__none", ("options",)),
        "themes__pay": ("topics__pay", ("retired",)),
    }
    assert compare_options(make(), make(*RENAMED)).retired == (("themes", "pay"),)
