"""What changed between two versions: of which sort, how large, and what stood there."""

import pytest

from survey_app.definition.compare import bump_size, compare, find_least
from survey_app.definition.differences import Difference
from survey_app.definition.library import load_library
from tests.definition.versions import Edit, find_line, make, move

POINTS = "{1: not at all, 2: to some extent, 3: to a high extent}"


def describe(difference: Difference) -> tuple[str, ...]:
    """The sort and size of a difference, what it is, and both in words."""
    each = difference
    return (each.size, each.kind, each.what, each.before, each.after)


def edit(*edits: Edit) -> list[tuple[str, ...]]:
    return [describe(each) for each in compare(make(), make(*edits))]


@pytest.mark.parametrize(
    ("old", "new", "size", "kind", "what", "before", "after"),
    [
        ("How do you sleep?", "How did you sleep?", "patch", "wording",
         "'text' of 'sleep' reads differently", "How do you sleep?", "How did you sleep?"),
        ("How do you sleep?", "how do *you* sleep", "patch", "cosmetic",
         "'text' of 'sleep' is written differently, in the same words",
         "How do you sleep?", "how do *you* sleep"),
        ("Briefly", "In short", "patch", "wording",
         "'hint' of 'sleep' reads differently", "Briefly", "In short"),
        (", hint: Briefly", "", "patch", "wording",
         "'hint' of 'sleep' reads differently", "Briefly", ""),
        ("hint: Briefly", "hint: Briefly, as_printed: Sleep?", "patch", "cosmetic",
         "'as_printed' of 'sleep' is different", "", "Sleep?"),
        ("hint: Briefly", "hint: Briefly, if_needed: At night", "patch", "wording",
         "'if_needed' of 'sleep' reads differently", "", "At night"),
        ("yes: Yes", "yes: Yes!", "patch", "cosmetic",
         "'yes' of 'good' is written differently, in the same words", "Yes", "Yes!"),
        ("yes: Yes", "yes: Surely", "patch", "wording",
         "'yes' of 'good' reads differently", "Yes", "Surely"),
        ("ethics: E", "ethics: Ethics", "patch", "wording",
         "'ethics' of 'topics' reads differently", "E", "Ethics"),
        ("a: A", "a: All", "patch", "wording", "'a' of 'teaching' reads differently", "A", "All"),
        ("leader: L", "leader: Leader", "patch", "wording",
         "'leader' of 'skills' reads differently", "L", "Leader"),
        ("1: not at all", "1: never", "patch", "wording",
         "'1' of 'teaching' reads differently", "not at all", "never"),
        ("end_label: very", "end_label: quite", "patch", "wording",
         "'end_label' of 'sure' reads differently", "very", "quite"),
        ("title: Wellbeing", "title: Being well", "patch", "wording",
         "the title or introduction reads differently", "Wellbeing", "Being well"),
        ("title: Wellbeing", "title: Well-being", "patch", "cosmetic",
         "the title or introduction is written differently, in the same words",
         "Wellbeing", "Well-being"),
        ("title: The page", "title: A page", "patch", "wording",
         "the heading of 'page' reads differently", "The page", "A page"),
        ("title: The page", "title: The page\n    introduction: Now", "patch", "wording",
         "the heading of 'page' reads differently", "", "Now"),
        ("title: The page", "title: The page\n    minutes: 10", "patch", "planning",
         "the minutes planned for 'page' are different", "", "10"),
        ("yes: Yes,", "yes: Yes, maybe: Maybe,", "minor", "added",
         "'maybe' of 'good' is new", "", "Maybe"),
        ("pay: P, ", "", "minor", "retired", "'pay' of 'topics' was retired", "P", ""),
        ("ethics: E, pay: P", "pay: P, ethics: E", "minor", "reordered",
         "the options or probes of 'topics' stand in another order",
         "ethics, pay, none", "pay, ethics, none"),
        ("pay: P", "money: P", "major", "recoded",
         "'money' of 'topics' has the words that 'pay' had", "P", "P"),
        ("a: A", "all: A", "major", "recoded",
         "'all' of 'teaching' has the words that 'a' had", "A", "A"),
        ("leader: L", "leads: L", "major", "recoded",
         "'leads' of 'skills' has the words that 'leader' had", "L", "L"),
        ("1: not at all", "0: not at all", "major", "recoded",
         "'0' of 'teaching' has the words that '1' had", "not at all", "not at all"),
        ("none: N}", "none: N}, exclusive: none", "minor", "setting",
         "'exclusive' of 'topics' is different", "", "none"),
        ("none: N}", "none: N}, other: Else", "minor", "added",
         "'other' of 'topics' is new", "", "Else"),
        ("b: B", "b: B, c: C", "minor", "added", "'c' of 'teaching' is new", "", "C"),
        ("scholar: S", "advocate: A", "minor", "retired",
         "'scholar' of 'skills' was retired", "S", ""),
        ("hint: Briefly", "hint: Briefly, required: true", "minor", "required",
         "'required' of 'sleep' is different", "no", "yes"),
        ("= 'yes'", "= 'no'", "minor", "relevance", "'relevant' of 'years' is different",
         "${good} = 'yes'", "${good} = 'no'"),
        ("maximum: 60", "maximum: 70", "minor", "setting",
         "'maximum' of 'years' is different", "60", "70"),
        (find_line("sleep"), "", "minor", "retired", "'sleep' was retired", "How do you sleep?", ""),
        ("- {key: sleep", "- {key: rest", "minor", "added", "'rest' is new", "", "How do you sleep?"),
        ("- {key: sleep", "- {renamed_from: sleep, key: rest", "minor", "renamed",
         "'sleep' is called 'rest' now", "sleep", "rest"),
        ("- key: end\n", "- key: close\n", "minor", "retired",
         "the section 'end' was retired", "The end", ""),
        ("- key: end\n", "- key: close\n", "minor", "added",
         "the section 'close' is new", "", "The end"),
        ("- key: end\n", "- key: close\n", "minor", "moved",
         "'skills' stands in 'close' now", "end", "close"),
        ("scale: extent", "scale: agreement", "major", "scale",
         "the scale of 'teaching' has other points", "1, 2, 3", "against, neither, for"),
        ("3: to a high extent", "3: to a high extent, 4: to a very high one", "major", "scale",
         "the scale of 'teaching' has other points", "1, 2, 3", "1, 2, 3, 4"),
        ("direction: unipolar", "direction: bipolar", "major", "direction",
         "the scale of 'teaching' runs another way", "unipolar", "bipolar"),
        (POINTS, "{1: to a high extent, 2: to some extent, 3: not at all}", "major", "direction",
         "the scale of 'teaching' is reversed",
         "1: not at all, 2: to some extent, 3: to a high extent",
         "1: to a high extent, 2: to some extent, 3: not at all"),
        (POINTS, "{3: to a high extent, 2: to some extent, 1: not at all}", "major", "direction",
         "the scale of 'teaching' is reversed",
         "1: not at all, 2: to some extent, 3: to a high extent",
         "3: to a high extent, 2: to some extent, 1: not at all"),
        (POINTS, "{3: not at all, 2: to some extent, 1: to a high extent}", "major", "direction",
         "the scale of 'teaching' is reversed",
         "1: not at all, 2: to some extent, 3: to a high extent",
         "3: not at all, 2: to some extent, 1: to a high extent"),
        ("start_label: not, end_label: very", "start_label: very, end_label: not", "major",
         "direction", "the scale of 'sure' is reversed", "not, very", "very, not"),
        ("{key: sleep, type: text", "{key: sleep, type: open_question", "major", "type",
         "'sleep' was text and is open_question", "text", "open_question"),
        ("start: 0", "start: 1", "major", "setting", "'start' of 'sure' is different", "0", "1"),
        ("end: 10", "end: 10, step: 0.5", "major", "type",
         "'sure' holds another kind of value", "integer", "decimal"),
    ],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_every_edit_is_told_with_its_sort_and_size_and_both_in_words(
    old: str, new: str, size: str, kind: str, what: str, before: str, after: str
) -> None:
    found = edit((old, new))

    assert (size, kind, what, before, after) in found
    assert {each[0] for each in found} <= {"patch", size} or size == "major"


@pytest.mark.parametrize(
    "edits",
    [
        [("source: ours", "source: theirs")],
        [("${good} = 'yes'", "${good}='yes'")],
        [("  extent: {direction", "  degree: {direction"), ("scale: extent", "scale: degree")],
        [("{key: sleep, type: text,", "{key: sleep, type: text, meaning: unchanged,")],
        [("{key: sleep, type: text,", "{key: sleep, type: text, renamed_from: rest,")],
    ],
    ids=["the source", "spaces in a condition", "a scale's name", "meaning", "an older rename"],
)
def test_what_no_participant_can_notice_is_no_difference(edits: list[Edit]) -> None:
    assert edit(*edits) == []


def test_an_item_in_another_section_moved_and_the_others_keep_their_order() -> None:
    assert edit(*move("topics", to="skills")) == [
        ("minor", "moved", "'topics' stands in 'end' now", "page", "end")
    ]


def test_items_that_change_places_within_a_section_are_another_order() -> None:
    assert edit(*move("good", to="sleep")) == [
        ("minor", "reordered", "the questions of 'page' stand in another order",
         "sleep, good, topics", "good, sleep, topics")
    ]  # fmt: skip


def test_sections_that_change_places_are_another_order() -> None:
    lone = find_line("sleep")
    extra = f"  - key: more\n    title: More\n    items:\n{lone}"
    before = make((lone, ""), ("  - key: end\n", f"{extra}  - key: end\n"))
    after = make((lone, ""), ("  - key: page\n", f"{extra}  - key: page\n"))

    assert [describe(each) for each in compare(before, after)] == [
        ("minor", "reordered", "the sections stand in another order",
         "page, more, end", "more, page, end")
    ]  # fmt: skip


def test_codes_that_swap_their_words_are_recoded_one_by_one() -> None:
    assert edit(("yes: Yes, no: No", "yes: No, no: Yes")) == [
        ("major", "recoded", "'yes' of 'good' has the words that 'no' had", "No", "No"),
        ("major", "recoded", "'no' of 'good' has the words that 'yes' had", "Yes", "Yes"),
    ]


def test_a_change_of_an_option_names_it_in_both_versions() -> None:
    (recoded,) = compare(make(), make(("pay: P", "money: P")))

    assert (recoded.item, recoded.item_before) == ("topics", "topics")
    assert (recoded.part, recoded.part_before) == ("money", "pay")


@pytest.mark.parametrize(
    ("old", "new", "sort"),
    [
        ("How do you sleep?", "And now?", ""),
        ("yes: Yes", "yes: Surely", "option"),
        ("pay: P, ", "", "option"),
        ("a: A", "a: All", "row"),
        ("b: B", "b: B, c: C", "row"),
        ("1: not at all", "1: never", "point"),
        ("1: not at all", "0: not at all", "point"),
        ("leader: L", "leader: Leader", "probe"),
        ("direction: unipolar", "direction: bipolar", ""),
    ],
)
def test_a_change_says_of_what_sort_the_part_is(old: str, new: str, sort: str) -> None:
    assert {each.part_is for each in compare(make(), make((old, new)))} == {sort}


def test_what_is_new_has_no_name_in_the_older_version() -> None:
    option, item = compare(
        make(), make(("pay: P", "pay: P, sex: S"), ("How long?, maximum: 60", "How long?"))
    )
    (added,) = compare(make((find_line("years"), "")), make())

    assert (option.kind, option.item_before, option.part_before) == ("added", "topics", "")
    assert (item.kind, item.item_before, item.part_before) == ("setting", "years", "")
    assert (added.kind, added.item_before, added.part_before) == ("added", "", "")


RENAMED = (
    ("- {key: topics,", "- {key: themes, renamed_from: topics,"),
    ("- {key: good,", "- {key: fine, renamed_from: good,"),
    ("${good}", "${fine}"),
)


def test_a_renamed_item_is_compared_as_one_whatever_its_columns_are_called() -> None:
    assert edit(*RENAMED) == [
        ("minor", "renamed", "'good' is called 'fine' now", "good", "fine"),
        ("minor", "renamed", "'topics' is called 'themes' now", "topics", "themes"),
    ]


def test_what_changes_of_a_renamed_item_is_told_of_it_by_both_its_keys() -> None:
    after = make(*RENAMED, ("pay: P, ", ""), ("= 'yes'", "= 'no'"))

    told = [(each.kind, each.item, each.item_before, each.part) for each in compare(make(), after)]

    assert told == [
        ("renamed", "fine", "good", ""),
        ("renamed", "themes", "topics", ""),
        ("retired", "themes", "topics", "pay"),
        ("relevance", "years", "years", ""),
    ]


def test_an_item_renamed_on_the_way_is_known_by_the_versions_between() -> None:
    between = make(*RENAMED)
    after = make(*((old, new.replace("renamed_from: good,", "")) for old, new in RENAMED))

    assert {each.kind for each in compare(make(), after)} >= {"added", "retired"}
    assert [each.what for each in compare(make(), after, [between])] == [
        "'good' is called 'fine' now",
        "'topics' is called 'themes' now",
    ]


BILINGUAL = """\
format: 1
name: wellbeing
version: 1.0.0
title: {en: Wellbeing, fr: Bien-être}
languages: [en, fr]
source: ours
licence: ours
changes: the first version
sections:
  - key: page
    title: {en: The page, fr: La page}
    items:
      - {key: sleep, type: text, text: {en: How do you sleep?, fr: Dormez-vous bien ?}}
"""


def test_a_wording_in_several_languages_is_shown_where_it_differs() -> None:
    after = make(("Dormez-vous bien ?", "Comment dormez-vous ?"), text=BILINGUAL)

    (reworded,) = compare(make(text=BILINGUAL), after)

    assert (reworded.kind, reworded.before, reworded.after) == (
        "wording",
        "fr: Dormez-vous bien ?",
        "fr: Comment dormez-vous ?",
    )
    assert reworded.question


def test_a_translation_that_comes_or_goes_leaves_the_words_as_they_were() -> None:
    english = make(
        (", fr: Bien-être", ""), ("languages: [en, fr]", "languages: [en]"),
        (", fr: La page", ""), (", fr: Dormez-vous bien ?", ""), text=BILINGUAL,
    )  # fmt: skip
    for before, after in ((english, make(text=BILINGUAL)), (make(text=BILINGUAL), english)):
        differences = compare(before, after)
        assert {each.kind for each in differences} == {"wording"}
        assert {each.question for each in differences} == {""}
        assert differences[-1].what == (
            "'text' of 'sleep' reads the same, in other languages than before"
        )


def test_languages_that_change_places_change_nothing() -> None:
    swapped = make(("languages: [en, fr]", "languages: [fr, en]"), text=BILINGUAL)
    assert compare(make(text=BILINGUAL), swapped) == ()


@pytest.mark.parametrize(
    ("older", "newer", "size"),
    [
        ("1.0.0", "1.0.1", "patch"),
        ("1.0.9", "1.1.0", "minor"),
        ("1.9.9", "2.0.0", "major"),
        ("1.0.0", "2.1.1", "major"),
    ],
)
def test_a_bump_is_the_largest_number_that_was_raised(older: str, newer: str, size: str) -> None:
    assert bump_size(older, newer) == size


@pytest.mark.parametrize(
    ("edits", "size"),
    [
        ([], "patch"),
        ([("Briefly", "In short")], "patch"),
        ([("Briefly", "In short"), ("pay: P, ", "")], "minor"),
        ([("pay: P, ", ""), ("1: not at all", "0: not at all")], "major"),
    ],
)
def test_the_smallest_honest_step_is_the_largest_of_the_differences(
    edits: list[Edit], size: str
) -> None:
    assert find_least(compare(make(), make(*edits))) == size


@pytest.mark.parametrize(
    ("name", "older", "newer", "sizes"),
    [
        ("ami-survey", "1.0.0", "1.0.1", {"patch"}),
        ("ami-interview", "1.0.0", "1.0.1", {"patch"}),
        ("ami-interview", "1.0.1", "1.1.0", {"minor"}),
    ],
)
def test_the_shipped_versions_say_what_they_change_and_leave_no_question(
    name: str, older: str, newer: str, sizes: set[str]
) -> None:
    instruments = load_library().instruments

    differences = compare(instruments[name, older], instruments[name, newer])

    assert {difference.size for difference in differences} == sizes
    assert {difference.question for difference in differences} == {""}
