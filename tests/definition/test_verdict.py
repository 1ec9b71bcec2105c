"""Whether a version may follow those that there are, and all that stands in its way."""

import pytest

from survey_app.definition.library import load_library
from survey_app.definition.verdict import find_version_problems, judge
from tests.definition.versions import Edit, find_line, make

REWORDED = ("How do you sleep?", "How did you sleep?")
CONFIRMED = ("{key: sleep,", "{key: sleep, meaning: unchanged,")
RETIRED = ("pay: P, ", "")
RECODED = ("1: not at all", "0: not at all")
POINTS = "{1: not at all, 2: to some extent, 3: to a high extent}"


def refuse(*versions: list[Edit]) -> tuple[str, ...]:
    """The refusals of the last of versions 1.0.0, 2.0.0 and so on, as they are edited."""
    *before, last = [
        make(*edits, version=f"{number}.0.0") for number, edits in enumerate(versions, 1)
    ]
    return judge(last, before).refusals


def test_the_first_version_differs_from_nothing_and_is_clear() -> None:
    verdict = judge(make(), [])

    assert (verdict.older, verdict.differences, verdict.refusals) == (None, (), ())
    assert (verdict.least, verdict.bump, verdict.is_small) == ("patch", "major", False)
    assert verdict.is_clear


def test_a_version_is_compared_with_the_newest_of_those_before_it() -> None:
    versions = [
        make(version="1.0.10"),
        make(RETIRED, version="1.0.9"),
        make(RETIRED, ("name: wellbeing", "name: other"), version="1.0.11"),
        make(RETIRED, version="1.1.0"),
    ]

    verdict = judge(make(REWORDED, CONFIRMED, version="1.0.11"), versions)

    assert verdict.older is versions[0]
    assert [each.what for each in verdict.differences] == ["'text' of 'sleep' reads differently"]
    assert verdict.is_clear


def test_all_that_stands_in_the_way_is_said_at_once() -> None:
    newer = make(
        REWORDED, RETIRED, ("type: integer, text: How long?, maximum: 60", "type: text, text: T"),
        version="1.0.1",
    )  # fmt: skip

    verdict = judge(newer, [make()])

    assert (verdict.least, verdict.bump, verdict.is_small) == ("major", "patch", True)
    assert verdict.refusals == (
        (
            "'years' was integer in 1.0.0 and is text, and a key keeps its type for ever; give the "
            "question a new key"
        ),
    )
    assert verdict.questions == (
        (
            "'text' of 'sleep' reads differently: does it still mean the same? Add 'meaning: "
            "unchanged' to 'sleep' if it does, or give the question a new key if it does not"
        ),
    )
    assert verdict.obstacles == (
        *verdict.refusals,
        (
            "1.0.1 follows 1.0.0, but 'years' was integer and is text: that is a major change; raise "
            "the major number"
        ),
        *verdict.questions,
    )
    assert not verdict.is_clear


INTEGER = ("{key: sleep, type: text, text: How do you sleep?, hint: Briefly}",
           "{key: sleep, type: integer, text: How do you sleep?}")  # fmt: skip
GONE = (find_line("sleep"), "")


@pytest.mark.parametrize(
    ("versions", "refusals"),
    [
        ([[], [RETIRED]], []),
        ([[], [INTEGER]],
         [("'sleep' was text in 1.0.0 and is integer, and a key keeps its type for ever; give the "
           "question a new key")]),
        ([[], [GONE], [INTEGER]],
         [("'sleep' was text in 1.0.0 and is integer, and a key keeps its type for ever; give the "
           "question a new key")]),
        ([[], [("key: sleep,", "key: rest, renamed_from: sleep,")],
          [("{key: sleep, type: text, text: How do you sleep?, hint: Briefly}",
            "{key: rest, type: integer, text: How do you sleep?}")]],
         [("'rest' was text in 2.0.0 and is integer, and a key keeps its type for ever; give the "
           "question a new key")]),
        ([[], [GONE], []], []),
        ([[], [GONE], [REWORDED, CONFIRMED]], []),
        ([[], [GONE], [("How do you sleep?", "how do you SLEEP")]], []),
        ([[], [GONE], [REWORDED]],
         [("'sleep' was asked in 1.0.0, was retired, and comes back with other words; add "
           "'meaning: unchanged' to 'sleep' if it means the same, or give it a new key")]),
        ([[], [GONE], [("key: sleep,", "key: sleep, meaning: new,")]],
         [("'sleep' was asked in 1.0.0, and 'meaning: new' says that this is another question; "
           "give it a new key, or remove that line if it asks the same")]),
        ([[], [("key: sleep,", "key: rest, renamed_from: sleep,")],
          [REWORDED, ("key: sleep,", "key: sleep, meaning: new,")]],
         [("'sleep' was asked in 1.0.0, and 'meaning: new' says that this is another question; "
           "give it a new key, or remove that line if it asks the same")]),
        ([[], [("key: sleep,", "key: rest, renamed_from: sleep,")],
          [REWORDED, ("key: sleep,", "key: sleep, renamed_from: rest,")]], []),
        ([[], [REWORDED]], []),
        ([[], [("pay: P", "pay: Power")]], []),
        ([[], [RETIRED], []], []),
        ([[], [(find_line("teaching"), "")], [("b: B", "b: Bee")]],
         [("'b' of 'teaching' was retired after 1.0.0 and comes back with other words; add "
           "'meaning: unchanged' to 'teaching' if it means the same, or give it a code of its own")]),
        ([[], [(find_line("teaching"), "")], []], []),
        ([[], [RETIRED], [("pay: P", "pay: Power")]],
         [("'pay' of 'topics' was retired after 1.0.0 and comes back with other words; add "
           "'meaning: unchanged' to 'topics' if it means the same, or give it a code of its own")]),
        ([[], [RETIRED], [("pay: P", "pay: Power"), ("key: topics,", "key: topics, meaning: unchanged,")]],
         []),
        ([[], [("b: B}", "c: C}")], [("b: B", "b: Bee")]],
         [("'b' of 'teaching' was retired after 1.0.0 and comes back with other words; add "
           "'meaning: unchanged' to 'teaching' if it means the same, or give it a code of its own")]),
        ([[], [("scholar: S", "writer: W")], [("scholar: S", "scholar: Sc")]],
         [("'scholar' of 'skills' was retired after 1.0.0 and comes back with other words; add "
           "'meaning: unchanged' to 'skills' if it means the same, or give it a code of its own")]),
        ([[], [("3: to a high extent", "4: entirely")], [("3: to a high extent", "3: a lot")]],
         [("'3' of 'teaching' was retired after 1.0.0 and comes back with other words; add "
           "'meaning: unchanged' to 'teaching' if it means the same, or give it a code of its own")]),
        ([[], [("pay: P", "money: P")]], []),
        ([[], [("pay: P, none: N", "none: P, pay: N")]],
         [("'none' of 'topics' has the words that 'pay' had in 1.0.0, and a code keeps its meaning "
           "for ever; give the words back to 'pay', or a code that was never used"),
          ("'pay' of 'topics' has the words that 'none' had in 1.0.0, and a code keeps its meaning "
           "for ever; give the words back to 'none', or a code that was never used")]),
        ([[], [(POINTS, "{0: not at all, 1: to some extent, 2: to a high extent}")]],
         [("'1' of 'teaching' has the words that '2' had in 1.0.0, and a code keeps its meaning "
           "for ever; give the words back to '2', or a code that was never used"),
          ("'2' of 'teaching' has the words that '3' had in 1.0.0, and a code keeps its meaning "
           "for ever; give the words back to '3', or a code that was never used")]),
        ([[], [("3: to a high extent", "3: to a high extent, 4: entirely")]], []),
        ([[], [("unipolar", "bipolar")]],
         [("'teaching' is asked on the scale of 1.0.0 turned round, and a reversed scale is another "
           "scale; give the question a new key")]),
        ([[], [(POINTS, "{1: to a high extent, 2: to some extent, 3: not at all}")]],
         [("'teaching' is asked on the scale of 1.0.0 turned round, and a reversed scale is another "
           "scale; give the question a new key")]),
        ([[], [(find_line("teaching"), "")],
          [(POINTS, "{1: to a high extent, 2: to some extent, 3: not at all}")]],
         [("'teaching' is asked on the scale of 1.0.0 turned round, and a reversed scale is another "
           "scale; give the question a new key")]),
        ([[], [("start_label: not, end_label: very", "start_label: very, end_label: not")]],
         [("'sure' is asked on the scale of 1.0.0 turned round, and a reversed scale is another "
           "scale; give the question a new key")]),
        ([[], [("key: sleep,", "key: rest, renamed_from: sleep,")]], []),
        ([[], [("key: sleep,", "key: rest, renamed_from: sleep,")],
          [("key: sleep,", "key: rest, renamed_from: sleep,")]], []),
        ([[], [("key: sleep,", "key: rest, renamed_from: sleep,")], []], []),
        ([[], [("key: sleep,", "key: rest, renamed_from: slumber,")]],
         [("renamed_from: no earlier version has an item 'slumber'; write the key that the question "
           "had before, or remove the line")]),
        ([[], [("{key: sleep, type: text, text: How do you sleep?, hint: Briefly}",
                "{key: rest, renamed_from: sleep, type: integer, text: How do you sleep?}")]],
         [("'rest' is integer, and as 'sleep' it was text in 1.0.0; a question that is renamed "
           "keeps its type, so remove its 'renamed_from' line")]),
        ([[], [GONE, ("key: skills,", "key: skills, renamed_from: sleep,")]],
         [("renamed_from: 'skills' was a question of its own in 1.0.0, so that it is not 'sleep' "
           "renamed; give the question a key that was never used")]),
        ([[], [("key: sleep,", "key: rest, renamed_from: sleep,")],
          [("- {key: sleep,", "- {key: rest, type: text, text: How?}\n      - {key: sleep,")]],
         [("'sleep' is what 'rest' was called before, and a key belongs to one question for ever; "
           "give this question a new key")]),
        ([[], [("key: sleep,", "key: rest, renamed_from: sleep,")],
          [("- {key: sleep,", ("- {key: night, type: text, renamed_from: rest, text: How do you "
            "sleep?, hint: Briefly}\n      - {key: sleep,"))]],
         [("'sleep' is what 'night' was called before, and a key belongs to one question for ever; "
           "give this question a new key")]),
        ([[], [(find_line("topics"), "      - {key: topics__pay, type: text, text: What of pay?}\n")]],
         [("the column 'topics__pay' held an answer to 'topics' in 1.0.0, and its name is kept for "
           "that; choose another key or code")]),
    ],
    ids=lambda value: str(value)[-40:],
)  # fmt: skip
def test_what_would_break_a_version_before_is_refused_whatever_the_number_says(
    versions: list[list[Edit]], refusals: list[str]
) -> None:
    assert list(refuse(*versions)) == refusals


def test_the_first_version_may_say_what_it_was_called_elsewhere() -> None:
    assert refuse([("key: sleep,", "key: rest, renamed_from: sleep,")]) == ()


def test_a_version_is_refused_that_a_later_one_would_break() -> None:
    later = make(INTEGER, version="2.0.0")
    between = make(("{key: sleep, type: text,", "{key: nights, type: text,"), version="1.1.0")
    first = make(GONE)

    assert judge(later, [first]).is_clear
    assert judge(between, [first, later]).is_clear
    assert judge(make(version="1.1.0"), [first, later]).refusals == (
        (
            "2.0.0 comes after this version and would not fit it: 'sleep' was text in 1.1.0 and is "
            "integer, and a key keeps its type for ever; give the question a new key"
        ),
    )


def test_a_later_version_that_is_broken_already_holds_up_nobody() -> None:
    assert judge(make(version="1.1.0"), [make(), make(INTEGER, version="2.0.0")]).is_clear


@pytest.mark.parametrize(
    ("edit", "version", "problems"),
    [
        (REWORDED, "1.0.1", []),
        (RETIRED, "1.0.1", [("file.yaml:1: topics: 1.0.1 follows 1.0.0, but 'pay' of 'topics' was "
         "retired: that is a minor change; raise the minor number")]),
        (RETIRED, "1.1.0", []),
        (RECODED, "1.9.0", [("file.yaml:1: teaching: 1.9.0 follows 1.0.0, but '0' of 'teaching' has "
         "the words that '1' had: that is a major change; raise the major number")]),
        (RECODED, "2.0.0", []),
        (INTEGER, "2.0.0", [("file.yaml:1: sleep: 'sleep' was text in 1.0.0 and is integer, and a "
         "key keeps its type for ever; give the question a new key")]),
        (("- key: end", "- key: close"), "1.0.1", [("file.yaml:1: 1.0.1 follows 1.0.0, but the "
         "section 'end' was retired: that is a minor change; raise the minor number")]),
    ],
)  # fmt: skip
def test_of_files_a_small_number_and_what_breaks_another_are_problems_and_no_question_is(
    edit: Edit, version: str, problems: list[str]
) -> None:
    versions = [make(edit, version=version), make()]

    found = find_version_problems(versions, {("wellbeing", version): "file.yaml"})

    assert [str(each) for each in found] == problems


def test_of_files_only_the_later_one_is_to_mend() -> None:
    versions = [make(GONE), make(version="1.1.0"), make(INTEGER, version="2.0.0")]

    assert [each.file for each in find_version_problems(versions)] == ["wellbeing/2.0.0.yaml"]


@pytest.mark.parametrize("name", load_library().names)
def test_the_shipped_versions_are_clear(name: str) -> None:
    library = load_library()
    versions = [library.instruments[name, version] for version in library.versions(name)]

    for version in versions:
        assert judge(version, [each for each in versions if each is not version]).is_clear
