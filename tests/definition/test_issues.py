"""What can be wrong between items and sections: keys, columns, and what conditions read."""

import pytest

from tests.definition.definitions import HEAD, find_problems, write_items

ABOVE = """\
- {key: rewarding, type: select_one, text: Was it?, options: {yes: Yes, no: No}}
- {key: topics, type: select_multiple, text: Which?, options: {writing: W, data: D}, other: other}
- {key: years, type: integer, text: How long?}
- {key: day, type: date, text: When?}
- {key: words, type: text, text: What?}
- {key: met, type: likert, text: How far?, scale: extent}
- {key: order, type: rank, text: In which order?, options: {a: A, b: B}}
- {key: felt, type: likert_grid, text: How far?, scale: agreement, rows: {safe: S}}
- {key: closing, type: note, text: Thank you.}
"""
BELOW = "\n- {key: later, type: text, text: And then?}\n"


def find_condition_problems(condition: str) -> list[str]:
    asked = f'- {{key: why, type: text, text: Why?, relevant: "{condition}"}}'
    return [
        each.partition("relevant: ")[2]
        for each in find_problems(write_items(ABOVE + asked + BELOW))
    ]


@pytest.mark.parametrize(
    "condition",
    [
        "${rewarding} = 'yes'",
        "'no' != ${rewarding}",
        "${rewarding} = ''",
        "${topics} != ''",
        "count-selected(${topics}) > 2",
        "3 = count-selected(${topics})",
        "count-selected(${words}) = 0",
        "${order} = 'b a'",
        "count-selected(${order}) != 2",
        "${felt/safe} = 'against'",
        "${words} > 3 and ${words} < '2026-11-22'",
        "${years} = '3.0'",
        "selected(${years}, '3')",
        "selected(${topics}, 'other') and count-selected(${topics}) > 1",
        "${years} >= 3 or 12 < ${years}",
        "${day} > '2026-11-22'",
        "${day} = '2026-11-22'",
        "${day} != ''",
        "${words} = 'anything at all'",
        "${met} = 2",
        "${met} = '2.0'",
        "${met} >= 2",
        "selected(${met}, '2')",
        "${rewarding} = ${words}",
        "not(${rewarding} = 'yes' or ${words} != 'x')",
        "'yes' = 'maybe'",
        "true()",
    ],
)
def test_a_condition_may_ask_whatever_an_answer_can_be(condition: str) -> None:
    assert find_condition_problems(condition) == []


@pytest.mark.parametrize(
    ("condition", "problems"),
    [
        ("${reward} = 'yes'",
         ["there is no item 'reward'; check its spelling or add it above this one"]),
        ("${later} = 'yes'",
         ["'later' is asked later; a condition can only read what was asked before"]),
        ("${why} = 'yes'", ["'why' cannot depend on itself; name an item above it"]),
        ("${closing} = 'yes'",
         ["'closing' takes no answer that a condition can read; name another item"]),
        ("${words/first} = 'yes'", ["'words' has no row 'first'; check the spelling"]),
        ("${rewarding} = 'Yes'", ["'rewarding' has no option 'Yes'; use one of yes or no"]),
        ("'maybe' != ${rewarding}", ["'rewarding' has no option 'maybe'; use one of yes or no"]),
        ("not(${years} = 1 and ${rewarding} = 'si')",
         ["'rewarding' has no option 'si'; use one of yes or no"]),
        ("${topics} = 'data writing'",
         [("'topics' may have several options chosen, and '=' looks at all of them together; write "
           "selected(${topics}, 'data') and selected(${topics}, 'writing')")]),
        ("'data' != ${topics}",
         [("'topics' may have several options chosen, and '=' looks at all of them together; write "
           "selected(${topics}, 'data')")]),
        ("${topics} = 'date'",
         ["'topics' has no option 'date'; use one of writing, data or other"]),
        ("2 < ${topics}",
         [("'topics' is a list of chosen options, which is not greater or less than anything; to ask "
           "how many were chosen, write count-selected(${topics}) > 2")]),
        ("count-selected(${topics}) > 3",
         [("'topics' takes up to 3 options, so that its count > 3 tells nothing; compare the count "
           "with a whole number from 0 to 3")]),
        ("count-selected(${topics}) != 'data'",
         [("'topics' takes up to 3 options, so that its count != data tells nothing; compare the "
           "count with a whole number from 0 to 3")]),
        ("count-selected(${rewarding}) > 5",
         [("'rewarding' takes one answer, so that its count > 5 tells nothing; compare the count with "
           "a whole number from 0 to 1")]),
        ("${rewarding} > 5",
         [("'rewarding' is never > 5, since its codes are not; compare with '=' and one of yes or "
           "no")]),
        ("${met} > 3",
         ["'met' is never > 3, since its codes are not; compare with '=' and one of 1, 2 or 3"]),
        ("${felt/safe} < 2",
         [("'felt' is never < 2, since its codes are not; compare with '=' and one of against, "
           "neither or for")]),
        ("${years} = 'zz'",
         ["'years' is a number and never 'zz'; write digits, as in ${years} = 12"]),
        ("selected(${years}, 'zz')",
         ["'years' is a number and never 'zz'; write digits, as in ${years} = 12"]),
        ("${years} >= '2026-11-22'",
         ["'years' is a number and never '2026-11-22'; write digits, as in ${years} = 12"]),
        ("${day} > 'soon'",
         ["'day' is never 'soon'; write what is stored, a day as 2026-11-22"]),
        ("${words} > 'm'",
         [("'words' is never > 'm', since only numbers and days are greater or less; compare with "
           "'='")]),
        ("${order} > 1",
         [("'order' is never > '1', since only numbers and days are greater or less; compare with "
           "'='")]),
        ("selected(${topics}, 'writing data')",
         ["'topics' has no option 'writing data'; use one of writing, data or other"]),
        ("${day} = '2026-02-30'",
         ["'day' is never '2026-02-30'; write what is stored, a day as 2026-11-22"]),
        ("'soon' != ${day}",
         ["'day' is never 'soon'; write what is stored, a day as 2026-11-22"]),
        ("selected(${day}, '20261122')",
         ["'day' is never '20261122'; write what is stored, a day as 2026-11-22"]),
        ("${met} = 4", ["'met' has no option '4'; use one of 1, 2 or 3"]),
        ("selected(${met}, '2.0')", ["'met' has no option '2.0'; use one of 1, 2 or 3"]),
        ("${one} = 1 or ${two} = 2",
         ["there is no item 'one'; check its spelling or add it above this one",
          "there is no item 'two'; check its spelling or add it above this one"]),
    ],
)  # fmt: skip
def test_a_condition_that_no_answer_can_meet_is_a_problem(
    condition: str, problems: list[str]
) -> None:
    assert find_condition_problems(condition) == problems


@pytest.mark.parametrize(
    ("items", "problem"),
    [
        ("- {key: a, type: text, text: A}\n- {key: a, type: date, text: B}",
         "16: a: the key 'a' is used twice; keys are unique in an instrument, so rename one"),
        (("- {key: a, type: select_multiple, text: A, options: {b: B}}\n"
         "- {key: a__b, type: text, text: B}"),
         "16: a__b: the column 'a__b' is already made by 'a'; choose another key"),
        ("- {key: a, type: select_multiple, text: A, options: {other_text: B}, other: other}",
         "15: a: the column 'a__other_text' is already made by 'a'; choose another key"),
        (f"- {{key: {'a' * 20}, type: select_multiple, text: A, options: {{{'b' * 11}: B}}}}",
         (f"15: {'a' * 20}: the column '{'a' * 20}__{'b' * 11}' has 33 characters and Stata allows "
         "32; shorten the key or the code")),
        (f"- {{key: {'a' * 22}, type: text, text: A}}", ""),
        (f"- {{key: {'a' * 20}, type: select_multiple, text: A, options: {{{'b' * 10}: B}}}}", ""),
    ],
)  # fmt: skip
def test_keys_and_columns_are_fit_for_every_export(items: str, problem: str) -> None:
    assert find_problems(write_items(items)) == ([problem] if problem else [])


STAYS = "- {key: a, type: text, text: A}\n"


@pytest.mark.parametrize(
    ("items", "problems"),
    [
        (STAYS + "- {key: b, type: text, text: B, renamed_from: c}", []),
        ("- {key: b, type: text, text: B, renamed_from: b}",
         [("15: b: renamed_from: 'b' is the key that this item has; write the key that the question "
           "had in the version before, or remove the line")]),
        (STAYS + "- {key: b, type: text, text: B, renamed_from: a}",
         [("16: b: renamed_from: there is still an item 'a' in this version, so that nothing was "
           "renamed; remove the line, or that item")]),
        ("- {key: b, type: text, text: B, renamed_from: a}\n- {key: a, type: txt, text: A}",
         ["15: b: renamed_from: there is still an item 'a'", "16: a: there is no item type 'txt'"]),
        (("- {key: b, type: text, text: B, renamed_from: c}\n"
          "- {key: d, type: text, text: D, renamed_from: c}"),
         [("16: d: renamed_from: 'b' has taken the place of 'c' already; keep the line at the one "
           "that asks the same")]),
        ("- {key: b, type: text, text: B, renamed_from: Old}",
         ["15: b: the 'renamed_from' 'Old' cannot be used; write at most 32 small letters"]),
        ("- {key: b, type: text, text: B, meaning: same}",
         ["15: b: 'meaning' is 'same'; use one of unchanged or new"]),
        ("- {key: b, type: text, text: B, meaning: unchanged}", []),
    ],
)  # fmt: skip
def test_what_is_said_of_the_version_before_can_be_true(items: str, problems: list[str]) -> None:
    found = find_problems(write_items(items))

    assert len(found) == len(problems)
    assert [each.startswith(told) for each, told in zip(found, problems, strict=True)] == [
        True for _ in problems
    ]


def test_two_sections_have_two_keys_and_conditions_reach_across_them() -> None:
    text = (
        HEAD
        + "      - {key: page, type: text, text: A section and an item may share a key}\n"
        + "  - key: page\n    title: Another page\n    items:\n"
        + "      - {key: why, type: text, text: Why?, relevant: \"${page} = 'x'\"}\n"
    )

    assert find_problems(text) == [
        "16: page: the key 'page' is used twice; keys are unique in an instrument, so rename one"
    ]
    assert (
        find_problems(text.replace("- key: page\n    title: A", "- key: next\n    title: A")) == []
    )
