"""The second factor: codes of six digits from an app, by time (TOTP, RFC 6238).

The secret that the app is given is never kept. It is made anew of the installation's secret, the
account, and a seed; the seed alone stands in the database, so whoever reads that, or a backup of
it, can make no codes.

Codes are computed by pyotp 2.12, compared in November 2026: it is one typed package without
dependencies, kept since 2011. Its own check does not say which step a code is of, without which no
code could be refused the second time, so steps are compared here.
"""

import hmac
from base64 import b32encode
from datetime import datetime

from survey_app.invitation_codes import GROUP

SECRET_BYTES = 20
"""The length of SHA-1's digest, as RFC 4226 (section 4) advises."""
STEP = 30
"""Seconds for which a code is shown."""
WINDOW = 1
"""How many steps a clock may be wrong by, either way."""
DIGITS = 6
ISSUER = "survey-app"


def make_secret(derived: bytes) -> str:
    """Return the secret as apps take it, in base 32, of at least 20 derived bytes."""
    return b32encode(derived[:SECRET_BYTES]).decode()


def show_secret(secret: str) -> str:
    """Return a secret in groups, as it is typed into an app that cannot see the picture."""
    return " ".join(secret[start : start + GROUP] for start in range(0, len(secret), GROUP))


def make_address(secret: str, name: str, host: str) -> str:
    """Return the otpauth: address that an app reads from the picture."""
    from pyotp import TOTP

    return TOTP(secret).provisioning_uri(name=f"{name} ({host})", issuer_name=ISSUER)


def read_digits(typed: str) -> str | None:
    """Return the code that was typed with any gaps; None where it can be none."""
    digits = "".join(typed.split())
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else None


def find_step(secret: str, code: str, at: datetime, *, after: int | None) -> int | None:
    """Return the step that a code is of, one before or one after that of `at` at most, or None.

    A step up to `after`, the last one whose code was used, is not looked at.
    """
    from pyotp import HOTP

    here = int(at.timestamp()) // STEP
    codes = HOTP(secret)
    for step in range(here - WINDOW, here + WINDOW + 1):
        is_new = after is None or step > after
        if is_new and hmac.compare_digest(codes.at(step), code):
            return step
    return None
