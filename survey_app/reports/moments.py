"""Stored times as spreadsheets can hold them."""

from datetime import UTC, date, datetime

DATE_LENGTH = len("2026-11-22")


def read_moment(text: str | None) -> datetime | date | None:
    """Return a time as UTC without a zone, a date as a date, and nothing for nothing."""
    if not text:
        return None
    if len(text) == DATE_LENGTH:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None)
