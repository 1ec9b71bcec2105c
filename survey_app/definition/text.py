"""A text in one language or several."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """The wording of one thing, by language code, in the order in which the author gave them."""

    wordings: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, wordings: Mapping[str, str]) -> "Text":
        """Make a text from `{language: wording}`."""
        return cls(tuple(wordings.items()))

    @classmethod
    def plain(cls, wording: str, language: str = "en") -> "Text":
        """Make a text that is written in one language only."""
        return cls(((language, wording),))

    def in_language(self, language: str) -> str:
        """Return the wording in `language`, or the first one if there is none."""
        wordings = dict(self.wordings)
        return wordings.get(language, self.wordings[0][1])

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which this text is written."""
        return tuple(language for language, _ in self.wordings)
