"""Texts as .xlsx can hold them: nothing cut, nothing evaluated, no file broken.

Limits: ECMA-376 (escapes `_xHHHH_`), XML 1.0 (characters), Excel specifications (32,767 UTF-16
units in a cell).
"""

import re

CELL_LIMIT = 32_767
TRIGGERS = ("=", "+", "-", "@", "#", "\t", "\r", "\n")
"""What may be taken for a formula (OWASP, CSV Injection) or, as #N/A, for an error."""

REPLACEMENT = "\ufffd"
ESCAPE = "_x005F_"
_illegal = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_looks_escaped = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def replace_illegal(text: str) -> tuple[str, int]:
    """Return the text with U+FFFD for each character that XML forbids, and their number."""
    return _illegal.subn(REPLACEMENT, text)


def is_plain(text: str) -> bool:
    """Whether a glance shows that a text can be written as it is; False asks for a closer look."""
    return text.isprintable() and "_x" not in text and len(ESCAPE) * len(text) <= CELL_LIMIT


def count_units(text: str) -> int:
    """Return the length of a text as Excel counts it, in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def count_pieces(text: str) -> int:
    """Return how many cells a text needs."""
    return 1 if len(ESCAPE) * len(text) <= CELL_LIMIT else len(split_text(text))


def split_text(text: str) -> list[str]:
    """Return a text, escaped, in pieces that each fit a cell; joined they are the whole."""
    whole = _looks_escaped.sub(ESCAPE, text)
    if len(ESCAPE) * len(text) <= CELL_LIMIT or count_units(whole) <= CELL_LIMIT:
        return [whole]
    pieces = [""]
    units = 0
    for token in _split_tokens(text):
        length = count_units(token)
        if units + length > CELL_LIMIT:
            pieces.append("")
            units = 0
        pieces[-1] += token
        units += length
    return pieces


def _split_tokens(text: str) -> list[str]:
    # An escape stays in one piece, for half of one would be read as something else.
    first, *others = (list(run) for run in _looks_escaped.split(text))
    return [*first, *(token for run in others for token in (ESCAPE, *run))]
