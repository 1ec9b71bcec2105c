"""Stored times as spreadsheets can hold them, and times into an interview as people read them."""

from datetime import UTC, date, datetime

DATE_LENGTH = len("2026-11-22")
SECOND = 1000
"""Milliseconds."""


def read_moment(text: str | None) -> datetime | date | None:
    """Return a time as UTC without a zone, a date as a date, and nothing for nothing."""
    if not text:
        return None
    if len(text) == DATE_LENGTH:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None)


def show_local(text: str | None) -> str | None:
    """Return a time where this computer stands, such as 2026-11-22 15:14:05 UTC-05:00.

    A day alone stays one.
    """
    if not text or len(text) == DATE_LENGTH:
        return text or None
    local = datetime.fromisoformat(text).astimezone()
    return f"{local:%Y-%m-%d %H:%M:%S} UTC{local.isoformat()[-6:]}"


def show_time(milliseconds: int | None) -> str | None:
    """Return a time as minutes and seconds, such as 61:05."""
    if milliseconds is None:
        return None
    minutes, seconds = divmod(abs(milliseconds) // SECOND, 60)
    return f"{'-' if milliseconds < 0 else ''}{minutes}:{seconds:02}"
