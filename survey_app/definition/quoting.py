"""Words from a file as a sentence can hold them: on one line, of a bearable length."""

from collections.abc import Iterable

MOST_WORDS = 15


def shorten(words: str, most: int = 60) -> str:
    """Return words on one line of `most` characters, with nothing that a terminal would obey."""
    line = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in words
    )
    return line if len(line) <= most else f"{line[: most - 1]}…"


def quote(words: str) -> str:
    """Return shortened words between quotation marks."""
    return f"'{shorten(words)}'"


def list_words(words: Iterable[str]) -> str:
    """Return words as they are said: `a, b or c`; of many, the first."""
    *first, last = [str(word) for word in words] or ["nothing"]
    if len(first) > MOST_WORDS:
        first, last = first[:MOST_WORDS], "others"
    return f"{', '.join(first)} or {last}" if first else last
