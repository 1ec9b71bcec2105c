"""Addresses of e-mail: which ones a message can be sent to."""

import re

MOST_LETTERS = 254
"""Of an address, as RFC 5321 (4.5.3.1.3) leaves room for."""

# As HTML's living standard has it for <input type=email>, with a dot in the domain: what mail
# servers deliver to, without the quoted and commented forms of RFC 5322 that nobody has.
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+"
)


def is_address(text: str) -> bool:
    """Whether a message can be sent to this address."""
    return len(text) <= MOST_LETTERS and _ADDRESS.fullmatch(text) is not None


def same_address(text: str) -> str:
    """Return what two spellings of one address have in common."""
    return text.strip().casefold()
