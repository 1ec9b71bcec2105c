"""Tries at passwords and codes: counted for a day by keyed hashes, so that they follow slowly.

Whoever calls makes the keys, of which nobody reads what they were made of, and says how long to
wait after how many tries.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from survey_app.storage.moments import day, now
from survey_app.storage.schema import sign_in_try
from survey_app.storage.store.access import Access

Wait = Callable[[int], int]
"""Returns how many seconds lie between the last of so many tries and the next."""


class Tries:
    """Tries that were wrong, or are being looked at."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def admit(self, waits: Mapping[str, Wait]) -> int:
        """Return 0 for a try that may be made now, else how many seconds it comes too early.

        It is counted as wrong under all its keys until `take_back` says that it was right, so that
        many at once are no more than one after the other. One that is too early does not count.
        Whatever was counted on another day is deleted.
        """
        return self._access.write(lambda connection: _admit(connection, waits))

    def take_back(self, forgotten: str, others: list[str]) -> None:
        """Forget all tries under one key, and the last one under the others."""
        self._access.write(lambda connection: _take_back(connection, forgotten, others))

    def clean(self) -> None:
        """Delete what was counted on another day than today."""
        self._access.write(delete_earlier)


def _admit(connection: Connection, waits: Mapping[str, Wait]) -> int:
    delete_earlier(connection)
    at, columns = now(), sign_in_try.c
    query = select(columns.key, columns.count.label("tries"), columns.last)
    rows = connection.execute(query.where(columns.key.in_(waits))).all()
    left = max((_left(row.last, at, waits[row.key](row.tries)) for row in rows), default=0)
    if left > 0:
        return left
    known = {row.key for row in rows}
    for key in waits:
        if key in known:
            change = update(sign_in_try).where(columns.key == key)
            connection.execute(change.values(count=columns.count + 1, last=at))
        else:
            values = {"key": key, "day": day(at), "count": 1, "last": at}
            connection.execute(insert(sign_in_try), values)
    return 0


def _left(last: str, at: str, wait: int) -> int:
    """Return the seconds left of a wait; where the clock was set back meanwhile, the whole wait."""
    gone = datetime.fromisoformat(at) - datetime.fromisoformat(last)
    left = timedelta(seconds=wait) - max(gone, timedelta())
    return max(0, -(-left // timedelta(seconds=1)))


def _take_back(connection: Connection, forgotten: str, others: list[str]) -> None:
    columns = sign_in_try.c
    connection.execute(delete(sign_in_try).where(columns.key == forgotten))
    change = update(sign_in_try).where(columns.key.in_(others), columns.count > 0)
    connection.execute(change.values(count=columns.count - 1))


def delete_earlier(connection: Connection) -> None:
    """Delete what was counted on another day than today."""
    connection.execute(delete(sign_in_try).where(sign_in_try.c.day != day(now())))
