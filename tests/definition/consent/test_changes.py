"""What changed between two consent texts, as a study lead and the command tell it."""

import pytest

from survey_app.definition.consent import ConsentForm, TextChange, list_changes, load_consent

OLDER = """\
delivery: self
title: Taking part
text: |
  You may stop
  at any time.

  - **No name** is needed.
  - Answers are kept.
statements:
  - {key: quoted, text: May be quoted}
changes: "-"
"""


def read(text: str) -> ConsentForm:
    return load_consent(text.encode(), "consent.yaml", first=True)


def compare(old: str, new: str) -> tuple[TextChange, ...]:
    assert old in OLDER
    return list_changes(read(OLDER), read(OLDER.replace(old, new)))


def test_the_same_words_on_other_lines_are_no_change() -> None:
    assert compare("You may stop\n  at any time.", "You may stop at\n  any time.") == ()
    assert compare('changes: "-"', "changes: Something else is said of it.") == ()


@pytest.mark.parametrize(
    ("old", "new", "what", "before", "after"),
    [
        ("at any time", "at once", "text", "You may stop at any time.", "You may stop at once."),
        ("  - Answers are kept.\n", "", "text", "Answers are kept.", ""),
        ("  - Answers", "  - New.\n  - Answers", "text", "", "New."),
        ("title: Taking part\n", "", "title", "Taking part", ""),
        ("May be quoted", "May not", "statement quoted", "May be quoted", "May not"),
        (
            "text: May be quoted",
            "text: May be quoted, required: true",
            "statement quoted",
            "may be left out",
            "has to be ticked",
        ),
        (
            "delivery: self",
            "delivery: both",
            "where it is asked for",
            "on the web",
            "on the web and in interviews",
        ),
    ],
)
def test_a_change_says_what_stood_there_and_what_stands_there_now(
    old: str, new: str, what: str, before: str, after: str
) -> None:
    assert compare(old, new) == (TextChange(what=what, before=before, after=after),)


def test_a_statement_that_is_new_or_gone_is_told_by_its_key() -> None:
    (gone, new) = compare("{key: quoted, text: May be quoted}", "{key: kept, text: May be kept}")
    assert gone == TextChange(what="statement quoted", before="May be quoted")
    assert new == TextChange(what="statement kept", after="May be kept")


def test_a_language_that_is_new_is_told_once() -> None:
    newer = read("languages: [en, fr]\ntext: {en: Stop., fr: Arrêter.}\n")
    older = read("text: Stop.\n")
    assert list_changes(older, newer) == (
        TextChange(what="languages", before="en", after="en, fr"),
    )
