"""Which passwords are taken: long ones that nobody would guess, whatever they are made of."""

import pytest

from survey_app.credentials.choosing import COMMON, MOST, refuse_password

TOO_SHORT, TOO_LONG = "at least 8", f"at most {MOST}"
COMMONLY, OWN = "Many people use", "little more than your name"


@pytest.mark.parametrize(
    "password",
    [
        "eleven purple mornings",
        "        spaces count    ",
        "ÄÖÜäöüßé",
        "密码很长也很好的",
        "🐙🦑🐙🦑🐙🦑🐟🐟",
        "kdjfhgsl",
        "Ivy has a long garden",
        "x7k" * 85,
    ],
)
def test_any_long_text_that_is_not_common_is_taken(password: str) -> None:
    assert refuse_password(password, "ivy") is None


@pytest.mark.parametrize(
    ("password", "name", "sentence"),
    [
        ("", "ivy", TOO_SHORT),
        ("seven77", "ivy", TOO_SHORT),
        ("x7k" * 86, "ivy", TOO_LONG),
        ("password", "ivy", COMMONLY),
        ("PassWord1", "ivy", COMMONLY),
        ("1234567890", "ivy", COMMONLY),
        ("zzzzzzzzzzzzzzzzz", "ivy", COMMONLY),
        ("margaret", "Margaret", OWN),
        ("Margaret 1987!", "margaret", OWN),
        ("ivyivyivyivy", "ivy", OWN),
        ("Survey-App", "ivy", OWN),
        ("surveyapp2026", "ivy", OWN),
    ],
)
def test_what_others_would_try_first_is_refused_with_the_reason(
    password: str, name: str, sentence: str
) -> None:
    assert sentence in (refuse_password(password, name) or "")


def test_the_list_has_ten_thousand_that_are_long_enough_to_be_tried() -> None:
    lines = COMMON.read_text("utf-8").splitlines()
    words = [line for line in lines if not line.startswith("# ")]
    assert len(words) == len(set(words)) == 10_000
    assert all(len(word) >= 8 and word == word.lower() for word in words)
    assert "MIT" in "".join(lines[:4]), "where it comes from, and that it may be passed on"
