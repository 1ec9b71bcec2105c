"""Of the last 7 days, 4 weeks and 12 months with a backup, the newest of each stays."""

from datetime import UTC, datetime, timedelta

import pytest

from survey_app.backups.rotation import choose_kept


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}Z")


def keep(*texts: str) -> list[str]:
    return sorted(f"{moment:%Y-%m-%dT%H}" for moment in choose_kept(at(text) for text in texts))


@pytest.mark.parametrize(
    ("made", "kept"),
    [
        ([], []),
        (["2026-11-26T03"], ["2026-11-26T03"]),
        # Two in a day: the newer one.
        (["2026-11-26T03", "2026-11-26T15"], ["2026-11-26T15"]),
        # A server that slept keeps what it has, however old.
        (
            ["2021-01-01T00", "2024-05-06T00", "2026-11-26T03"],
            ["2021-01-01T00", "2024-05-06T00", "2026-11-26T03"],
        ),
        # 29 December 2025 and 2 January 2026 are in one week, in two years.
        (
            ["2025-12-29T00", "2026-01-02T00", *(f"2026-02-{day:02}T00" for day in range(2, 9))],
            ["2025-12-29T00", "2026-01-02T00", *(f"2026-02-{day:02}T00" for day in range(2, 9))],
        ),
    ],
)
def test_what_stays(made: list[str], kept: list[str]) -> None:
    assert keep(*made) == kept


def test_two_years_of_days_leave_the_days_weeks_and_months() -> None:
    """A year is kept day by day as the server does: what was deleted once is never needed later."""
    there: set[datetime] = set()
    start = at("2025-01-01T02:30")
    for number in range(730):
        there = choose_kept({*there, start + timedelta(days=number)})
    assert sorted(f"{moment:%Y-%m-%d}" for moment in there) == [
        *("2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"),
        *("2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31", "2026-11-30"),
        *("2026-12-13", "2026-12-20"),
        *(f"2026-12-{day}" for day in range(25, 32)),
    ]
    assert {moment.tzinfo for moment in there} == {UTC}
