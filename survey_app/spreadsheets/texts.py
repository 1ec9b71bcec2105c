"""Texts as .xlsx can hold them: nothing cut, nothing evaluated, no file broken.

Limits: ECMA-376 (escapes `_xHHHH_`), XML 1.0 (characters), Excel specifications (32,767 UTF-16
units in a cell).
"""

import re
from bisect import bisect_left, bisect_right

CELL_LIMIT = 32_767
TRIGGERS = ("=", "+", "-", "@", "#", "\t", "\r", "\n")
"""What may be taken for a formula (OWASP, CSV Injection) or, as #N/A, for an error."""

REPLACEMENT = "\ufffd"
ESCAPE = "_x005F_"
_illegal = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What was inserted is still followed by what made it needed; from the left, no two overlap.
_escape = re.compile(f"{ESCAPE}(?=x[0-9A-Fa-f]{{4}}_)")
_looks_escaped = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def replace_illegal(text: str) -> tuple[str, int]:
    """Return the text with U+FFFD for each character that XML forbids, and their number."""
    return _illegal.subn(REPLACEMENT, text)


def is_plain(text: str) -> bool:
    """Whether a glance shows that a text can be written as it is; False asks for a closer look."""
    return text.isprintable() and "_x" not in text and len(ESCAPE) * len(text) <= CELL_LIMIT


def count_units(text: str) -> int:
    """Return the length of a text as Excel counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def count_pieces(text: str) -> int:
    """Return how many cells a text needs."""
    return 1 if len(ESCAPE) * len(text) <= CELL_LIMIT else len(split_text(text))


def split_text(text: str) -> list[str]:
    """Return a text, escaped, in pieces that each fit a cell; joined they are the whole."""
    whole = _looks_escaped.sub(ESCAPE, text)
    if len(ESCAPE) * len(text) <= CELL_LIMIT or count_units(whole) <= CELL_LIMIT:
        return [whole]
    # An escape stays in one piece, for half of one would be read as something else.
    escapes = [found.start() for found in _escape.finditer(whole)]
    pieces, start = [], 0
    while start < len(whole):
        end = start + _count_fitting(whole[start : start + CELL_LIMIT])
        last = bisect_left(escapes, end) - 1
        if last >= 0 and end < escapes[last] + len(ESCAPE):
            end = escapes[last]
        pieces.append(whole[start:end])
        start = end
    return pieces


def _count_fitting(text: str) -> int:
    """Return how many of a text's characters, from its first, fit a cell."""
    lengths = range(len(text) + 1)
    return bisect_right(lengths, CELL_LIMIT, key=lambda length: count_units(text[:length])) - 1
