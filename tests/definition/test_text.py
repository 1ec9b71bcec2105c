"""A text in one language or several."""

import pytest

from survey_app.definition.text import Text


@pytest.mark.parametrize(
    ("text", "language", "wording"),
    [
        (Text.plain("Sleep"), "en", "Sleep"),
        (Text.plain("Sleep"), "fr", "Sleep"),
        (Text.of({"fr": "Sommeil", "en": "Sleep"}), "en", "Sleep"),
        (Text.of({"fr": "Sommeil", "en": "Sleep"}), "de", "Sommeil"),
    ],
)
def test_a_text_falls_back_to_its_first_language(text: Text, language: str, wording: str) -> None:
    assert text.in_language(language) == wording


def test_the_languages_stand_in_the_authors_order() -> None:
    assert Text.of({"fr": "Sommeil", "en": "Sleep"}).languages == ("fr", "en")
