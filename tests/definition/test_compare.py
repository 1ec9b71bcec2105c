"""What changed between two versions, how much that says, and whether the number says as much."""

import pytest

from survey_app.definition.compare import bump_size, compare, find_small_bumps
from survey_app.definition.instrument import Instrument
from survey_app.definition.library import load_library
from survey_app.definition.loader import load
from tests.definition.definitions import HEAD

BEFORE = (
    HEAD
    + """\
      - {key: sleep, type: text, text: How do you sleep?, hint: Briefly}
      - {key: good, type: select_one, text: Was it good?, options: {yes: Yes, no: No}}
      - {key: topics, type: select_multiple, text: Which?, options: {ethics: E, pay: P, none: N}}
      - {key: teaching, type: likert_grid, text: The effect, scale: extent, rows: {a: A, b: B}}
      - {key: skills, type: open_question, text: Which skills?, probes: {leader: L, scholar: S}}
      - {key: sure, type: range, text: How sure?, start: 0, end: 10, relevant: "${good} = 'yes'"}
      - {key: years, type: integer, text: How long?, maximum: 60}
"""
)


def make(*changes: tuple[str, str], version: str = "1.0.0") -> Instrument:
    text = BEFORE.replace("version: 1.0.0", f"version: {version}")
    for old, new in changes:
        assert text.count(old) >= 1
        text = text.replace(old, new, 1)
    return load(text.encode(), "file.yaml")


@pytest.mark.parametrize(
    ("old", "new", "item", "size", "what"),
    [
        ("How do you sleep?", "How did you sleep?", "sleep", "patch",
         "'text' of 'sleep' reads differently"),
        ("Briefly", "In short", "sleep", "patch", "'hint' of 'sleep' reads differently"),
        ("yes: Yes", "yes: Yes!", "good", "patch", "'yes' of 'good' reads differently"),
        ("ethics: E", "ethics: Ethics", "topics", "patch",
         "'ethics' of 'topics' reads differently"),
        ("a: A", "a: All", "teaching", "patch", "'a' of 'teaching' reads differently"),
        ("leader: L", "leader: Leader", "skills", "patch",
         "'leader' of 'skills' reads differently"),
        ("1: not at all", "1: never", "teaching", "patch", "'1' of 'teaching' reads differently"),
        ("title: Wellbeing", "title: Well-being", "", "patch",
         "the title or introduction reads differently"),
        ("title: The page", "title: A page", "page", "patch",
         "the heading of 'page' reads differently"),
        ("title: The page", "title: The page\n    minutes: 10", "page", "patch",
         "the minutes planned for 'page' are different"),
        ("hint: Briefly", "hint: Briefly, if_needed: At night", "sleep", "patch",
         "'if_needed' of 'sleep' reads differently"),
        ("yes: Yes,", "yes: Yes, maybe: Maybe,", "good", "minor", "'maybe' of 'good' is new"),
        ("pay: P, ", "", "topics", "minor", "'pay' of 'topics' was retired"),
        ("ethics: E, pay: P", "pay: P, ethics: E", "topics", "minor",
         "the options or probes of 'topics' stand in another order"),
        ("{ethics: E, pay: P, none: N}", "{ethics: E, pay: P, none: N}, exclusive: none", "topics",
         "minor", "'exclusive' of 'topics' is different"),
        ("b: B", "b: B, c: C", "teaching", "minor", "'c' of 'teaching' is new"),
        ("scholar: S", "advocate: A", "skills", "minor", "'scholar' of 'skills' was retired"),
        ("hint: Briefly", "hint: Briefly, required: true", "sleep", "minor",
         "'required' of 'sleep' is different"),
        ("= 'yes'", "= 'no'", "sure", "minor", "'relevant' of 'sure' is different"),
        ("maximum: 60", "maximum: 70", "years", "minor", "'maximum' of 'years' is different"),
        ("- {key: sleep", "- {key: rest", "sleep", "minor", "'sleep' was retired"),
        ("- {key: sleep", "- {key: fresh, type: text, text: New}\n      - {key: sleep", "fresh",
         "minor", "'fresh' is new"),
        ("1: not at all", "0: not at all", "teaching", "major",
         "the scale of 'teaching' has other points"),
        ("scale: extent", "scale: agreement", "teaching", "major",
         "the scale of 'teaching' has other points"),
        ("direction: unipolar", "direction: bipolar", "teaching", "major",
         "the scale of 'teaching' runs another way"),
        ("{key: sleep, type: text", "{key: sleep, type: open_question", "sleep", "major",
         "'sleep' was text and is open_question"),
        ("start: 0", "start: 1", "sure", "major", "'start' of 'sure' is different"),
        ("end: 10", "end: 10, step: 0.5", "sure", "major", "'sure' holds another kind of value"),
    ],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_every_edit_is_told_with_its_size(
    old: str, new: str, item: str, size: str, what: str
) -> None:
    differences = compare(make(), make((old, new)))

    assert (item, size, what) in [(each.item, each.size, each.what) for each in differences]
    assert {each.size for each in differences} <= {"patch", size} or size == "major"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("source: ours", "source: theirs"),
        ("${good} = 'yes'", "${good}='yes'"),
        ("  extent: {direction", "  degree: {direction"),
    ],
    ids=["the source", "spaces in a condition", "the name of a scale"],
)
def test_what_no_participant_can_notice_is_no_difference(old: str, new: str) -> None:
    changes = [(old, new)]
    if "degree" in new:
        changes.append(("scale: extent", "scale: degree"))

    assert compare(make(), make(*changes)) == ()


def test_two_questions_that_change_places_are_a_minor_change() -> None:
    sleep, good, *_ = BEFORE.removeprefix(HEAD).splitlines()

    differences = compare(make(), make((f"{sleep}\n{good}", f"{good}\n{sleep}")))

    assert [(each.size, each.what) for each in differences] == [
        ("minor", "the questions stand in another order")
    ]


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
    ("old", "new", "kind", "before", "after"),
    [
        ("How do you sleep?", "And?", "wording", "How do you sleep?", "And?"),
        ("hint: Briefly", "required: true, hint: Briefly", "required", "no", "yes"),
        ("\"${good} = 'yes'\"", "\"${good} = 'no'\"", "relevance", "${good} = 'yes'",
         "${good} = 'no'"),
        ("maximum: 60", "maximum: 70", "setting", "60", "70"),
        ("title: The page", "title: The page\n    minutes: 10", "planning", "", "10"),
        ("pay: P, ", "", "retired", "P", ""),
        ("b: B", "b: B, c: See", "added", "", "See"),
        ("ethics: E, pay: P", "pay: P, ethics: E", "reordered", "ethics, pay, none",
         "pay, ethics, none"),
        ("1: not at all", "0: not at all", "scale", "1, 2, 3", "0, 2, 3"),
    ],
)  # fmt: skip
def test_a_change_is_of_a_kind_and_says_what_stood_there_and_what_stands_there(
    old: str, new: str, kind: str, before: str, after: str
) -> None:
    told = {(each.kind, each.before, each.after) for each in compare(make(), make((old, new)))}
    assert (kind, before, after) in told


REWORDED = ("How do you sleep?", "How did you sleep?")
RETIRED = ("pay: P, ", "")
RECODED = ("1: not at all", "0: not at all")


@pytest.mark.parametrize(
    ("change", "version", "problem"),
    [
        (REWORDED, "1.0.1", ""),
        (REWORDED, "1.1.0", ""),
        (RETIRED, "1.0.1", ("file.yaml:1: topics: 1.0.1 follows 1.0.0, but 'pay' of 'topics' was "
         "retired: that is a minor change; raise the minor number")),
        (RETIRED, "1.1.0", ""),
        (RECODED, "1.9.0", ("file.yaml:1: teaching: 1.9.0 follows 1.0.0, but the scale of 'teaching' "
         "has other points: that is a major change; raise the major number")),
        (RECODED, "2.0.0", ""),
    ],
)  # fmt: skip
def test_a_number_that_says_too_little_is_a_problem(
    change: tuple[str, str], version: str, problem: str
) -> None:
    versions = [make(change, version=version), make()]

    found = find_small_bumps(versions, {("wellbeing", version): "file.yaml"})

    assert [str(each) for each in found] == ([problem] if problem else [])


def test_a_version_is_compared_with_the_one_before_it_and_with_no_other_instrument() -> None:
    versions = [
        make(version="1.0.10"),
        make(REWORDED, version="1.0.9"),
        make(RECODED, ("name: wellbeing", "name: other"), version="1.0.11"),
    ]

    assert find_small_bumps(versions) == []


@pytest.mark.parametrize(
    ("name", "older", "newer", "sizes"),
    [
        ("ami-survey", "1.0.0", "1.0.1", {"patch"}),
        ("ami-interview", "1.0.0", "1.0.1", {"patch"}),
        ("ami-interview", "1.0.1", "1.1.0", {"minor"}),
    ],
)
def test_the_shipped_versions_say_what_they_change(
    name: str, older: str, newer: str, sizes: set[str]
) -> None:
    instruments = load_library().instruments

    differences = compare(instruments[name, older], instruments[name, newer])

    assert {difference.size for difference in differences} == sizes
