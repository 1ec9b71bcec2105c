"""Wordings as labels of a limited length, cut where one can see it."""

from collections.abc import Callable

from survey_app.reports.formats.variables import Variable

CUT = "…"
FIRST_CONTINUING, LAST_CONTINUING = 0x80, 0xBF
"""The bytes of UTF-8 that go on with a character (RFC 3629)."""

Length = Callable[[str], int]
"""How a program counts the length of a text: in characters or in bytes."""


def count_bytes(text: str) -> int:
    """Return the length of a text in UTF-8."""
    return len(encode(text))


def encode(text: str) -> bytes:
    """Return a text in UTF-8; what that cannot say, or NUL would cut, is spelled out."""
    return text.replace("\0", "\\x00").encode("utf-8", errors="backslashreplace")


def spell_out(text: str) -> str:
    """Return a text that UTF-8 can say."""
    return encode(text).decode()


def cut_label(text: str, limit: int, length: Length, ending: str = "") -> str:
    """Return a text with an ending, the text cut with “…” where both are over the limit."""
    if length(text + ending) <= limit:
        return text + ending
    shown = text
    while shown and length(shown + CUT + ending) > limit:
        shown = shown[:-1]
    return shown + CUT + ending


def label_numbers(variable: Variable, limit: int, length: Length) -> dict[float, str]:
    """Return value labels: words, and the code in brackets where its number is another."""
    labels: dict[float, str] = {}
    for number, words in variable.words.items():
        code = variable.codes.get(number, str(number))
        ending = "" if code == str(number) else f" [{code}]"
        labels[float(number)] = cut_label(words, limit, length, ending)
    return labels


def split_bytes(text: str, limit: int) -> list[str]:
    """Return a text in pieces of at most `limit` bytes of UTF-8; joined they are the whole.

    No piece but the last ends in a space where that can be helped: SPSS takes those for padding.
    """
    data = encode(text)
    pieces = []
    start = 0
    while len(data) - start > limit:
        end = start + limit
        while end > start + 1 and (_continues(data[end]) or data[end - 1 : end] == b" "):
            end -= 1
        pieces.append(data[start:end].decode())
        start = end
    return [*pieces, data[start:].decode()]


def _continues(byte: int) -> bool:
    """Whether a byte goes on with a character that began before it."""
    return FIRST_CONTINUING <= byte <= LAST_CONTINUING
