"""Readers of words: texts in one language or several, keys, words of a pattern or of a few."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from survey_app.definition import problems, source
from survey_app.definition.reading.base import KEY, Reading, read_words
from survey_app.definition.shapes import Json
from survey_app.definition.source import Node
from survey_app.definition.text import Text

_ELEMENTS = (
    "a|b|big|blockquote|body|br|button|center|code|div|em|font|form|h[1-6]|head|hr|html|i|iframe|"
    "img|input|li|link|meta|object|ol|p|pre|s|script|small|span|strong|style|sub|sup|svg|table|"
    "tbody|td|th|thead|tr|u|ul|video"
)
TAG = re.compile(rf"(?<!\\)<(?:/?(?:{_ELEMENTS})(?:\s[^<>]*)?/?>|!--)", re.IGNORECASE)
"""An HTML tag without a backslash before it; other words in < > are the author's own."""


@dataclass(frozen=True)
class WordsReader:
    """A text in no particular language, such as a source or a note on a version."""

    @property
    def schema(self) -> Mapping[str, Json]:
        """A string; a bare number is the same words."""
        return {"type": ["string", "number"], "minLength": 1}

    def read(self, node: Node, what: str, reading: Reading) -> str | None:
        """Return the words."""
        return read_words(node, what, reading)


@dataclass(frozen=True)
class TextReader:
    """A text in the file's language, or `{language: wording}` for several.

    One that is `shown` stands in every language of the file and is no HTML, which would be shown
    as it was typed.
    """

    shown: bool = True

    @property
    def schema(self) -> Mapping[str, Json]:
        """Words or an object of words, defined once in the schema."""
        return {"$ref": "#/$defs/text"}

    def read(self, node: Node, what: str, reading: Reading) -> Text | None:
        """Return the text in all of the file's languages."""
        if isinstance(node, source.Mapping):
            return self._read_wordings(node, what, reading)
        words = read_words(node, what, reading)
        if words is None:
            return None
        self._advise_on_tags(node, words, what, reading)
        if self.shown and len(reading.languages) > 1:
            reading.note(node, problems.want_language_texts(what, reading.languages))
        return Text.plain(words, reading.languages[0])

    def _read_wordings(self, node: source.Mapping, what: str, reading: Reading) -> Text | None:
        wordings: dict[str, str] = {}
        for language, entry in node.entries.items():
            if language not in reading.languages:
                reading.note(entry, problems.unknown_language(what, language))
            elif (words := read_words(entry, what, reading)) is not None:
                wordings[language] = words
                self._advise_on_tags(entry, words, what, reading)
        for language in reading.languages:
            if self.shown and language not in node.entries:
                reading.note(node, problems.missing_language(what, language))
        ordered = {name: wordings[name] for name in reading.languages if name in wordings}
        return Text.of(ordered) if ordered else None

    def _advise_on_tags(self, node: Node, words: str, what: str, reading: Reading) -> None:
        tag = TAG.search(words) if self.shown else None
        if tag is not None:
            reading.advise(node, problems.html_tag(what, tag[0]))


@dataclass(frozen=True)
class PatternReader:
    """A word of a fixed pattern: a code, a name, a version number.

    `complain` gives the sentence about another word, from what it is for and the word itself.
    """

    pattern: re.Pattern[str]
    complain: Callable[[str, str], str]

    @property
    def schema(self) -> Mapping[str, Json]:
        """A string of the pattern; where digits alone will do, a bare number is the same word."""
        bare: Json = ["string", "integer"] if self.pattern.fullmatch("1") else "string"
        return {"type": bare, "pattern": f"^{self.pattern.pattern}$"}

    def read(self, node: Node, what: str, reading: Reading) -> str | None:
        """Return the word."""
        words = read_words(node, what, reading)
        if words is not None and not self.pattern.fullmatch(words):
            reading.note(node, self.complain(what, words))
            return None
        return words


@dataclass(frozen=True)
class KeyReader:
    """A key: fit for every export from the first day."""

    @property
    def schema(self) -> Mapping[str, Json]:
        """A string of the pattern."""
        return {"type": "string", "pattern": f"^{KEY.pattern}$"}

    def read(self, node: Node, what: str, reading: Reading) -> str | None:
        """Return the key."""
        words = read_words(node, what, reading)
        if words is not None and not KEY.fullmatch(words):
            reading.note(node, problems.want_word(f"the {what}", words))
            return None
        return words


@dataclass(frozen=True)
class OneOfReader:
    """One word of a few."""

    words: tuple[str, ...]

    @property
    def schema(self) -> Mapping[str, Json]:
        """An enumeration."""
        return {"enum": list(self.words)}

    def read(self, node: Node, what: str, reading: Reading) -> str | None:
        """Return the word."""
        words = read_words(node, what, reading)
        if words is not None and words not in self.words:
            reading.note(node, problems.want_one_of(what, words, self.words))
            return None
        return words
