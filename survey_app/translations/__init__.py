"""The interface's own sentences in other languages (gettext catalogues stand beside this file)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

DEFAULT_LANGUAGE = "en"
_current: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


@cache
def _catalogue(language: str) -> NullTranslations:
    path = Path(__file__).parent / language / "LC_MESSAGES" / "survey_app.mo"
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as file:
        return GNUTranslations(file)


def gettext(message: str, language: str | None = None) -> str:
    """Return `message` in `language` (a code such as 'fr'), or in the language now in use."""
    return _catalogue(language or _current.get()).gettext(message)


def ngettext(singular: str, plural: str, count: int, language: str | None = None) -> str:
    """Return the form of a sentence that fits `count`, with `{count}` filled in."""
    chosen = _catalogue(language or _current.get()).ngettext(singular, plural, count)
    return chosen.format(count=count)


def current_language() -> str:
    """Return the code of the language now in use."""
    return _current.get()


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Say every sentence within the block in `language`."""
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)
