"""Shares as the sheets show them: in per cent, with Wilson's 95 % interval."""

from survey_app.reports.statistics.proportions import compute_wilson
from survey_app.spreadsheets.sheet import Value


def show_share(count: int, n: int) -> list[Value]:
    """Return `count` of `n` in per cent and both ends of its interval; nothing of nothing."""
    if not n:
        return [None] * 3
    return [show_percent(count, n), *(round(100 * end, 1) for end in compute_wilson(count, n))]


def show_percent(count: int, n: int) -> float | None:
    """Return `count` of `n` in per cent, to one decimal."""
    return round(100 * count / n, 1) if n else None
