"""What two versions cannot tell is asked of the author, who answers in the newer one."""

import pytest

from survey_app.definition.compare import compare
from tests.definition.versions import Edit, find_line, make

REWORDED = (
    "{name} of '{item}' reads differently: does it still mean the same? Add 'meaning: unchanged' "
    "to '{item}' if it does, or give {other} if it does not"
)
RENAMED = (
    "Was '{old}' renamed to '{new}', or removed? Add 'renamed_from: {old}' to '{new}' if it is "
    "the same question, or 'meaning: new' if it is another"
)


def ask(*edits: Edit) -> list[str]:
    return [each.question for each in compare(make(), make(*edits)) if each.question]


@pytest.mark.parametrize(
    ("old", "new", "name", "item"),
    [
        ("How do you sleep?", "How did you sleep?", "text", "sleep"),
        ("Briefly", "In short", "hint", "sleep"),
        ("end_label: very", "end_label: quite", "end_label", "sure"),
        ("yes: Yes", "yes: Surely", "yes", "good"),
        ("ethics: E", "ethics: Ethics", "ethics", "topics"),
        ("a: A", "a: All", "a", "teaching"),
        ("1: not at all", "1: never", "1", "teaching"),
        ("leader: L", "leader: Leader", "leader", "skills"),
    ],
)
def test_other_words_are_asked_about_unless_the_author_says_that_they_mean_the_same(
    old: str, new: str, name: str, item: str
) -> None:
    is_part = name not in {"text", "hint", "end_label"}
    other = "the new words a new code" if is_part else "the question a new key"
    question = REWORDED.format(name=f"'{name}'", item=item, other=other)

    assert ask((old, new)) == [question]
    assert ask((old, new), (f"key: {item},", f"key: {item}, meaning: unchanged,")) == []
    assert ask((old, new), (f"key: {item},", f"key: {item}, meaning: new,")) == [question]


@pytest.mark.parametrize(
    ("before", "end"),
    [
        ([], "unchanged"),
        ([("{key: sleep,", "{key: sleep, meaning: unchanged,")],
         "unchanged (the line is in the version before too, and may be copied from there)"),
    ],
)  # fmt: skip
def test_an_answer_is_told_and_whether_it_may_be_copied(before: list[Edit], end: str) -> None:
    after = make(
        ("{key: sleep,", "{key: sleep, meaning: unchanged,"),
        ("How do you sleep?", "How did you sleep?"),
        ("Briefly", "briefly"),
    )

    reworded, cosmetic = compare(make(*before), after)

    assert (reworded.question, reworded.answer) == (
        "",
        f"The author says that the meaning is {end}",
    )
    assert (cosmetic.question, cosmetic.answer) == ("", "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("How do you sleep?", "how do you sleep"),
        ("hint: Briefly", "hint: Briefly, as_printed: Sleep?"),
        ("title: Wellbeing", "title: Being well"),
        ("title: The page", "title: A page\n    introduction: Read this."),
        ("pay: P, ", ""),
        ("pay: P", "money: P"),
        ("maximum: 60", "maximum: 70"),
        (find_line("years"), ""),
        ("{key: sleep, type: text", "{key: sleep, type: open_question"),
    ],
)
def test_nothing_is_asked_that_the_versions_tell_by_themselves(old: str, new: str) -> None:
    assert ask((old, new)) == []


SKILLS = "- {key: skills, type: open_question, text: Which skills?"
OTHER = "- {key: talents, type: open_question, text: Which skills have you learned?"


@pytest.mark.parametrize(
    ("edits", "pairs"),
    [
        ([(SKILLS, OTHER)], [("skills", "talents")]),
        ([(SKILLS, OTHER.replace("Which skills have you learned?", "What helped?"))],
         [("skills", "talents")]),
        ([(find_line("skills"), ""), ("- {key: sleep,", OTHER[:-1] + "?}\n      - {key: sleep,")],
         [("skills", "talents")]),
        ([(find_line("skills"), ""),
          ("- {key: sleep,",
           "- {key: why, type: open_question, text: And then?}\n      - {key: sleep,")], []),
        ([(SKILLS, OTHER.replace("open_question", "text")), (", probes: {leader: L, scholar: S}", "")],
         []),
        ([("key: sleep,", "key: rest,"), ("key: skills,", "key: talents,")],
         [("sleep", "rest"), ("skills", "talents")]),
    ],
    ids=["much the same words", "the same place", "the same words elsewhere", "nothing alike",
         "another type", "two at once"],
)  # fmt: skip
def test_an_item_that_may_be_a_retired_one_is_asked_about(
    edits: list[Edit], pairs: list[tuple[str, str]]
) -> None:
    assert ask(*edits) == [RENAMED.format(old=old, new=new) for old, new in pairs]


@pytest.mark.parametrize("answer", ["renamed_from: skills", "meaning: new"])
def test_the_author_answers_whether_it_was_renamed(answer: str) -> None:
    answered = SKILLS.replace("key: skills", f"key: talents, {answer}")
    assert ask((SKILLS, answered)) == []


def test_a_retired_item_is_offered_to_one_new_one_the_likeliest() -> None:
    likely = "- {key: talents, type: open_question, text: Which skill?}\n      "
    less = "- {key: gifts, type: open_question, text: Which skill is it?}\n"
    assert ask((find_line("skills"), f"      {less}      {likely.rstrip()}\n")) == [
        RENAMED.format(old="skills", new="talents")
    ]
