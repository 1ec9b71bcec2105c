"""Codes on invitations: made, spelled for people, read as they were typed, and hashed.

A code is sixteen letters and digits of Crockford's base 32, in groups of four: fifteen at random
(75 bits) and one that checks them, so that a slip of the finger is noticed before it is taken for
a wrong code. The same code is typed at a study's door and stands in the invitation's link. It is
neither the private link (26 letters) nor the receipt (10): each is told by its length.

The check treats the letters as numbers of the field with 32 elements (x⁵ + x² + 1) and makes the
code, as a polynomial, zero at x: it finds every single wrong letter and every two that changed
places (Reed and Solomon 1960, with one check symbol).
"""

import hashlib
import secrets

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""
LENGTH = 16
GROUP = 4
BEGINNING = 4
"""How many letters of a wrong code are kept for an hour, to count the tries at codes like it."""

_SEEN_AS = str.maketrans("ILO", "110", " -‐‑–—_.")
_SALT = b"survey-app invitation"
_ROUNDS, _BLOCK = 2**10, 8
_BITS = 5
_FIELD = 0b100101


def make_code() -> str:
    """Return a new code."""
    return spell_code(secrets.token_bytes(16))


def spell_code(data: bytes) -> str:
    """Return the code of at least 75 bits, which should be random."""
    number = int.from_bytes(data, "big")
    letters = "".join(
        LETTERS[(number >> (_BITS * place)) & (len(LETTERS) - 1)] for place in range(LENGTH - 1)
    )
    return letters + LETTERS[_times_x(_evaluate(letters))]


def show_code(code: str) -> str:
    """Return a code in groups, as it is printed: ABCD-EFGH-JKMN-PQRS."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str | None:
    """Return the code that was typed in any case, with any gaps; None where it can be none.

    The letters I, L and O, which no code has, are read as the digits that they look like.
    """
    code = "".join(typed.upper().split()).translate(_SEEN_AS)
    if len(code) != LENGTH or not set(code) <= set(LETTERS) or _evaluate(code):
        return None
    return code


def hash_code(code: str) -> str:
    """Return what the database keeps of a code, in 64 hexadecimal digits.

    scrypt (RFC 7914), small: a few milliseconds and 1 MB. A code is 75 random bits, so whoever has
    the database has more than 10²² to try for each, and would win by it one beginning of a
    response. A key outside the database would add nothing to that, and every printed code would be
    void where a backup is restored without it; a salt for each would keep a code from being looked
    up, and guards only words that people think of.
    """
    derived = hashlib.scrypt(code.encode(), salt=_SALT, n=_ROUNDS, r=_BLOCK, p=1, dklen=32)
    return derived.hex()


def _evaluate(letters: str) -> int:
    """Return the value at x of the polynomial whose coefficients the letters are."""
    value = 0
    for letter in letters:
        value = _times_x(value) ^ LETTERS.index(letter)
    return value


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD if doubled & len(LETTERS) else doubled
