"""Recovery codes: ten, each of which stands in once for a code of the app, as when it is lost.

They are made and spelled as invitations' codes are: 75 random bits and a letter that checks them.
"""

import hashlib

from survey_app.invitation_codes import make_code

COUNT = 10
_ROUNDS, _BLOCK = 2**10, 8


def make_codes() -> list[str]:
    """Return new codes."""
    return [make_code() for _ in range(COUNT)]


def hash_recovery_code(code: str, account_id: str) -> str:
    """Return what the database keeps of a code, in 64 hexadecimal digits.

    scrypt (RFC 7914) with the account's random id as its salt, as OWASP ASVS 5.0 (6.5.2) asks of
    codes with less than 112 bits.
    """
    derived = hashlib.scrypt(
        code.encode(), salt=account_id.encode(), n=_ROUNDS, r=_BLOCK, p=1, dklen=32
    )
    return derived.hex()
