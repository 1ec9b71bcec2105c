"""Which changes of words nobody would answer differently."""

import pytest

from survey_app.definition.comparing.wording import are_same, read_the_same, relate
from survey_app.definition.text import Text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("How do you sleep?", "how do you sleep"),
        ("How do you sleep?", "How  do you\nsleep ?"),
        ("How do *you* sleep?", "How do you **sleep**?"),
        ("Please read [this](https://example.org).", "Please read this"),
        ("well-being", "wellbeing"),
        ("well-being", "well - being"),
        ("students’ situation", "students' situation"),
        ("don't", "dont"),
        ("the U.S.", "the US"),
        ("“Yes”, she said", "Yes (she said)"),
        ("2014-2015", "2014\N{EN DASH}2015"),
        ("and so on…", "and so on..."),
        ("Question 5.", "Question 5"),
        ("Straße", "STRASSE"),
        ("ﬁne", "fine"),
    ],
)
def test_case_space_punctuation_and_markup_are_passed_over(before: str, after: str) -> None:
    assert read_the_same(before, after)
    assert relate(Text.plain(before), Text.plain(after)) == "cosmetic"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("How do you sleep?", "How did you sleep?"),
        ("lead", "led"),
        ("5", "-5"),
        ("1.5 hours", "15 hours"),
        ("10-20", "1020"),
        ("less than 5", "less than .5"),
        ("< 5", "> 5"),
        ("5 %", "5"),
        ("and/or", "and or"),
        ("a part", "apart"),
        ("?", "!"),
        ("résumé", "resume"),
    ],
)
def test_whatever_may_say_something_else_is_another_wording(before: str, after: str) -> None:
    assert not read_the_same(before, after)
    assert relate(Text.plain(before), Text.plain(after)) == "other"


ENGLISH = Text.plain("Sleep?")
BOTH = Text.of({"en": "Sleep?", "fr": "Sommeil ?"})


@pytest.mark.parametrize(
    ("before", "after", "relation"),
    [
        (ENGLISH, ENGLISH, "equal"),
        (None, None, "equal"),
        (None, ENGLISH, "other"),
        (ENGLISH, None, "other"),
        (ENGLISH, BOTH, "translated"),
        (BOTH, ENGLISH, "translated"),
        (BOTH, Text.of({"fr": "Sommeil ?", "en": "Sleep?"}), "equal"),
        (BOTH, Text.of({"en": "sleep", "fr": "Sommeil"}), "cosmetic"),
        (BOTH, Text.of({"en": "Sleep?", "fr": "Repos ?"}), "other"),
        (ENGLISH, Text.plain("Sleep?", "fr"), "other"),
    ],
)
def test_every_language_that_both_have_must_read_the_same(
    before: Text | None, after: Text | None, relation: str
) -> None:
    assert relate(before, after) == relation


def test_two_texts_that_are_not_there_are_not_the_same_words() -> None:
    assert not are_same(None, None)
    assert are_same(ENGLISH, BOTH)
