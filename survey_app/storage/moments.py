"""Times and identifiers as they are stored: text, in UTC, and never in order."""

import secrets
import time
from datetime import UTC, datetime

DAY = len("2026-11-22")


def now() -> str:
    """Return this moment, such as ``2026-11-22T20:14:05.123Z``."""
    return as_text(datetime.now(UTC))


def as_text(moment: datetime) -> str:
    """Return a moment in UTC as it is stored: texts in the order of time."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def today() -> str:
    """Return this day, such as ``2026-11-22``, by the clock of where the program runs."""
    return time.strftime("%Y-%m-%d")  # a tenth of what datetime takes, at each page of a study


def day(moment: str) -> str:
    """Return the date of a moment, such as ``2026-11-22``."""
    return moment[:DAY]


def moment_for(*, anonymous: bool) -> str:
    """Return this moment as precisely as it may be kept: for anonymous responses the date."""
    return day(now()) if anonymous else now()


def identifier() -> str:
    """Return a new random identifier of 128 bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)
