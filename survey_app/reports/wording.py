"""Texts of definitions as tables and charts show them: the words alone."""

from collections.abc import Mapping

from survey_app.definition.markdown import strip_markup
from survey_app.definition.text import Text


def say(text: Text | None, language: str) -> str:
    """Return a text's words without their markup; nothing for no text."""
    return strip_markup(text.in_language(language)) if text else ""


def list_codes(codes: Mapping[str, Text], language: str) -> str:
    """Return codes with their words, one on a line: `1 = not at all`."""
    return "\n".join(f"{code} = {say(text, language)}" for code, text in codes.items())
