"""Letters are checked before they are sent, and filled once."""

from itertools import product

import pytest

from survey_app.mail.letters import Text, check, fill, suggest

GOOD = Text(subject="About {study}", body="Dear {name}, {link}")
VALUES = {"name": "Ada", "link": "https://x/i/1", "study": "The study"}


@pytest.mark.parametrize(
    ("subject", "body", "field", "sentence"),
    [
        ("", "{link}", "subject", "Write a subject"),
        ("a\nb", "{link}", "subject", "stands on one line"),
        ("s" * 151, "{link}", "subject", "there is room for 150"),
        ("{link}", "{link}", "subject", "A link does not belong in the subject"),
        ("s", "b", "body", "Write {link} where the link is to stand"),
        ("s", "{link} {Name}", "body", "There is no placeholder {Name}. There are {name}, {link}"),
        ("{}", "{link}", "subject", "There is no placeholder {}"),
        ("s", "{link}" + "b" * 10_000, "body", "there is room for 10000"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    subject: str, body: str, field: str, sentence: str
) -> None:
    ((where, told),) = check(Text(subject=subject, body=body))
    assert where == field
    assert sentence in told


def test_a_letter_is_filled_and_says_how_to_be_left_alone() -> None:
    filled = fill(GOOD, VALUES, "en")
    assert filled.subject == "About The study"
    assert filled.body.startswith("Dear Ada, https://x/i/1\n\n-- \n")
    assert "rather not be written to again" in filled.body
    assert "ne plus recevoir" in fill(GOOD, VALUES, "fr").body


def test_a_name_with_braces_stays_that_name() -> None:
    assert "Dear {link}, https" in fill(GOOD, VALUES | {"name": "{link}"}, "en").body


def test_a_title_over_two_lines_is_one_subject() -> None:
    assert fill(GOOD, VALUES | {"study": "The\nstudy"}, "en").subject == "About The study"


@pytest.mark.parametrize(
    ("kind", "language", "shared"),
    list(product(("invitation", "reminder"), ("en", "fr", "de"), (True, False))),
)
def test_every_proposal_is_right(kind: str, language: str, shared: bool) -> None:
    assert list(check(suggest(kind, language, shared=shared))) == []
