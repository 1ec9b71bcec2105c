"""Which backups are kept: the newest of each of 7 days, 4 weeks and 12 months that have one."""

from collections.abc import Callable, Iterable
from datetime import datetime

DAYS = 7
WEEKS = 4
MONTHS = 12

_PERIODS: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (DAYS, lambda moment: moment.date()),
    # A week is that of ISO 8601 and belongs to one year alone.
    (WEEKS, lambda moment: moment.isocalendar()[:2]),
    (MONTHS, lambda moment: (moment.year, moment.month)),
)


def choose_kept(moments: Iterable[datetime]) -> set[datetime]:
    """Return the moments whose backups stay.

    Of each of the last so many days, weeks and months in which there is one, the newest; where
    backups were not made for a while, older ones stay for as long.
    """
    newest_first = sorted(moments, reverse=True)
    kept: set[datetime] = set()
    for most, name_period in _PERIODS:
        found: dict[object, datetime] = {}
        for moment in newest_first:
            found.setdefault(name_period(moment), moment)
        kept.update(list(found.values())[:most])
    return kept
