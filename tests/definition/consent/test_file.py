"""A consent text as a file: what it says, and every problem at its line."""

import pytest

from survey_app.definition.consent import (
    ConsentForm,
    find_missing,
    load_consent,
    read_stored,
    read_ticks,
)
from survey_app.definition.problems import DefinitionError

TEXT = """\
delivery: both
title: Taking part
text: |
  You may stop at any time.

  - **No name** is needed.
statements:
  - key: recording
    text: The interview may be recorded
  - key: quoted
    text: My words may be quoted
    required: yes
changes: The statement on quoting is new.
"""


def read(text: str, *, first: bool = False) -> ConsentForm:
    return load_consent(text.encode(), "consent.yaml", first=first)


def problems(text: str, *, first: bool = True) -> list[str]:
    with pytest.raises(DefinitionError) as raised:
        read(text, first=first)
    return [str(problem) for problem in raised.value.problems]


def test_a_file_says_title_paragraphs_and_statements() -> None:
    form = read(TEXT)
    assert form.title is not None
    assert form.title.in_language("en") == "Taking part"
    assert form.delivery == "both"
    assert [(each.key, each.required) for each in form.statements] == [
        ("recording", False),
        ("quoted", True),
    ]
    assert [each.key for each in form.besides_recording] == ["quoted"]


def test_what_is_stored_reads_as_what_was_written_and_has_the_same_fingerprint() -> None:
    form = read(TEXT)
    again = read_stored(form.written)
    assert again == form
    assert again.fingerprint == form.fingerprint
    other = read(TEXT.replace("at any time", "at once"))
    assert other.fingerprint != form.fingerprint


def test_a_text_of_the_first_years_is_its_wordings_by_language() -> None:
    form = read_stored({"en": "You may stop.", "fr": "Vous pouvez arrêter."})
    assert form.languages == ("en", "fr")
    assert form.text.in_language("fr") == "Vous pouvez arrêter."
    assert form.statements == ()


def test_a_text_in_two_languages_has_every_wording_in_both() -> None:
    text = "languages: [en, fr]\ntext: {en: Stop, fr: Arrêter}\ntitle: {en: Part}\n"
    assert problems(text) == [
        "consent.yaml:3: 'title' has no wording in 'fr'; add 'fr: …' or drop that language"
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("delivery: both", "delivery: paper", 1, "use one of self, interviewer or both"),
        ("title: Taking part", "titel: Taking part", 2, "did you mean 'title'?"),
        ("title: Taking part", "title:", 2, "'title' is empty"),
        ("title: Taking part", "title: <b>Taking part</b>", 2, "<b>"),
        ("key: recording", "key: Recording!", 8, "write at most 32 small letters"),
        ("key: recording", "key: agree", 8, "is used by the page itself"),
        ("key: recording", "key: version", 8, "is used by the page itself"),
        ("key: recording", f"key: {'k' * 25}", 8, "use at most 24 characters"),
        ("key: quoted", "key: recording", 10, "is used twice"),
        ("required: yes", "required: perhaps", 12, "write either true or false"),
        ("    text: My words may be quoted\n", "", 10, "'text' is missing"),
        ("changes: The statement on quoting is new.\n", "", 1, "say in a sentence what changed"),
        ("You may stop at any time.", "x" * 20_001, 3, "longer than 20000 characters"),
    ],
)
def test_a_problem_names_its_line_and_what_to_do(old: str, new: str, line: int, said: str) -> None:
    assert old in TEXT
    found = problems(TEXT.replace(old, new), first=False)
    assert [problem for problem in found if f"consent.yaml:{line}: " in problem and said in problem]


def test_the_first_text_has_nothing_that_is_new() -> None:
    assert read("text: You may stop.\n", first=True).changes is None


@pytest.mark.parametrize("content", [b"", b"- a list", b"\xff", b"statements: 3\ntext: x\n"])
def test_what_is_no_consent_text_is_refused(content: bytes) -> None:
    with pytest.raises(DefinitionError):
        load_consent(content, "consent.yaml", first=True)


def test_ticks_say_also_what_was_not_ticked() -> None:
    form = read(TEXT)
    assert read_ticks(form.statements, ["recording", "forged"]) == {
        "recording": True,
        "quoted": False,
    }
    assert find_missing(form.statements, {"recording": True, "quoted": False}) == ("quoted",)
    assert find_missing(form.statements, {"quoted": True}) == ()
